/** How the hosts of features write: as the principal who asks, with expected failures as values. */
import { type Engine, NotNow, OutcomeUnknown, type Write } from '#engine/core/engine.ts';
import { type Answer, mapAnswer } from '#engine/core/write.ts';
import type { Principal } from '#shared/contract/principal.ts';
import { fail, type Result } from '#shared/contract/problems.ts';

export interface Commands {
  /** Runs a use case. The answer carries the revision and, if there was one, the step, so that the console can offer to undo it. */
  write<T>(principal: Principal, command: (write: Write) => Answer<T>): Promise<Result<T>>;
  /** Adds the present revision to the answer of an operation that uses several commands or none. */
  asOfNow<T>(done: Promise<Result<T>>): Promise<Result<T>>;
}

/** Runs commands of consoles: failures that a caller can expect are values, and a change answers with the step that undoes it. */
export function commandsOf(engine: Engine): Commands {
  return {
    write: ({ actor }, command) =>
      expectably(engine.write(actor, (w) => mapAnswer(command(w), (result) => (result.ok && w.step !== null ? { ...result, step: w.step } : result)))),
    asOfNow: async (done) => ({ ...(await expectably(done)), revision: engine.board().revision }),
  };
}

/** Converts write failures of the disk or database, which are not bugs, to problems that say what is safe and what to do. */
export async function expectably<T>(written: Promise<Result<T>>): Promise<Result<T>> {
  try {
    return await written;
  } catch (error) {
    if (error instanceof NotNow) return fail('overloaded', 'Nothing was done. Try again.');
    if (error instanceof OutcomeUnknown) return fail('outcome_unknown', 'It is not known whether this was stored.');
    throw error;
  }
}
