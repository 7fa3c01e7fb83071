/** Clients that hold on to what they can get: headers and bodies that never end, connections that say nothing. They are put out, and bots are served meanwhile. */
import { readdirSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Finding } from '../faults/harness/verdict.ts';
import { onStage, type Stage } from './harness/stage.ts';

export interface Crowd {
  readonly headers: number;
  readonly bodies: number;
  readonly idle: number;
}

/** So long a client may hold on to what it began: the limits of the door, and how often it looks, with much to spare on a busy machine. */
const PUT_OUT_WITHIN_MS = 30_000;
const DRIP_EVERY_MS = 500;

export const slowClients =
  (crowd: Crowd) =>
  (mutant?: string): Promise<Finding> =>
    onStage(mutant, async (stage) => {
      const idleFiles = openFiles(stage);
      const started = performance.now();
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
        const left = await outlasted(sockets, started);
        if (left > 0) words.push(`${left} of ${sockets.length} slow clients (${name}) were still connected after ${PUT_OUT_WITHIN_MS / 1000} s`);
        ends.push(`${name} ${((performance.now() - started) / 1000).toFixed(0)} s`);
      }
      for (const sockets of Object.values(groups)) for (const socket of sockets) socket.destroy();
      const files = await settled(stage, idleFiles);
      if (files > idleFiles) words.push(`${files} open files, ${idleFiles} before`);
      const { headers, bodies, idle } = crowd;
      return {
        isSound: words.length === 0,
        figures: `${headers} slow headers, ${bodies} slow bodies, ${idle} idle: gone after ${ends.join(', ')}; a bot got through after ${attempts} attempts`,
        words,
      };
    });

const openFiles = (stage: Stage): number => readdirSync(`/proc/${stage.host.pid}/fd`).length;

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

/** How many are connected when their time is up. */
async function outlasted(sockets: readonly Socket[], started: number): Promise<number> {
  const left = () => sockets.filter((socket) => !socket.destroyed).length;
  while (left() > 0 && performance.now() - started < PUT_OUT_WITHIN_MS) await sleep(50);
  return left();
}

/** Comes again until it is taken: connections beyond the limit are refused. Gives how often it had to. */
async function honestBot(stage: Stage, words: string[]): Promise<number> {
  const started = performance.now();
  for (let attempt = 1; performance.now() - started < PUT_OUT_WITHIN_MS; attempt++) {
    const answer = await stage.handIn(stage.source.api_key, { external_id: 'honest' }, 'honest-1');
    if (answer?.status === 201 || answer?.status === 200) return attempt;
    await sleep(250);
  }
  words.push('an honest bot got no answer meanwhile');
  return 0;
}

/** How many files are open once those of the crowd are closed. */
async function settled(stage: Stage, before: number): Promise<number> {
  const started = performance.now();
  while (openFiles(stage) > before && performance.now() - started < PUT_OUT_WITHIN_MS) await sleep(50);
  return openFiles(stage);
}
