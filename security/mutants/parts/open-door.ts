export * from '../../../src-main/intake/door.ts';

export const doorProblem = (): null => null;
