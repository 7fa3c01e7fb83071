import { onTestFinished } from 'vitest';
import { Desk, type DeskOptions } from './desk.ts';

interface Timer {
  readonly at: number;
  readonly run: () => void;
  isOn: boolean;
}

/** A desk whose timers run only in `pass`. */
export function openTimed(options: DeskOptions = {}) {
  let timers: Timer[] = [];
  const started: { desk?: Desk } = {};
  const desk = new Desk({
    after: (ms, run) => {
      const timer = { at: (started.desk?.now ?? 0) + ms, run, isOn: true };
      timers.push(timer);
      return () => {
        timer.isOn = false;
      };
    },
    ...options,
  });
  started.desk = desk;
  onTestFinished(() => desk.engine.close());
  const settled = () => desk.do(() => ({ ok: true, value: null }));
  /** Lets time pass while the desk is up: each timer runs at its moment. */
  const pass = async (seconds: number) => {
    const until = desk.now + 1000 * seconds;
    for (;;) {
      timers = timers.filter(({ isOn }) => isOn).sort((a, b) => a.at - b.at);
      const next = timers[0];
      if (!next || next.at > until) break;
      next.isOn = false;
      desk.now = Math.max(desk.now, next.at);
      next.run();
      for (let turn = 0; turn < 3; turn++) await new Promise(setImmediate); // the commands of the desk, and what follows from them
    }
    desk.now = until;
    await settled();
  };
  return { desk, pass, settled };
}
