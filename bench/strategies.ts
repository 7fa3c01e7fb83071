/**
 * The cost of a contact with each strategy, compared with `weighted`, with 20 and with 1,000 operators, in turns in one process. The engine alone, on disk;
 * processor time. `node bench/strategies.ts`
 */
import { updateRule } from '#engine/configuration/rules.ts';
import { submitContact } from '#engine/contacts/submit-contact.ts';
import { strategyNames } from '#shared/distribution/strategies.ts';
import { type Figures, printFigures } from './figures.ts';
import { type BenchDesk, benchDesk, cpuMeter, percentile, phoneOf, value } from './measure.ts';

/** Contacts that are submitted together, as they arrive from many bots. */
const TOGETHER = 48;
const MOST = 1.25;

let handed = 0;
/** Processor time for each of these contacts, microseconds. */
async function costOf({ engine, source_id }: BenchDesk, contacts: number): Promise<number> {
  const used = cpuMeter();
  for (let left = contacts; left > 0; left -= TOGETHER)
    await Promise.all(
      Array.from({ length: TOGETHER }, () => {
        const input = { source_id, phone: phoneOf(handed++), name: 'Anna', message: 'hello' };
        return engine.takeIn(`source:${source_id}`, (write) => submitContact(write, { input, idempotency_key: null, fingerprint: null }));
      }),
    );
  return used() / contacts;
}

export const figures: Figures = async (short) => {
  const rounds = short ? 5 : 15;
  const found = [];
  for (const operators of [20, 1000]) {
    const desk = await benchDesk(operators);
    const contacts = TOGETHER * (operators === 20 ? 20 : 4);
    const costs = new Map(strategyNames.map((name): [string, number[]] => [name, []]));
    for (let round = -2; round < rounds; round++)
      for (const strategy of strategyNames) {
        value(await desk.engine.write('admin', (write) => updateRule(write, desk.source_id, { strategy })));
        const cost = await costOf(desk, contacts);
        if (round >= 0) costs.get(strategy)?.push(cost); // the first rounds warm up
      }
    desk.engine.close();
    const usual = (name: string) => percentile(Float64Array.from(costs.get(name) ?? []), 0.5);
    const of = `of ${operators.toLocaleString('en')} operators`;
    found.push({ what: `weighted, ${of}`, figure: usual('weighted'), unit: 'µs', goal: null });
    for (const name of strategyNames.slice(1))
      found.push({ what: `${name} / weighted, ${of}`, figure: usual(name) / usual('weighted'), unit: '', goal: { most: MOST } });
  }
  return found;
};

if (import.meta.main) printFigures(await figures(false));
