/**
 * Plays random commands on an engine whose sources all have the default rule, and prints each decision as it is stored, a line each, without
 * columns that are null. It is copied into the release before rules and runs there, too, so it uses only what both have.
 * `node faults/before-rules/play.ts SEED COMMANDS`
 */
import { setCompetence } from '#engine/configuration/competences.ts';
import { updateOperator } from '#engine/configuration/operators.ts';
import { closeContact, closeContacts, reassignContact } from '#engine/contacts/contacts.ts';
import { Desk } from '#engine/testing/desk.ts';
import { randomFrom } from '../harness/random.ts';

const [OPERATORS, SOURCES, PEOPLE] = [9, 3, 60];
const [seed = 1, commands = 0] = process.argv.slice(2).map(Number);
const { below, chance, pick } = randomFrom(seed);
const dice = randomFrom(seed + 1);
const desk = new Desk({ dice: (sum) => dice.below(sum) });
const sources: number[] = [];
for (let nth = 1; nth <= SOURCES; nth++) sources.push(await desk.source(`source ${nth}`));
const operators: number[] = [];
for (let nth = 1; nth <= OPERATORS; nth++) operators.push(await desk.operator(`operator ${nth}`, 1 + below(6), chance(0.8)));
for (const source of sources) await desk.weights(source, Object.fromEntries(operators.filter(() => chance(0.7)).map((id) => [id, below(8)])));

/** Of these contacts one, chosen by chance; 0: there is none. */
function one(where: string): number {
  const rows = desk.rows<{ id: number }>(`SELECT id FROM contacts WHERE ${where} ORDER BY id`);
  return rows.length === 0 ? 0 : pick(rows).id;
}

/**
 * A refusal (full, closed …) is an outcome as well. Nobody puts contacts back into the queue: since there are rules, those who let one go are passed over.
 */
async function next(): Promise<unknown> {
  const kind = below(100);
  if (kind < 45) return desk.submit(pick(sources), { external_id: `person ${below(PEOPLE)}` });
  if (kind < 75) return desk.do((write) => closeContact(write, one("status = 'assigned'")));
  if (kind < 80) return desk.do((write) => closeContact(write, one("status = 'waiting'")));
  if (kind < 83) return desk.do((write) => closeContacts(write, [one("status = 'assigned'"), one("status = 'assigned'")]));
  if (kind < 88) return desk.do((write) => reassignContact(write, one("status <> 'closed'"), pick(operators)));
  if (kind < 92) return desk.do((write) => updateOperator(write, pick(operators), { is_active: chance(0.7) }));
  if (kind < 95) return desk.do((write) => updateOperator(write, pick(operators), { max_load: below(7) }));
  return desk.do((write) => setCompetence(write, pick(operators), pick(sources), chance(0.1) ? null : below(8)));
}

for (let left = commands; left > 0; left--) {
  desk.now += below(20_000);
  await next();
}
const kept = (_: string, cell: unknown) => cell ?? undefined;
for (const table of ['rosters', 'decisions'])
  for (const { members, ...row } of desk.rows<{ members?: string }>(`SELECT * FROM ${table} ORDER BY id`))
    console.log(`${table} ${JSON.stringify({ ...row, members }, kept)}`);
