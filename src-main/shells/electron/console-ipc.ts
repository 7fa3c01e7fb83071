/** The console's pipe over IPC, one for each document shown in a window. */
import { ipcMain, type WebContents } from 'electron';
import type { ConnectConsole } from '#console/serve.ts';
import { TextPipe } from '#console/text-pipe.ts';
import { MAX_MESSAGE_BYTES } from '#shared/contract/limits.ts';
import { consolePrincipal } from '#shared/contract/principal.ts';
import { CONSOLE_CHANNEL } from './channel.ts';
import { isOurPage } from './page.ts';

/** Serves every window's page; messages from anything else are dropped. */
export function consoleOverIpc(connect: ConnectConsole): void {
  const pipes = new Map<WebContents, TextPipe>();

  ipcMain.on(CONSOLE_CHANNEL, (event, message: unknown) => {
    const { sender, senderFrame } = event;
    if (senderFrame !== sender.mainFrame || !isOurPage(senderFrame.url)) return;
    if (typeof message !== 'string' || message.length > MAX_MESSAGE_BYTES) return;
    const pipe = pipes.get(sender) ?? open(sender);
    pipe.receive(message);
  });

  function open(sender: WebContents): TextPipe {
    const pipe = new TextPipe((text) => {
      if (!sender.isDestroyed()) sender.send(CONSOLE_CHANNEL, text);
    });
    const close = () => {
      pipes.delete(sender);
      sender.off('did-navigate', close);
      sender.off('render-process-gone', close);
      sender.off('destroyed', close);
      pipe.close();
    };
    // a reload creates a new document, which numbers its calls from 1 again
    sender.on('did-navigate', close);
    sender.on('render-process-gone', close);
    sender.on('destroyed', close);
    pipes.set(sender, pipe);
    connect(pipe, consolePrincipal);
    return pipe;
  }
}
