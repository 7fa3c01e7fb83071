/** Engines that break a rule, made by wrapping what the simulation gives to the real one. A simulation that does not find them out is blind. */
import type { Engine } from '#engine/engine.ts';
import type { Write } from '#engine/write.ts';
import type { Result } from '#shared/contract/problems.ts';
import { ok } from '#shared/contract/problems.ts';
import type { Command, Run } from './command.ts';

export interface Sabotage {
  readonly name: string;
  readonly run?: (real: Run) => Run;
  readonly dice?: (r: number, sum: number) => number;
  /** answers are out before the commit: a crash takes back what was promised */
  readonly answersEarly?: boolean;
  readonly afterwards?: (command: Command, result: Result<string>, engine: Engine) => Promise<unknown> | undefined;
}

/** The same write, but for some of its parts. */
function with_(write: Write, parts: Partial<Write>): Write {
  return new Proxy(write, {
    get(target, name) {
      if (name in parts) return parts[name as keyof Write];
      const part: unknown = Reflect.get(target, name, target);
      return typeof part === 'function' ? part.bind(target) : part;
    },
  });
}

const only =
  (what: Command['do'], broken: Run) =>
  (real: Run): Run =>
  (write, command) =>
    command.do === what ? broken(write, command) : real(write, command);

export const SABOTAGES: readonly Sabotage[] = [
  { name: 'takes the first instead of the one drawn', dice: () => 0 },
  { name: 'draws one face too few', dice: (r, sum) => (r === sum - 1 ? 0 : r) },
  {
    name: 'lets the queue stand when a slot opens',
    run: (real) =>
      only('close', (write, command) => {
        const result = real(with_(write, { opened: new Set() }), command);
        write.opened.clear();
        return result;
      })(real),
  },
  {
    name: 'forgets what it left to the next transaction',
    run: (real) => (write, command) => {
      const result = real(write, command);
      write.opened.clear();
      write.unfinished = false;
      return result;
    },
  },
  {
    name: 'counts one slot too many',
    run: (real) =>
      only('submit', (write, command) => {
        const table = (source_id: number) => write.table(source_id).map((one) => ({ ...one, max_load: one.max_load + 1 }));
        return real(with_(write, { table }), command);
      })(real),
  },
  { name: 'forgets the key', run: (real) => (write, command) => real(write, command.do === 'submit' ? { ...command, key: null } : command) },
  {
    name: 'keeps the key in a commit of its own',
    run: (real) => (write, command) => {
      if (command.do !== 'submit' || command.key === null) return real(write, command);
      const first = write.tx.get('SELECT 1 FROM contacts WHERE source_id = ? AND idempotency_key = ?', command.source, command.key);
      return real(write, first ? command : { ...command, key: null });
    },
    afterwards: (command, result, engine) => {
      if (command.do !== 'submit' || command.key === null || !result.ok) return undefined;
      const id = Number(/^contact (\d+)/.exec(result.value)?.[1]);
      const { person, message, key } = command;
      return engine.write('console', ({ tx }) => {
        tx.run('UPDATE OR IGNORE contacts SET idempotency_key = ?, fingerprint = ? WHERE id = ?', key, Buffer.from(JSON.stringify([person, message])), id);
        return ok(null);
      });
    },
  },
  {
    name: 'looks up the first identifier only',
    run: (real) => (write, command) => {
      if (command.do !== 'submit' || command.person.external_id === null) return real(write, command);
      return real(write, { ...command, person: { ...command.person, phone: null, email: null } });
    },
  },
  { name: 'answers before the commit', answersEarly: true },
  {
    name: 'lets the load drift',
    run: (real) =>
      only('reassign', (write, command) => {
        const result = real(write, command);
        if (result.ok) write.tx.run('UPDATE operators SET current_load = current_load - 1 WHERE id = (SELECT MAX(id) FROM operators WHERE current_load > 0)');
        return result;
      })(real),
  },
  {
    name: 'loses a revision',
    run: (real) =>
      only('undo', (write, command) => {
        const result = real(write, command);
        if (result.ok) write.tx.run('DELETE FROM journal WHERE revision = (SELECT MAX(revision) - 1 FROM journal)');
        return result;
      })(real),
  },
  {
    name: 'writes down another draw than it made',
    run: (real) => (write, command) => {
      const result = real(write, command);
      if (command.do === 'submit') write.tx.run('UPDATE decisions SET r = r + 1 WHERE r IS NOT NULL AND id = (SELECT MAX(id) FROM decisions)');
      return result;
    },
  },
];
