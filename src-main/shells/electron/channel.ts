/** The one IPC channel, both ways: messages of the console's contract as text. */
export const CONSOLE_CHANNEL = 'console';
