export * from '../../../src-main/store/sqlite/migrate.ts';

/** Finds nothing strange in any database. */
export const strayDefinition = (): string | null => null;
