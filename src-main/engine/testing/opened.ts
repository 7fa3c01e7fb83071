import { expect, onTestFinished } from 'vitest';
import { Desk, type DeskOptions } from './desk.ts';
import { Witness } from './witness.ts';

/** A desk with one source, watched by a witness: when the test is over, no rule may have been broken and nothing may have been logged. */
export async function openedDesk(options: DeskOptions = {}): Promise<{ desk: Desk; witness: Witness; bot: number }> {
  const desk = new Desk(options);
  const witness = new Witness(desk);
  onTestFinished(() => {
    witness.inspect();
    desk.engine.close();
    expect({ violations: witness.violations, errors: desk.errors }).toEqual({ violations: [], errors: [] });
  });
  return { desk, witness, bot: await desk.source('Bot') };
}
