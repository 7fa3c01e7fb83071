/**
 * Hostile bodies: what is refused leaves nothing that could be assigned; odd values beside an identifier that is certain are stored so that every reader
 * understands them the same way; merely unusual values are stored as sent.
 */
import { CONTROL, type Contact } from '#shared/contract/entities.ts';
import { Measured, residentMemory } from '../faults/harness/measured.ts';
import type { Finding } from '../faults/harness/verdict.ts';
import { legalBodies, malformedBodies, misfitBodies, type OddBody, oddBodies } from './bodies.ts';
import { exchange, requestOf } from './harness/raw.ts';
import { changed, onStage, type Stage } from './harness/stage.ts';

/** MiB by which memory may grow when all of it is sent a second time; checked in the long form. */
const MEMORY_GROWS = 50;

/** The host reads and discards a refused body up to this size. For a larger one it closes the connection, and the response may be lost. */
const ANSWERED_UP_TO = 1024 * 1024;

/** Every n-th body; the long form uses all. */
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
          const reply = await exchange(stage.apiUrl, requestOf('POST /contacts', [...omit(stage.headers, headers), ...headers], body));
          const status = reply.status ?? 0;
          const mayBeCutOff = reply.status === null && body.length > ANSWERED_UP_TO;
          if (!mayBeCutOff && (status < 400 || status >= 500 || reply.code === null))
            words.push(`${name}: answered ${reply.status ?? 'nothing'} ${reply.text.slice(0, 80)}`);
          const traces = changed(before, stage.rows()).filter((trace) => !(allowed === 'stored as refused' && /^(refused_contacts|journal):/.test(trace)));
          if (traces.length > 0) words.push(`${name}: ${traces.join(', ')}`);
          slowest = slowest ? Measured.most(slowest, reply.took) : reply.took;
          sent += round === 1 ? 1 : 0;
        }
      }
      const growth = residentMemory(stage.host.pid).beyond(memory);
      if (step === 1 && growth.exceeds(MEMORY_GROWS)) words.push(`memory grew by ${growth} in the second round`);
      const odd = oddBodies.filter((_, i) => i % step === 0);
      for (const body of odd) words.push(...(await takenIn(stage, body)));
      const legal = legalBodies.filter((_, i) => i % step === 0);
      for (const body of legal) words.push(...(await storedAsSent(stage, body)));
      return {
        isSound: words.length === 0,
        figures: `${sent} hostile bodies, each twice, ${odd.length} odd and ${legal.length} unusual ones, slowest answer ${slowest}, memory ${growth}`,
        words,
      };
    });

/** A given header replaces the default one. */
function omit(headers: readonly string[], others: readonly string[]): string[] {
  const names = new Set(others.map((line) => line.split(':')[0]?.toLowerCase()));
  return headers.filter((line) => !names.has(line.split(':')[0]?.toLowerCase() ?? ''));
}

/** Checks the contact of an odd body: its texts can be shown, nothing required is missing, and ambiguous values are not stored as certain. */
async function takenIn(stage: Stage, { name, body, stored }: OddBody): Promise<string[]> {
  const reply = await exchange(stage.apiUrl, requestOf('POST /contacts', stage.headers, body));
  if (reply.status !== 201) return [`${name}: answered ${reply.status} ${reply.text.slice(0, 80)}`];
  const text = reply.text.slice(reply.text.indexOf('\r\n\r\n') + 4);
  const { lead, message, attributes, warnings } = JSON.parse(text) as Contact;
  const words: string[] = [];
  if (lead.external_id !== 'x' && lead.external_id !== 'x-1') words.push(`${name}: the lead is ${lead.external_id}`);
  const texts = [message, lead.name, ...Object.entries(attributes).flat()].filter((one) => typeof one === 'string');
  if (texts.some((one) => !one.isWellFormed() || CONTROL.test(one))) words.push(`${name}: stored with characters that cannot be shown`);
  if (warnings.length > MOST_WARNINGS) words.push(`${name}: ${warnings.length} warnings`);
  if (text.length > LARGEST_CONTACT) words.push(`${name}: ${text.length} characters are stored`);
  if (stored !== null && !text.includes(stored)) words.push(`${name}: ${stored.slice(0, 60)} is not stored, but ${text.slice(0, 400)}`);
  return words;
}

/** The first twenty, and one that counts the others. */
const MOST_WARNINGS = 21;
/** A message, a hundred attributes and what is around them. */
const LARGEST_CONTACT = 16_000 + 101 * 4300;

async function storedAsSent(stage: Stage, body: { name: string; message: string; attributes: Record<string, string> }): Promise<string[]> {
  const answer = await stage.handIn(stage.source.api_key, { ...body, external_id: `odd-${Math.random()}` });
  if (answer?.status !== 201) return [`${JSON.stringify(body.message)}: answered ${answer?.status} ${JSON.stringify(answer?.body)}`];
  const { message, attributes, lead } = answer.body as Contact;
  const stored = JSON.stringify({ name: lead.name, message, attributes });
  const expected = JSON.stringify({ name: body.name, message: body.message, attributes: body.attributes });
  return stored === expected ? [] : [`${expected} was stored as ${stored}`];
}
