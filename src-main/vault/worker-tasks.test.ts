import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { folder } from '#store/testing/folder.ts';
import { WORKER } from './testing/places.ts';
import { WorkerTasks } from './worker-tasks.ts';

test('once it is closed it begins no task, so that nothing is written after the host has stopped', async () => {
  const workerTasks = new WorkerTasks(WORKER);
  await workerTasks.close();
  const at = join(folder(), 'second');
  const sealer = { desk: 'any', key: null };
  await expect(workerTasks.run('duplicate', { from: '/none', folder: at, now: 0, days: 1, sealer })).rejects.toThrow('duplicate was not begun');
  expect(existsSync(at)).toBe(false);
});
