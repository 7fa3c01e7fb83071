import type { Server } from 'node:http';
import type { App } from '#intake/app.ts';
import { createIntake as create, type IntakeOptions } from '../../../src-main/intake/server.ts';

export * from '../../../src-main/intake/server.ts';

export function createIntake(options: IntakeOptions): App {
  const app = create(options);
  const patient = (server: Server) => Object.assign(server, { headersTimeout: 0, requestTimeout: 0, keepAliveTimeout: 0, timeout: 0 });
  patient(app.server);
  return app;
}
