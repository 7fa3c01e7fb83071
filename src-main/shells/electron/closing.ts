/** What closing the window does. The first time it asks; quitting, signals and the end of the system's session never ask and are not held up. */
import { app, type BrowserWindow, dialog, powerMonitor } from 'electron';
import type { Board } from '#shared/board.ts';
import type { OnClose } from '#shared/contract/desktop.ts';
import { waitingTotal } from '#shared/figures.ts';
import type { Messages } from '#shells/messages.ts';

/** Sources named in the question; the others are counted. */
const NAMED = 5;

export interface ClosingParts {
  readonly window: BrowserWindow;
  /** texts in the current language */
  readonly say: () => Messages['closing'];
  readonly hasTray: boolean;
  readonly choice: { readonly is: () => OnClose; readonly set: (chosen: OnClose) => void };
  readonly board: () => Board;
  /** names of the sources that called in the last hour */
  readonly callers: () => readonly string[];
}

/** Decides on each attempt to close the window: close, hide in the tray, or ask first. */
export function watchClosing(parts: ClosingParts): void {
  const { window, hasTray, choice } = parts;
  const quitting = new AbortController();
  let isAsking = false;
  app.on('before-quit', () => quitting.abort());
  // Windows ends its session without `before-quit`; Linux and macOS announce a shutdown here
  window.on('session-end', () => app.quit());
  powerMonitor.on('shutdown', () => app.quit());

  window.on('close', (event) => {
    const chosen = choice.is();
    if (quitting.signal.aborted || chosen === 'stop') return; // the app ends with its last window
    event.preventDefault();
    if (chosen === 'stay' && hasTray) window.hide();
    else if (!isAsking) {
      isAsking = true;
      void ask(parts, quitting.signal).then((answer) => {
        isAsking = false;
        if (quitting.signal.aborted || answer === 'ask') return;
        choice.set(answer);
        window.close();
      });
    }
  });
}

/** Asks in a dialog of the system, which works even when the page does not. `ask`: the user cancelled. */
async function ask({ window, say: sayNow, hasTray, board, callers: callersNow }: ClosingParts, signal: AbortSignal): Promise<OnClose> {
  const say = sayNow();
  const callers = callersNow();
  const state = `${say.waiting(waitingTotal(board()))} ${say.callers(callers.slice(0, NAMED), Math.max(0, callers.length - NAMED))}`;
  const answers = hasTray ? (['stay', 'stop', 'ask'] as const) : (['stop', 'ask'] as const);
  const words = { stay: say.stay, stop: say.stop, ask: say.cancel };
  const { response } = await dialog.showMessageBox(window, {
    type: 'question',
    title: say.title,
    message: say.question,
    detail: [state, ...(hasTray ? [say.stays] : []), say.stops, say.remembered].join('\n\n'),
    buttons: answers.map((answer) => words[answer]),
    defaultId: 0,
    cancelId: answers.length - 1,
    noLink: true,
    signal,
  });
  return answers[response] ?? 'ask';
}
