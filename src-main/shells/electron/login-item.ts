/** Start at login, hidden. Electron implements it on Windows and macOS; on Linux it is a file in the autostart folder. */
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { app } from 'electron';

/** The command that started this program, plus `--hidden`, so that the next start uses the same data directory and language. */
export interface StartCommand {
  readonly program: string;
  readonly args: readonly string[];
}

const HIDDEN = '--hidden';

const autostartFile = (): string => join(process.env.XDG_CONFIG_HOME || join(homedir(), '.config'), 'autostart', 'switchyard.desktop');

/** The command that starts this app hidden. For an AppImage it is the image, not the program unpacked from it. */
export function startCommand(argv: readonly string[]): StartCommand {
  const [program = process.execPath, ...args] = argv;
  return { program: process.env.APPIMAGE ?? program, args: [...args.filter((arg) => arg !== HIDDEN), HIDDEN] };
}

/** Whether the system starts the app at login. */
export function startsAtLogin({ args }: StartCommand): boolean {
  return process.platform === 'linux' ? existsSync(autostartFile()) : app.getLoginItemSettings({ args: [...args] }).openAtLogin;
}

/** Turns start at login on or off. @throws the system's error when the file cannot be written */
export function setStartsAtLogin(on: boolean, { program, args }: StartCommand): void {
  if (process.platform !== 'linux') {
    app.setLoginItemSettings({ openAtLogin: on, args: [...args] });
    return;
  }
  const file = autostartFile();
  if (!on) {
    rmSync(file, { force: true });
    return;
  }
  mkdirSync(join(file, '..'), { recursive: true });
  const exec = [program, ...args].map(quoted).join(' ');
  writeFileSync(file, `[Desktop Entry]\nType=Application\nName=Switchyard\nExec=${exec}\nX-GNOME-Autostart-enabled=true\n`);
}

/** Quotes an argument for the Exec key of a desktop entry: https://specifications.freedesktop.org/desktop-entry-spec/latest/exec-variables.html */
function quoted(argument: string): string {
  const safe = argument.replaceAll('%', '%%');
  if (/^[\w@%+=:,./-]+$/.test(safe)) return safe;
  return `"${safe.replaceAll(/["`$\\]/g, '\\\\$&')}"`;
}
