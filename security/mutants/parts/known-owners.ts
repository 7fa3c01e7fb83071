export * from '../../../src-main/store/tables/givers.ts';

export const wasGivenTo = (): boolean => true;
