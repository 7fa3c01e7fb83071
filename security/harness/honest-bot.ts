/**
 * A bot in a thread of its own, so that its waiting is not ours: sends a contact ten times a second, each with a key, and comes again with it
 * when it is told to. Says what became of them when it is asked to stop.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { parentPort, Worker, workerData } from 'node:worker_threads';
import { Measured } from '../../faults/harness/measured.ts';
import { Pipeline, type PipelinedAnswer } from './pipeline.ts';

export interface BotReport {
  /** contacts that it meant to hand in */
  readonly contacts: number;
  /** 201 answers */
  readonly taken: number;
  readonly attempts: number;
  /** how long its answers of 201 took, in words: a figure does not pass from one thread to another */
  readonly took: string;
  readonly strange: readonly string[];
}

interface Task {
  /** its keys begin with it */
  readonly name: string;
  readonly port: number;
  /** of a request that may come in */
  readonly headers: readonly string[];
}

const EVERY_MS = 100;
const MOST_RETRIES = 300;

/** Starts one; the answer stops it. */
export function startHonestBot(task: Task): () => Promise<BotReport> {
  const worker = new Worker(new URL(import.meta.url), { workerData: task });
  return () =>
    new Promise((resolve, reject) => {
      worker.once('message', resolve);
      worker.once('error', reject);
      worker.postMessage('stop');
    });
}

if (parentPort) {
  const port = parentPort;
  let isRunning = true;
  port.once('message', () => {
    isRunning = false;
  });
  port.postMessage(await work(workerData as Task, () => isRunning)); // startHonestBot made it
  port.close();
}

async function work(task: Task, isRunning: () => boolean): Promise<BotReport> {
  const took: Measured[] = [];
  const strange: string[] = [];
  let answered: (answer: PipelinedAnswer) => void = () => {};
  let [contacts, attempts] = [0, 0];
  const pipeline = new Pipeline(task.port, (answer) => answered(answer));
  const send = (request: string) =>
    new Promise<PipelinedAnswer>((resolve) => {
      answered = resolve;
      pipeline.send(request);
    });
  while (isRunning()) {
    const body = `{"external_id":"${task.name}-${contacts}"}`;
    const head = ['POST /contacts HTTP/1.1', ...task.headers, `Idempotency-Key: ${task.name}-${contacts}`, `Content-Length: ${body.length}`].join('\r\n');
    contacts += 1;
    let status = 0;
    for (let attempt = 0; status !== 201 && attempt < MOST_RETRIES; attempt++) {
      const answer = await send(`${head}\r\n\r\n${body}`);
      attempts += 1;
      status = answer.status;
      if (status === 201) took.push(answer.took);
      else if (status !== 503 || !answer.hasRetryAfter) strange.push(`an honest bot was answered ${status}`);
      if (status !== 201) await sleep(50 + Math.random() * 100);
    }
    if (status !== 201) strange.push(`a contact of an honest bot was not taken after ${MOST_RETRIES} attempts`);
    await sleep(EVERY_MS);
  }
  pipeline.close();
  return { contacts, taken: took.length, attempts, took: `p50 ${Measured.quantile(took, 0.5)}, p99 ${Measured.quantile(took, 0.99)}`, strange };
}
