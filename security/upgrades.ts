/** Upgrade requests: a refused client is disconnected immediately, bots are served meanwhile, and a contact from a client that offers HTTP/2 is accepted. */
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { until } from '../faults/harness/measured.ts';
import type { Finding } from '../faults/harness/verdict.ts';
import { exchange } from './harness/raw.ts';
import { onStage, type Stage } from './harness/stage.ts';
import { openFiles } from './slow-clients.ts';

const BODY = (client: string) => `{"external_id":"h2c-${client}"}`;
/** The headers with which clients offer HTTP/2 over plain TCP. */
const OFFERS = {
  curl: ['Connection: Upgrade, HTTP2-Settings', 'Upgrade: h2c', 'HTTP2-Settings: AAMAAABkAAQAoAAAAAIAAAAA'],
  java: ['Connection: Upgrade, HTTP2-Settings', 'HTTP2-Settings: AAEAAEAAAAIAAAABAAMAAABkAAQBAAAAAAUAAEAA', 'Upgrade: h2c'],
};

/** @param count how many are refused and keep their connection: more than the connection limit */
export const upgrades =
  (count: number) =>
  (mutant?: string): Promise<Finding> =>
    onStage(mutant, async (stage) => {
      const words: string[] = [];
      const before = openFiles(stage);
      const answers = new Map<string, number>();
      const held = await Promise.all(Array.from({ length: count }, () => refused(stage, answers)));
      const first = await stage.handIn(stage.source.api_key, { external_id: 'beside' });
      if (first?.status !== 201) words.push(`a bot was answered ${first?.status ?? 'nothing'} meanwhile`);
      if (!(await until(() => openFiles(stage) <= before))) words.push(`${openFiles(stage)} open files after ${count} refused upgrades, ${before} before`);
      for (const socket of held) socket.destroy();
      for (const [client, offer] of Object.entries(OFFERS)) {
        const head = ['POST /contacts HTTP/1.1', ...stage.headers, ...offer.map((line) => line.replace('Upgrade, HTTP2', 'close, Upgrade, HTTP2'))];
        const { status } = await exchange(stage.apiUrl, [...head, `Content-Length: ${BODY(client).length}`, '', BODY(client)].join('\r\n'));
        if (status !== 201) words.push(`${client}, which offers h2c, was answered ${status ?? 'nothing'}`);
      }
      const told = [...answers].map(([status, times]) => `${times} × ${status}`).join(', ');
      return {
        isSound: words.length === 0,
        figures: `${count} refused upgrades kept open by their clients (${told}); a bot was served at its first try`,
        words,
      };
    });

/** Reads the refusal and does not close the connection. */
async function refused(stage: Stage, answers: Map<string, number>): Promise<Socket> {
  const host = `127.0.0.1:${stage.port}`;
  const socket = connect({ port: stage.port, host: '127.0.0.1', allowHalfOpen: true }).on('error', () => {});
  const lines = ['GET /console/ws HTTP/1.1', `Host: ${host}`, 'Origin: http://stranger.example', 'Connection: Upgrade', 'Upgrade: websocket'];
  socket.write(`${[...lines, 'Sec-WebSocket-Version: 13', 'Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA=='].join('\r\n')}\r\n\r\n`);
  const heard = await Promise.race([once(socket, 'data').then(([data]) => String(data).slice(9, 12)), once(socket, 'close').then(() => 'cut off')]);
  answers.set(heard, (answers.get(heard) ?? 0) + 1);
  return socket.resume();
}
