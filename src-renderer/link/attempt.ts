/** Every call of a console ends as a value: the result, or a failure that can be translated. */
import { TRPCClientError } from '@trpc/client';
import type { Problem, ProblemCode, Result } from '#shared/contract/problems.ts';
import { useConnection } from './connection.ts';

/** Failures of the link itself, unknown to the host. */
type LinkFailure = 'link_down' | 'link_lost' | 'host_failed';
export type Failure = Omit<Problem, 'code'> & { readonly code: ProblemCode | LinkFailure };
/**
 * `step` names a change of configuration, which `undo` reverts. `revision` is the command's last: `untilShown` of `board.ts` waits for it.
 */
export type Outcome<T> =
  | { readonly ok: true; readonly value: T; readonly step?: number; readonly revision?: number }
  | { readonly ok: false; readonly problem: Failure };

const ANSWER_WITHIN_MS = 15_000;

const failed = (code: Failure['code'], detail: string): Outcome<never> => ({ ok: false, problem: { code, detail } });

function fromThrown(error: unknown): Outcome<never> {
  const detail = error instanceof Error ? error.message : String(error);
  if (!(error instanceof TRPCClientError)) return failed('host_failed', detail);
  const code: unknown = error.data?.code;
  if (code === 'BAD_REQUEST') return failed('validation_failed', detail);
  if (code === 'FORBIDDEN') return failed('not_allowed', detail);
  return failed(code === undefined ? 'link_lost' : 'host_failed', detail);
}

/** Calls a function that answers with a bare value, with a timeout. Never throws. Sends nothing while the link is down. */
export async function ask<T>(call: (signal: AbortSignal) => Promise<T>, withinMs = ANSWER_WITHIN_MS): Promise<Outcome<T>> {
  if (!useConnection.getState().is_up) return failed('link_down', 'The link to the host is down.');
  const abort = new AbortController();
  const late = setTimeout(() => abort.abort(), withinMs);
  try {
    return { ok: true, value: await call(abort.signal) };
  } catch (error) {
    return fromThrown(error);
  } finally {
    clearTimeout(late);
  }
}

/** Calls a function that answers with a `Result`. Never throws. */
export async function attempt<T>(call: (signal: AbortSignal) => Promise<Result<T>>, withinMs = ANSWER_WITHIN_MS): Promise<Outcome<T>> {
  const outcome = await ask(call, withinMs);
  return outcome.ok ? outcome.value : outcome;
}
