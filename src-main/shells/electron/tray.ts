/** The desk's tray icon. Its shape shows the desk's state, its menu the queue length and operator load. */
import { app, type BrowserWindow, Menu, nativeImage, Tray } from 'electron';
import type { Board } from '#shared/board.ts';
import { pulseOf, readingsOf, type Tone, toneOf } from '#shared/figures.ts';
import { appFile } from '#shells/app-root.ts';
import type { Messages } from '#shells/messages.ts';

/** Minimum interval between updates of the tray. */
const CALM_MS = 1_000;
/** The figures that can be read from the board, without counting the day. */
const FIGURES = ['waiting', 'oldest_wait_seconds', 'load_percent', 'active_operators'] as const;

export interface TrayParts {
  readonly window: BrowserWindow;
  /** texts in the current language */
  readonly say: () => Messages['tray'];
  readonly board: () => Board;
  /** epoch milliseconds */
  readonly now: () => number;
  readonly watch: (listener: () => void) => () => void;
  readonly actions: { readonly show: () => void; readonly wallboard: () => void; readonly quit: () => void };
}

/** The tray's contents for a board. Pure, so that it can be tested without a tray. */
function trayFace(board: Board, now: number): { readonly tone: Tone; readonly waiting: number; readonly load: number | null } {
  const pulse = pulseOf(board, now);
  const readings = readingsOf(pulse, null, now);
  const tones = FIGURES.map((figure) => toneOf(figure, readings[figure], board.settings.thresholds));
  const tone = tones.includes('bad') ? 'bad' : tones.includes('warn') ? 'warn' : 'calm';
  return { tone, waiting: pulse.waiting, load: readings.load_percent === null ? null : Math.round(readings.load_percent) };
}

const icon = (tone: Tone) => nativeImage.createFromPath(appFile('resources', 'icons', tone === 'calm' ? 'tray.png' : `tray-${tone}.png`));

export interface OpenTray {
  /** updates the tray, in the current language */
  readonly show: () => void;
  readonly close: () => void;
}

/** Creates the tray icon. Null where the system has no tray. */
export function openTray({ window, say: sayNow, board, now, watch, actions }: TrayParts): OpenTray | null {
  let tray: Tray;
  try {
    tray = new Tray(icon('calm'));
  } catch {
    return null;
  }
  tray.on('click', actions.show);
  let shown = '';
  const show = () => {
    const face = trayFace(board(), now());
    const say = sayNow();
    const seen = JSON.stringify([face, say.show]);
    if (seen === shown || tray.isDestroyed()) return;
    shown = seen;
    const lines = [say.waiting(face.waiting), face.load === null ? say.nobody : say.load(face.load)];
    tray.setImage(icon(face.tone));
    tray.setToolTip(`Switchyard: ${lines.join(', ')}`);
    tray.setContextMenu(
      Menu.buildFromTemplate([
        ...lines.map((label) => ({ label, enabled: false })),
        { type: 'separator' },
        { label: say.show, click: actions.show },
        { label: say.wallboard, click: actions.wallboard },
        { type: 'separator' },
        { label: say.quit, click: actions.quit },
      ]),
    );
    app.setBadgeCount(face.waiting);
    if (!window.isDestroyed()) window.setOverlayIcon(face.tone === 'calm' ? null : icon(face.tone), lines.join(', '));
  };
  show();
  let timer: NodeJS.Timeout | undefined;
  const stop = watch(() => {
    timer ??= setTimeout(() => {
      timer = undefined;
      show();
    }, CALM_MS);
  });
  const ages = setInterval(show, CALM_MS * 10); // waiting times grow without any change
  const close = () => {
    stop();
    clearTimeout(timer);
    clearInterval(ages);
    tray.destroy();
  };
  return { show, close };
}
