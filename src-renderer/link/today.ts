/** Figures of the day that the board does not have; reloaded shortly after it changes, and not while the page is hidden. */
import { create } from 'zustand';
import type { DrawnToday, Today } from '#shared/contract/today.ts';
import { ask } from './attempt.ts';
import { boardStore } from './board.ts';
import { client } from './client.ts';
import { paced } from './pace.ts';

/** A rare change shows at once; at a peak, shares that change more often than every other second are unreadable. */
const done = paced({ every_ms: 2_000, at_once: 4, apart_ms: 250 });
const AT_LEAST_EVERY_MS = 60_000;

interface TodayState {
  /** null until received */
  readonly today: Today | null;
  readonly drawn: ReadonlyMap<number, DrawnToday>;
}

export const useToday = create<TodayState>(() => ({ today: null, drawn: new Map() }));

let asking = false;
let rest: ReturnType<typeof setTimeout> | undefined;
let asked = 0; // revision

async function refresh(): Promise<void> {
  const { board } = boardStore.getState();
  if (!board || asking || rest !== undefined || document.hidden || board.revision === asked) return;
  asking = true;
  asked = board.revision;
  const within_ms = board.settings.service_level_seconds * 1000;
  const outcome = await ask((signal) => client.today.query({ within_ms }, { signal }));
  asking = false;
  if (outcome.ok) useToday.setState({ today: outcome.value, drawn: new Map(outcome.value.operators.map((part) => [part.operator_id, part])) });
  else asked = 0;
  rest = setTimeout(() => {
    rest = undefined;
    void refresh();
  }, done(performance.now()));
}

boardStore.subscribe(() => void refresh());
// The day changes at midnight even at a quiet desk.
setInterval(() => {
  asked = 0;
  void refresh();
}, AT_LEAST_EVERY_MS);
document.addEventListener('visibilitychange', () => void refresh());
void refresh();
