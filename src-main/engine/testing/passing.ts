/** A desk whose timers run only while the test lets time pass. */
import { onTestFinished } from 'vitest';
import { Desk, type DeskOptions } from './desk.ts';

interface Timer {
  readonly at: number;
  readonly run: () => void;
  isOn: boolean;
}

export function passing(options: DeskOptions = {}, now?: number) {
  let timers: Timer[] = [];
  const started: { desk?: Desk } = {};
  const desk = new Desk({
    after: (ms, run) => {
      const timer = { at: (started.desk?.now ?? now ?? 0) + ms, run, isOn: true };
      timers.push(timer);
      return () => {
        timer.isOn = false;
      };
    },
    ...options,
  });
  started.desk = desk;
  if (now !== undefined) desk.now = now;
  onTestFinished(() => desk.engine.close());
  const settled = () => desk.do(() => ({ ok: true, value: null }));
  /** Lets time pass while the desk is up: each timer runs at its moment. */
  const until = async (moment: number) => {
    for (;;) {
      timers = timers.filter(({ isOn }) => isOn).sort((a, b) => a.at - b.at);
      const next = timers[0];
      if (!next || next.at > moment) break;
      next.isOn = false;
      desk.now = Math.max(desk.now, next.at);
      next.run();
      for (let turn = 0; turn < 3; turn++) await new Promise(setImmediate); // the commands of the desk, and what follows from them
    }
    desk.now = moment;
    await settled();
  };
  return { desk, until, settled };
}
