import { listen as privately } from '../../../src-main/intake/listen.ts';

export * from '../../../src-main/intake/listen.ts';

export const listen: typeof privately = (app, { port }) => privately(app, { port, host: '0.0.0.0' });
