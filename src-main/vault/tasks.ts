import { lookAtAll } from './check.ts';
import { backUp } from './copy.ts';
import { stage } from './restore.ts';
import { sealOld } from './seal-old.ts';
import { duplicate, listSecond } from './second-folder.ts';

/** Tasks that run in worker threads. */
export const tasks = { backUp, duplicate, listSecond, lookAtAll, sealOld, stage };
export type Tasks = typeof tasks;

/** Message to a worker thread: a task's name and input. */
export type Task = { readonly [K in keyof Tasks]: { readonly name: K; readonly input: Parameters<Tasks[K]>[0] } }[keyof Tasks];
