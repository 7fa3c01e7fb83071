/**
 * The whole way in: durable contacts per second over HTTP, and how long each took. The load runs in a process of its own.
 * `npm run bench:intake [-- --seconds N --connections N --operators N --rate N --floor]`
 */
import type { Engine } from '#engine/engine.ts';
import { listen } from '#intake/listen.ts';
import { createIntake } from '#intake/server.ts';
import type { Figures } from './figures.ts';
import { floorHost } from './floor.ts';
import { benchDesk } from './measure.ts';
import { type Host, loadOptions, pass, printPasses } from './passes.ts';

export async function intakeHost(operators: number): Promise<Host> {
  const { engine, api_key } = await benchDesk(operators);
  return intakeOver(engine, api_key);
}

/** @param api_key of the source whose contacts will come */
export async function intakeOver(engine: Engine, api_key: string): Promise<Host> {
  const log = { error: (fields: object, message: string) => console.error(message, fields) };
  const app = createIntake({ engine, adminToken: 'not-used-in-measurements', version: '0.0.0', log });
  const { port } = await listen(app, { port: 0 });
  return {
    url: `http://127.0.0.1:${port}`,
    token: api_key,
    async close() {
      await app.close();
      engine.close();
    },
  };
}

export const figures: Figures = async (short) => {
  const options = { seconds: short ? 6 : 15, connections: 64, operators: 20, rate: 1000, floor: true };
  const [floor, intake] = await pass(
    [
      ['floor', floorHost],
      ['intake', intakeHost],
    ],
    options,
  );
  if (!floor || !intake) throw new Error('a pass is missing');
  return [
    { what: '64 connections, 20 operators', figure: intake.closed.perSecond, unit: 'contacts/s', goal: { least: 8000 } },
    { what: 'the floor: bare node:http and bare SQLite', figure: floor.closed.perSecond, unit: 'contacts/s', goal: null },
    { what: 'intake / floor', figure: intake.closed.perSecond / floor.closed.perSecond, unit: '', goal: { least: 0.8 } },
    { what: 'processor, intake / floor', figure: intake.closed.cpu / floor.closed.cpu, unit: '', goal: null },
    { what: '1,000 a second, p99', figure: intake.open.p99, unit: 'ms', goal: { most: 10 } },
    { what: 'refused or lost', figure: intake.closed.failed + intake.open.failed, unit: 'contacts', goal: { most: 0 } },
  ];
};

if (import.meta.main) {
  const options = loadOptions();
  const floor: [string, typeof floorHost][] = options.floor ? [['floor', floorHost]] : [];
  printPasses(await pass([...floor, ['intake', intakeHost]], options), options);
}
