/**
 * The whole way in: durable contacts per second over HTTP, and how long each took. The load runs in a process of its own.
 * `npm run bench:intake [-- --seconds N --connections N --operators N --rate N --floor]`
 */

import { listen } from '#intake/listen.ts';
import { createIntake } from '#intake/server.ts';
import { floorHost } from './floor.ts';
import { benchDesk } from './measure.ts';
import { type Host, loadOptions, report } from './passes.ts';

async function intakeHost(operators: number): Promise<Host> {
  const { engine, api_key } = await benchDesk(operators);
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

const options = loadOptions();
await report(
  options.floor
    ? [
        ['floor', floorHost],
        ['intake', intakeHost],
      ]
    : [['intake', intakeHost]],
  options,
);
