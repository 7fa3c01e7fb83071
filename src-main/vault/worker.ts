/** Entry of the threads that `WorkerTasks` starts. */
import { parentPort, workerData } from 'node:worker_threads';
import { type Task, tasks } from './tasks.ts';
import type { Answer } from './worker-tasks.ts';

const task = workerData as Task; // WorkerTasks is the only one to start this file

async function done(): Promise<unknown> {
  switch (task.name) {
    case 'backUp':
      return tasks.backUp(task.input);
    case 'duplicate':
      return tasks.duplicate(task.input);
    case 'listSecond':
      return tasks.listSecond(task.input);
    case 'lookAtAll':
      return tasks.lookAtAll(task.input);
    case 'sealOld':
      return tasks.sealOld(task.input);
    case 'stage':
      return tasks.stage(task.input);
  }
}

done().then(
  (value) => parentPort?.postMessage({ ok: true, value } satisfies Answer),
  (error: unknown) => parentPort?.postMessage({ ok: false, error } satisfies Answer),
);
