export * from '../../../src-main/intake/tls.ts';

export const speakTls = (): void => undefined;
