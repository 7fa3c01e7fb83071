/** Runs in the thread that a `Reader` starts: answers several questions in turns, on its own connection. */
import { parentPort, workerData } from 'node:worker_threads';
import { CHUNKS_AHEAD, type FromThread, type Step, type Steps, type ThreadData, type ToThread } from './protocol.ts';
import { openSources, type Sources } from './sources.ts';

/** Time slice of a question. */
const TURN_MS = 10;

interface Job {
  readonly id: number;
  readonly steps: Steps<unknown>;
  /** chunks not consumed yet */
  ahead: number;
}

type Handler = (from: Sources, input: never) => unknown;

/** Answers questions with these functions until the thread is terminated. */
export function serve(questions: Readonly<Record<string, Handler>>): { readonly jobs: ReadonlyMap<number, Job> } {
  const port = parentPort;
  if (!port) throw new Error('this file is started as a thread');
  const { database } = workerData as ThreadData; // only Reader starts this file
  const from = openSources(database);
  const jobs = new Map<number, Job>();
  let turning = false;

  const send = (message: FromThread) => port.postMessage(message);

  port.on('message', (message: ToThread) => {
    switch (message.kind) {
      case 'ask':
        begin(message.id, message.name, message.input);
        return;
      case 'cancel':
        end(message.id, (job) => job.steps.return(undefined));
        return;
      case 'taken': {
        const job = jobs.get(message.id);
        if (job) job.ahead -= 1;
        turn();
        return;
      }
      default:
        message satisfies never;
    }
  });

  function begin(id: number, name: string, input: unknown): void {
    try {
      const handler = questions[name];
      if (!handler) throw new Error(`there is no question ${name}`);
      const answer = handler(from, input as never); // Reader's types pair names with inputs
      if (!isSteps(answer)) send({ kind: 'answer', id, value: answer });
      else {
        jobs.set(id, { id, steps: answer, ahead: 0 });
        turn();
      }
    } catch (error) {
      send({ kind: 'failed', id, error });
    }
  }

  function end(id: number, how: (job: Job) => void): void {
    const job = jobs.get(id);
    jobs.delete(id);
    if (job) how(job);
  }

  /** Runs one time slice. Messages are received between slices. */
  function turn(): void {
    if (turning) return;
    turning = true;
    setImmediate(() => {
      turning = false;
      const job = [...jobs.values()].find(({ ahead }) => ahead < CHUNKS_AHEAD);
      if (!job) return;
      work(job);
      turn();
    });
  }

  function work(job: Job): void {
    const until = performance.now() + TURN_MS;
    try {
      do {
        const { done, value } = job.steps.next();
        if (done) {
          jobs.delete(job.id);
          send({ kind: 'answer', id: job.id, value });
          return;
        }
        report(job, value as Step); // the answer comes with `done` only
      } while (job.ahead < CHUNKS_AHEAD && performance.now() < until);
      // moves the job to the end of the queue
      jobs.delete(job.id);
      jobs.set(job.id, job);
    } catch (error) {
      jobs.delete(job.id);
      send({ kind: 'failed', id: job.id, error });
    }
  }

  function report(job: Job, step: Step): void {
    if (!step) return;
    if ('progress' in step) send({ kind: 'progress', id: job.id, progress: step.progress });
    else {
      job.ahead += 1;
      send({ kind: 'chunk', id: job.id, chunk: step.chunk });
    }
  }
  return { jobs };
}

function isSteps(answer: unknown): answer is Steps<unknown> {
  return typeof answer === 'object' && answer !== null && 'next' in answer && Symbol.iterator in answer;
}
