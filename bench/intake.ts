/**
 * Intake end to end: durable contacts per second over HTTP, and their latency; the median of several rounds, in which the floor and the intake
 * take turns. The load runs in its own process. `npm run bench:intake [-- --seconds N --rounds N --connections N --operators N --rate N --floor]`
 */
import type { Engine } from '#engine/core/engine.ts';
import { listen } from '#intake/listen.ts';
import { createIntake } from '#intake/server.ts';
import type { Figures } from './figures.ts';
import { floorHost } from './floor.ts';
import { benchDesk } from './measure.ts';
import { type Host, type Load, loadOptions, median, medianRatio, pass, printPasses } from './passes.ts';

export async function intakeHost(operators: number): Promise<Host> {
  const { engine, api_key } = await benchDesk(operators);
  return intakeOver(engine, api_key);
}

/** @param api_key of the source that submits the contacts */
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

const perSecond = (load: Load) => load.perSecond;

export const figures: Figures = async (short) => {
  const options = { seconds: short ? 2 : 6, connections: 64, operators: 20, rate: 1000, rounds: 5, floor: true };
  const [floor, intake] = await pass(
    [
      ['floor', floorHost],
      ['intake', intakeHost],
    ],
    options,
  );
  if (!floor || !intake) throw new Error('a host has no measurement');
  const failed = [...intake.closed, ...intake.open].reduce((sum, load) => sum + load.failed, 0);
  return [
    { what: '64 connections, 20 operators', figure: median(intake.closed, perSecond), unit: 'contacts/s', goal: { least: 8000 } },
    { what: 'the floor: bare node:http and bare SQLite', figure: median(floor.closed, perSecond), unit: 'contacts/s', goal: null },
    { what: 'intake / floor', figure: medianRatio(intake.closed, floor.closed, perSecond), unit: '', goal: { least: 0.8 } },
    { what: 'processor time, intake / floor', figure: medianRatio(intake.closed, floor.closed, ({ cpu }) => cpu), unit: '', goal: null },
    { what: '1,000 a second, p99', figure: median(intake.open, ({ p99 }) => p99), unit: 'ms', goal: { most: 10 } },
    { what: "1,000 a second, the floor's p99", figure: median(floor.open, ({ p99 }) => p99), unit: 'ms', goal: null },
    { what: 'refused or lost', figure: failed, unit: 'contacts', goal: { most: 0 } },
  ];
};

if (import.meta.main) {
  const options = loadOptions();
  const floor: [string, typeof floorHost][] = options.floor ? [['floor', floorHost]] : [];
  printPasses(await pass([...floor, ['intake', intakeHost]], options), options);
}
