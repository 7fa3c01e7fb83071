/** A program that runs one command and exits, for an experiment that kills it: `node one-command.js FILE MIGRATIONS COMMAND`. */
import { COMMANDS, openDesk, TORN } from './small-desk.ts';

const [file = '', migrations = '', name = ''] = process.argv.slice(2);
const engine = openDesk(file, migrations);
await (COMMANDS[name] ?? TORN)(engine);
process.kill(process.pid, 'SIGTERM'); // without closing the database, which is not under test
