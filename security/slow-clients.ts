/** Clients that hold connections: headers and bodies that never end, idle connections. They are disconnected, and bots are served meanwhile. */
import { readdirSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { stopwatch, until } from '../faults/harness/measured.ts';
import type { Finding } from '../faults/harness/verdict.ts';
import { onStage, type Stage } from './harness/stage.ts';

export interface Crowd {
  readonly headers: number;
  readonly bodies: number;
  readonly idle: number;
}

const DRIP_EVERY_MS = 500;

export const slowClients =
  (crowd: Crowd) =>
  (mutant?: string): Promise<Finding> =>
    onStage(mutant, async (stage) => {
      const idleFiles = openFiles(stage);
      const sinceBegun = stopwatch();
      const head = ['POST /contacts HTTP/1.1', ...stage.headers, ''].join('\r\n');
      const groups = {
        headers: await hold(stage, crowd.headers, head, 'X'),
        bodies: await hold(stage, crowd.bodies, `${head}Content-Length: 60000\r\n\r\n{"external_id":"`, 'x'),
        idle: await hold(stage, crowd.idle, '', null),
      };
      const words: string[] = [];
      const attempts = await honestBot(stage, words);
      const ends: string[] = [];
      for (const [name, sockets] of Object.entries(groups)) {
        const left = () => sockets.filter((socket) => !socket.destroyed).length;
        if (!(await until(() => left() === 0))) words.push(`${left()} of ${sockets.length} slow clients (${name}) stayed connected`);
        ends.push(`${name} ${sinceBegun()}`);
      }
      for (const sockets of Object.values(groups)) for (const socket of sockets) socket.destroy();
      if (!(await until(() => openFiles(stage) <= idleFiles))) words.push(`${openFiles(stage)} open files, ${idleFiles} before`);
      const { headers, bodies, idle } = crowd;
      return {
        isSound: words.length === 0,
        figures: `${headers} slow headers, ${bodies} slow bodies, ${idle} idle: disconnected after ${ends.join(', ')}; a bot was served after ${attempts} attempts`,
        words,
      };
    });

export const openFiles = (stage: Stage): number => readdirSync(`/proc/${stage.host.pid}/fd`).length;

async function hold(stage: Stage, count: number, first: string, drip: string | null): Promise<Socket[]> {
  const sockets = Array.from({ length: count }, () => connect(stage.port, '127.0.0.1').on('error', () => {}));
  for (const socket of sockets) {
    socket.resume();
    if (first !== '') socket.write(first);
    if (drip === null) continue;
    const timer = setInterval(() => socket.destroyed || socket.write(drip), DRIP_EVERY_MS);
    socket.on('close', () => clearInterval(timer));
  }
  return sockets;
}

/** Retries until it is accepted, since connections beyond the limit are refused. Returns the number of retries. */
async function honestBot(stage: Stage, words: string[]): Promise<number> {
  let attempts = 0;
  const isTaken = await until(
    async () => {
      attempts += 1;
      const answer = await stage.handIn(stage.source.api_key, { external_id: 'honest' }, 'honest-1');
      return answer?.status === 201 || answer?.status === 200;
    },
    undefined,
    250,
  );
  if (!isTaken) words.push('an honest bot got no answer meanwhile');
  return attempts;
}
