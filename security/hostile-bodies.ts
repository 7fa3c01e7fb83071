/** Bodies that mean harm: what is refused leaves nothing that could be routed, what is merely odd is stored as it was sent. */
import type { Contact } from '#shared/contract/entities.ts';
import { Measured, residentMemory } from '../faults/harness/measured.ts';
import type { Finding } from '../faults/harness/verdict.ts';
import { legalBodies, malformedBodies, misfitBodies } from './bodies.ts';
import { exchange, requestOf } from './harness/raw.ts';
import { changed, onStage, type Stage } from './harness/stage.ts';

/** MiB that memory may grow by while all of it comes a second time; held against it in the long form. */
const MEMORY_GROWS = 50;

/** The door throws a refused body of this size away; of a larger one it ends the connection, and the answer may be lost on the way. */
const ANSWERED_UP_TO = 1024 * 1024;

/** Each n-th of them; with all of them it is the long form. */
export const hostileBodies =
  (step: number) =>
  (mutant?: string): Promise<Finding> =>
    onStage(mutant, async (stage) => {
      const words: string[] = [];
      let sent = 0;
      let memory = residentMemory(stage.host.pid);
      let slowest: Measured | null = null;
      for (const round of [1, 2]) {
        memory = residentMemory(stage.host.pid);
        for (const { name, body, headers = [], allowed } of [...malformedBodies, ...misfitBodies].filter((_, i) => i % step === 0)) {
          const before = stage.rows();
          const reply = await exchange(stage.apiUrl, requestOf('POST /contacts', [...without(stage.headers, headers), ...headers], body));
          const status = reply.status ?? 0;
          const mayBeCutOff = reply.status === null && body.length > ANSWERED_UP_TO;
          if (!mayBeCutOff && (status < 400 || status >= 500 || reply.code === null))
            words.push(`${name}: answered ${reply.status ?? 'nothing'} ${reply.text.slice(0, 80)}`);
          const traces = changed(before, stage.rows()).filter(
            (trace) => !(allowed === 'kept for the supervisor' && /^(refused_contacts|journal):/.test(trace)),
          );
          if (traces.length > 0) words.push(`${name}: ${traces.join(', ')}`);
          slowest = slowest ? Measured.most(slowest, reply.took) : reply.took;
          sent += round === 1 ? 1 : 0;
        }
      }
      const growth = residentMemory(stage.host.pid).beyond(memory);
      if (step === 1 && growth.exceeds(MEMORY_GROWS)) words.push(`memory grew by ${growth} in the second round`);
      const legal = legalBodies.filter((_, i) => i % step === 0);
      for (const body of legal) words.push(...(await storedAsSent(stage, body)));
      return {
        isSound: words.length === 0,
        figures: `${sent} hostile bodies twice, ${legal.length} odd ones, slowest answer ${slowest}, memory ${growth}`,
        words,
      };
    });

/** A header that is given anew takes the place of ours. */
function without(headers: readonly string[], others: readonly string[]): string[] {
  const names = new Set(others.map((line) => line.split(':')[0]?.toLowerCase()));
  return headers.filter((line) => !names.has(line.split(':')[0]?.toLowerCase() ?? ''));
}

async function storedAsSent(stage: Stage, body: { name: string; message: string; attributes: Record<string, string> }): Promise<string[]> {
  const answer = await stage.handIn(stage.source.api_key, { ...body, external_id: `odd-${Math.random()}` });
  if (answer?.status !== 201) return [`${JSON.stringify(body.message)}: answered ${answer?.status} ${JSON.stringify(answer?.body)}`];
  const { message, attributes, lead } = answer.body as Contact;
  const stored = JSON.stringify({ name: lead.name, message, attributes });
  const expected = JSON.stringify({ name: body.name, message: body.message, attributes: body.attributes });
  return stored === expected ? [] : [`${expected} was stored as ${stored}`];
}
