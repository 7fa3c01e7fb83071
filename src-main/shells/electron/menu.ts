import { Menu, type MenuItemConstructorOptions } from 'electron';
import type { Language } from '#shells/language.ts';
import { messages } from '#shells/messages.ts';

export interface MenuActions {
  readonly openLogs: () => void;
  readonly openDocs: () => void;
}

/** Standard roles with labels in the console's language, which Electron itself does not translate. */
export function setMenu(language: Language, actions: MenuActions): void {
  const say = messages(language).menu;
  const isMac = process.platform === 'darwin';
  const separator: MenuItemConstructorOptions = { type: 'separator' };
  const template: MenuItemConstructorOptions[] = [
    ...(isMac ? [{ role: 'appMenu' as const }] : [{ label: say.file, submenu: [{ role: 'quit' as const, label: say.quit }] }]),
    {
      label: say.edit,
      submenu: [
        { role: 'undo', label: say.undo },
        { role: 'redo', label: say.redo },
        separator,
        { role: 'cut', label: say.cut },
        { role: 'copy', label: say.copy },
        { role: 'paste', label: say.paste },
        { role: 'selectAll', label: say.selectAll },
      ],
    },
    {
      label: say.view,
      submenu: [
        { role: 'reload', label: say.reload },
        { role: 'toggleDevTools', label: say.devTools },
        separator,
        { role: 'resetZoom', label: say.actualSize },
        { role: 'zoomIn', label: say.zoomIn },
        { role: 'zoomOut', label: say.zoomOut },
        separator,
        { role: 'togglefullscreen', label: say.fullScreen },
      ],
    },
    { label: say.window, submenu: [{ role: 'minimize', label: say.minimize }] },
    {
      role: 'help',
      label: say.help,
      submenu: [{ label: say.docs, click: actions.openDocs }, { label: say.logs, click: actions.openLogs }, separator, { role: 'about', label: say.about }],
    },
  ];
  Menu.setApplicationMenu(Menu.buildFromTemplate(template));
}
