/** Engines that break a rule, made by wrapping what the simulation passes to the real one. The simulation must detect each of them. */
import { normalise } from '#domain/normalise.ts';
import { configure, fieldsOf } from '#engine/configuration/configuration.ts';
import { differencesOf } from '#engine/configuration/undo-change.ts';
import { fingerprint, keptFingerprint } from '#engine/contacts/fingerprint.ts';
import { arranged as arrangedFor, type Waits } from '#engine/core/contact-table.ts';
import type { Engine } from '#engine/core/engine.ts';
import { mapAnswer, type Write } from '#engine/core/write.ts';
import type { Result } from '#shared/contract/problems.ts';
import { ok } from '#shared/contract/problems.ts';
import { stepOfChange } from '#store/journal/journal.ts';
import { bodyOf, type Command, type Run, revisionOf } from './command.ts';

export interface Sabotage {
  readonly name: string;
  readonly run?: (real: Run) => Run;
  readonly dice?: (r: number, sum: number) => number;
  /** answers are sent before the commit: a crash loses what was promised */
  readonly answersEarly?: boolean;
  readonly afterwards?: (command: Command, result: Result<string>, engine: Engine) => Promise<unknown> | undefined;
}

/** The same write with some of its parts replaced. */
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
  { name: 'picks the first candidate instead of the one drawn', dice: () => 0 },
  { name: 'never draws the last value', dice: (r, sum) => (r === sum - 1 ? 0 : r) },
  {
    name: 'does not drain the queue when a slot opens',
    run: (real) =>
      only('close', (write, command) => {
        const answer = real(write, command);
        write.opened.clear();
        return answer;
      })(real),
  },
  {
    name: 'never runs the draining that it left to the next transaction',
    run: (real) => (write, command) => {
      const answer = real(write, command);
      return () => {
        write.opened.clear();
        return typeof answer === 'function' ? answer() : answer;
      };
    },
  },
  {
    name: 'has a limit that is one too high',
    run: (real) =>
      only('submit', (write, command) => {
        const table = (source_id: number) => write.table(source_id).map((one) => ({ ...one, max_load: one.max_load + 1 }));
        const arranged = (contact: Waits) => arrangedFor(write, contact, table(contact.source_id));
        return real(with_(write, { table, arranged, tableFor: (contact: Waits) => arranged(contact).table }), command);
      })(real),
  },
  {
    name: 'assigns a contact again to the operator who let it go',
    run: (real) =>
      only('reassign', (write, command) => {
        const arranged = (contact: Waits) => write.arranged({ ...contact, returned: 0 });
        return real(with_(write, { arranged, tableFor: (contact: Waits) => arranged(contact).table }), command);
      })(real),
  },
  { name: 'does not store the idempotency key', run: (real) => (write, command) => real(write, command.do === 'submit' ? { ...command, key: null } : command) },
  {
    name: 'stores the idempotency key in a separate commit',
    run: (real) => (write, command) => {
      if (command.do !== 'submit' || command.key === null) return real(write, command);
      const first = write.tx.get('SELECT 1 FROM contacts WHERE source_id = ? AND idempotency_key = ?', command.source, command.key);
      return real(write, first ? command : { ...command, key: null });
    },
    afterwards: (command, result, engine) => {
      if (command.do !== 'submit' || command.key === null || !result.ok) return undefined;
      const id = Number(/^contact (\d+)/.exec(result.value)?.[1]);
      const { key } = command;
      const input = bodyOf(command);
      const kept = keptFingerprint(fingerprint(input), input, normalise(input, 'RU'), false);
      return engine.write('console', ({ tx }) => {
        tx.run('UPDATE OR IGNORE contacts SET idempotency_key = ?, fingerprint = ? WHERE id = ?', key, kept, id);
        return ok(null);
      });
    },
  },
  {
    name: 'looks up only the first identifier',
    run: (real) => (write, command) => {
      if (command.do !== 'submit' || command.person.external_id === null) return real(write, command);
      return real(write, { ...command, person: { ...command.person, phone: null, email: null } });
    },
  },
  {
    name: "merges on another source's identifiers without asking",
    run: (real) =>
      only('submit', (write, command) => {
        const { board } = write;
        return real(with_(write, { board: { ...board, settings: { ...board.settings, merges_across_sources: 'auto' } } }), command);
      })(real),
  },
  { name: 'answers before the commit', answersEarly: true },
  {
    name: 'counts a load wrong',
    run: (real) =>
      only('reassign', (write, command) =>
        mapAnswer(real(write, command), (result) => {
          if (result.ok) write.tx.run('UPDATE operators SET current_load = current_load - 1 WHERE id = (SELECT MAX(id) FROM operators WHERE current_load > 0)');
          return result;
        }),
      )(real),
  },
  {
    name: 'skips a revision',
    run: (real) =>
      only('undo', (write, command) =>
        mapAnswer(real(write, command), (result) => {
          if (result.ok) write.tx.run('DELETE FROM journal WHERE revision = (SELECT MAX(revision) - 1 FROM journal)');
          return result;
        }),
      )(real),
  },
  {
    name: 'records another draw than it made',
    run: (real) => (write, command) => {
      const result = real(write, command);
      if (command.do === 'submit') write.tx.run('UPDATE decisions SET r = r + 1 WHERE r IS NOT NULL AND id = (SELECT MAX(id) FROM decisions)');
      return result;
    },
  },
  {
    name: "compares a key's body as text",
    run: (real) => (write, command) => {
      const result = real(write, command);
      if (command.do === 'submit') write.tx.run('UPDATE contacts SET fingerprint = substr(fingerprint, 34) WHERE length(fingerprint) > 32');
      return result;
    },
  },
  {
    name: 'shows the oldest identifier, even if it came from the merged lead',
    run: (real) => (write, command) => {
      const result = real(write, command);
      write.tx.run('UPDATE lead_identifiers SET place = NULL WHERE place IS NOT NULL');
      return result;
    },
  },
  {
    name: 'keeps the name from a merge after the merge is undone',
    run: (real) =>
      only('undo', (write, command) => {
        write.tx.run("UPDATE merges SET moved = json_set(moved, '$.name_given', json('false'))");
        return real(write, command);
      })(real),
  },
  {
    name: 'keeps the reason of an operator who is active again',
    run: (real) =>
      only('activity', (write, command) => {
        const reasons = write.tx.all<{ id: number; inactive_reason: string }>('SELECT id, inactive_reason FROM operators WHERE inactive_reason IS NOT NULL');
        return mapAnswer(real(write, command), (result) => {
          for (const { id, inactive_reason } of reasons)
            write.tx.run('UPDATE operators SET inactive_reason = ? WHERE id = ? AND is_active', inactive_reason, id);
          return result;
        });
      })(real),
  },
  {
    name: 'undoes a creation even if the item has changed since',
    run: (real) =>
      only('take back', (write, command) => {
        const differences = command.do === 'take back' ? differencesOf(stepOfChange(write.tx, revisionOf(write, command.step))) : [];
        const isStill = ({ kind, id, after }: (typeof differences)[number]) => {
          const present = fieldsOf(write, { kind, id }) ?? {};
          return Object.keys(after).every((key) => JSON.stringify(present[key] ?? null) === JSON.stringify(after[key]));
        };
        if (differences.length === 0 || !differences.every(isStill)) return real(write, command);
        const result = configure(
          write,
          differences.map(({ kind, id, before }) => ({ kind, id, fields: before })),
        );
        return result.ok ? ok('taken back') : result;
      })(real),
  },
  {
    name: 'restores the reason of an operator who is active again, on undo',
    run: (real) =>
      only('take back', (write, command) => {
        const rows = command.do === 'take back' ? differencesOf(stepOfChange(write.tx, revisionOf(write, command.step))) : [];
        return mapAnswer(real(write, command), (result) => {
          const reason = rows[0]?.before.inactive_reason;
          if (result.ok || typeof reason !== 'string' || rows[0]?.before.is_active !== undefined) return result;
          write.tx.run('UPDATE operators SET inactive_reason = ? WHERE id = ? AND is_active', reason, rows[0]?.id ?? 0);
          return ok('taken back');
        });
      })(real),
  },
];
