/** What the key is called that the keys of commands are pressed with. */
export const COMMAND_KEY = /^Mac/.test(navigator.platform) ? '⌘' : 'Ctrl';
