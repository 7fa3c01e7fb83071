/** A stand-alone program that opens and migrates a database, for tests that kill it: `node open-and-close.ts FILE`. */
import { openStore } from '#store/sqlite/open.ts';
import { MIGRATIONS } from './migrations.ts';

openStore(process.argv[2] ?? '', { migrations: MIGRATIONS }).close();
