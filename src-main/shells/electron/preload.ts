/** The only thing exposed to the page by the desktop shell: a pipe to its host. */
import { contextBridge, ipcRenderer } from 'electron';
import { CONSOLE_CHANNEL } from './channel.ts';

contextBridge.exposeInMainWorld('switchyard', {
  post(message: string): void {
    ipcRenderer.send(CONSOLE_CHANNEL, message);
  },
  listen(on: (message: string) => void): () => void {
    const listener = (_event: unknown, message: string) => on(message);
    ipcRenderer.on(CONSOLE_CHANNEL, listener);
    return () => {
      ipcRenderer.off(CONSOLE_CHANNEL, listener);
    };
  },
});
