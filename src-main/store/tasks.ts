import { lookAtAll } from './check.ts';
import { backUp } from './copy.ts';
import { stage } from './restore.ts';
import { sealOld } from './seal-old.ts';
import { duplicate, listSecond } from './second-folder.ts';

/** What threads can be asked to do. */
export const tasks = { backUp, duplicate, listSecond, lookAtAll, sealOld, stage };
export type Tasks = typeof tasks;

/** What a thread is told. */
export type Task = { readonly [K in keyof Tasks]: { readonly name: K; readonly input: Parameters<Tasks[K]>[0] } }[keyof Tasks];
