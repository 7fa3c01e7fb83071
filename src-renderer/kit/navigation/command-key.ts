/** Name of the modifier key for commands. */
export const COMMAND_KEY = /^Mac/.test(navigator.platform) ? '⌘' : 'Ctrl';
