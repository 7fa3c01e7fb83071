/**
 * A bot in its own thread, so that its timing does not depend on ours: sends ten contacts a second, each with a key, and retries with it
 * when told to. Reports the results when asked to stop.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { parentPort, Worker, workerData } from 'node:worker_threads';
import { Measured } from '../../faults/harness/measured.ts';
import { Pipeline, type PipelinedAnswer } from './pipeline.ts';

export interface BotReport {
  /** contacts that it tried to submit */
  readonly contacts: number;
  /** 201 answers */
  readonly taken: number;
  readonly attempts: number;
  /** how long its 201 answers took, as text, because a figure cannot be sent between threads */
  readonly took: string;
  readonly strange: readonly string[];
}

interface Task {
  /** prefix of its keys */
  readonly name: string;
  readonly port: number;
  /** headers of a request that is accepted */
  readonly headers: readonly string[];
}

const EVERY_MS = 100;
const MOST_RETRIES = 300;

/** Starts one; the returned function stops it. */
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
  port.postMessage(await work(workerData as Task, () => isRunning)); // set by startHonestBot
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
    if (status !== 201) strange.push(`a contact of an honest bot was not accepted after ${MOST_RETRIES} attempts`);
    await sleep(EVERY_MS);
  }
  pipeline.close();
  return { contacts, taken: took.length, attempts, took: `p50 ${Measured.quantile(took, 0.5)}, p99 ${Measured.quantile(took, 0.99)}`, strange };
}
