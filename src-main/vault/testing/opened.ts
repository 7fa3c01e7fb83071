import { expect, onTestFinished } from 'vitest';
import { Desk, type DeskOptions } from '#engine/testing/desk.ts';
import { Witness } from '#engine/testing/witness.ts';

/** A desk with one source and a witness. At the end of the test no rule may have been violated and nothing may have been logged. */
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
