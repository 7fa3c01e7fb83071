import type { FieldError } from '../../../src-shared/contract/problems.ts';

export * from '../../../src-shared/contract/problems.ts';

export const firstErrors = (errors: readonly FieldError[]): FieldError[] => [...errors];
