import type { Server } from 'node:http';
import { createHttpServer as create } from '../../../src-main/intake/listen.ts';

export * from '../../../src-main/intake/listen.ts';

export const createHttpServer = (...args: Parameters<typeof create>): Server => Object.assign(create(...args), { maxHeaderSize: 8 * 1024 });
