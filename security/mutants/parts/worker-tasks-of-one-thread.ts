import { tasks } from '../../../src-main/vault/tasks.ts';
import type { WorkerTasks as Real } from '../../../src-main/vault/worker-tasks.ts';

/** Works in this thread, because parts are replaced only here. */
export class WorkerTasks {
  run: Real['run'] = async (name, input) => {
    const task = tasks[name] as (given: unknown) => never; // the caller has matched the two
    return task(input);
  };

  close = async (): Promise<void> => undefined;
}
