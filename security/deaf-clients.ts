/** Clients that send many requests at once and read no answers: what is queued for them is bounded, and others are served. This needs no token. */
import { connect, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { MemorySeries } from '../faults/harness/measured.ts';
import type { Finding } from '../faults/harness/verdict.ts';
import { onStage, type Stage } from './harness/stage.ts';

const CLIENTS = 100;
const SECONDS = 20;
/** MiB */
const MOST_MEMORY = 250;

/** Only in the long form: it compares memory. */
export const deafClients = (mutant?: string): Promise<Finding> =>
  onStage(mutant, async (stage) => {
    const words: string[] = [];
    const requests = `GET /openapi.json HTTP/1.1\r\nHost: 127.0.0.1:${stage.port}\r\n\r\n`.repeat(5000);
    const memory = new MemorySeries(stage.host.pid, SECONDS * 1000);
    const clients: Socket[] = [];
    let served = 0;
    for (let n = 0; memory.isGoingOn; n++) {
      if (clients.length < CLIENTS) clients.push(deaf(stage, requests));
      if (n % 20 === 0) {
        const answer = await stage.handIn(stage.source.api_key, { external_id: `beside-${n}` });
        if (answer?.status === 201) served += 1;
        else words.push(`a bot was answered ${answer?.status ?? 'nothing'} meanwhile`);
      }
      memory.sample();
      await sleep(10);
    }
    for (const client of clients) client.destroy();
    if (memory.peak.exceeds(MOST_MEMORY)) words.push(`memory reached ${memory.peak}`);
    const figures = `${CLIENTS} clients sent 5000 requests each and read nothing: peak memory ${memory.peak}, ${served} contacts of a bot accepted meanwhile`;
    return { isSound: words.length === 0, figures, words: [...new Set(words)] };
  });

function deaf(stage: Stage, requests: string): Socket {
  const socket = connect(stage.port, '127.0.0.1').on('error', () => {});
  socket.write(requests);
  return socket; // no listener for data, so nothing is read
}
