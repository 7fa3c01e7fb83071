/** Engines that break a rule, made by wrapping what the simulation passes to the real one. The simulation must detect each of them. */
import { normalise } from '#domain/normalise.ts';
import { configure, fieldsOf } from '#engine/configuration/configuration.ts';
import { differencesOf } from '#engine/configuration/undo-change.ts';
import { fingerprint, keptFingerprint } from '#engine/contacts/fingerprint.ts';
import { arranged as arrangedFor, type Waits } from '#engine/core/contact-table.ts';
import type { Engine } from '#engine/core/engine.ts';
import { mapAnswer, type Write } from '#engine/core/write.ts';
import type { Board, BoardRule } from '#shared/board.ts';
import type { Result } from '#shared/contract/problems.ts';
import { ok } from '#shared/contract/problems.ts';
import type { RulePatch } from '#shared/contract/rules.ts';
import { CONTACT } from '#shared/distribution/strategies/even.ts';
import { stepOfChange } from '#store/journal/journal.ts';
import { classById } from '#store/tables/contact-classes.ts';
import { bodyOf, type Command, type Run, revisionOf } from './command.ts';

export interface Sabotage {
  readonly name: string;
  /** it shows only where sources have other rules than the default, and soonest where all of them have these parts. Absent: it shows sooner without rules */
  readonly rule?: RulePatch;
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

/** Commands that read rules in order to change them. */
const CONFIGURING: readonly Command['do'][] = ['rule', 'line', 'weigh', 'dismiss', 'take back'];

/** An engine that reads other rules than are set, also when it drains the queue. */
const reading =
  (changed: Partial<BoardRule>) =>
  (real: Run): Run =>
  (write, command) => {
    if (CONFIGURING.includes(command.do)) return real(write, command);
    const otherwise = ({ rules }: Board) => Object.fromEntries(Object.entries(rules).map(([id, rule]) => [id, { ...rule, ...changed }]));
    Object.defineProperty(write, 'board', {
      get: () => {
        const present = Reflect.get(Object.getPrototypeOf(write) as object, 'board', write) as Board;
        return new Proxy(present, { get: (target, name) => (name === 'rules' ? otherwise(target) : target[name as keyof Board]) });
      },
    });
    return real(write, command);
  };

/** An engine whose writes have other methods, also when it drains the queue. */
const having =
  (parts: (write: Write) => Partial<Write>) =>
  (real: Run): Run =>
  (write, command) => {
    Object.assign(write, parts(write));
    return real(write, command);
  };

/** An engine that changes rows after each command. */
const tampering =
  (sql: string) =>
  (real: Run): Run =>
  (write, command) =>
    mapAnswer(real(write, command), (result) => {
      write.tx.run(sql);
      return result;
    });

export const SABOTAGES: readonly Sabotage[] = [
  { rule: { accept_seconds: 20 }, name: 'blames for what was missed while it was not up', run: tampering('UPDATE deadlines SET is_witnessed = 1') },
  { rule: { accept_seconds: 20 }, name: 'takes nobody off the line who misses three', run: tampering('UPDATE operators SET misses = 0 WHERE misses > 1') },
  { rule: { accept_seconds: 20 }, name: 'returns a contact that was accepted', run: having(() => ({ clearDeadline: () => {} })) },
  { rule: { close_after_seconds: 90 }, name: 'closes a contact in spite of its signs of life', run: having(() => ({ renewDeadline: () => {} })) },
  { rule: { needs: ['language'] }, name: 'asks for no tags', run: reading({ needs: [] }) },
  { rule: { needs: ['language'], needs_seconds: 60 }, name: 'asks for tags for ever', run: reading({ needs_seconds: null }) },
  {
    rule: { owner: { mode: 'days', days: 2, wait_seconds: 60 } },
    name: 'forgets whose a lead is',
    run: reading({ owner: { mode: 'off', days: 30, wait_seconds: 0 } }),
  },
  {
    rule: { owner: { mode: 'days', days: 2, wait_seconds: 60 } },
    name: 'waits an hour for a full owner, whatever the rule says',
    run: reading({ owner: { mode: 'days', days: 2, wait_seconds: 3600 } }),
  },
  { rule: { lines: [1800], open_early: false }, name: 'opens every line at once', run: reading({ lines: [] }) },
  { rule: { lines: [1800], open_early: true, needs: [] }, name: 'opens no line early', run: reading({ open_early: false }) },
  { rule: { strategy: 'least_load' }, name: 'draws by weight, whatever the strategy', run: reading({ strategy: 'weighted' }) },
  {
    rule: { repeat: { mode: 'join', within_seconds: null } },
    name: 'makes a contact of every message',
    run: reading({ repeat: { mode: 'new', within_seconds: null } }),
  },
  {
    rule: { repeat: { mode: 'join', within_seconds: 60 } },
    name: 'adds messages to contacts of any age',
    run: reading({ repeat: { mode: 'join', within_seconds: null } }),
  },
  { rule: {}, name: 'is as urgent for one source as for another', run: reading({ urgency: 1, target_seconds: null }) },
  {
    rule: {},
    name: 'knows no target of a contact',
    run: having((write) => ({
      classOf: (class_id) => {
        const { target_seconds: _, ...others } = class_id === null ? {} : classById(write.tx, class_id);
        return others;
      },
    })),
  },
  {
    rule: { strategy: 'even', needs: [] },
    name: 'charges nobody under even',
    run: having((write) => {
      const withKeys = write.withKeys.bind(write);
      const isEven = (source_id: number) => write.board.rules[source_id]?.strategy === 'even';
      return { withKeys: (source_id, table) => withKeys(source_id, table).map((one) => (isEven(source_id) ? { ...one, key: 0 } : one)) };
    }),
  },
  {
    rule: { strategy: 'even', needs: [], owner: { mode: 'days', days: 2, wait_seconds: 0 } },
    name: 'charges a contact to its owner under even',
    run: (real) => {
      const charged = new Map<string, number>();
      return having((write) => {
        const [emit, withKeys] = [write.emit.bind(write), write.withKeys.bind(write)];
        const debt = (source_id: number, operator_id: number) => charged.get(`${source_id} ${operator_id}`) ?? 0;
        return {
          emit: (effect, ...others) => {
            emit(effect, ...others);
            if (effect.kind !== 'contact_assigned' || effect.decision.kind !== 'owner') return;
            const { source_id, operator_id } = effect.decision;
            charged.set(`${source_id} ${operator_id}`, debt(source_id, operator_id) + CONTACT);
          },
          withKeys: (source_id, table) =>
            withKeys(source_id, table).map((one) =>
              one.key === undefined || write.board.rules[source_id]?.strategy !== 'even' ? one : { ...one, key: one.key + debt(source_id, one.operator_id) },
            ),
        };
      })(real);
    },
  },
  {
    rule: { strategy: 'least_load', needs: [] },
    name: 'prefers whom the strategy puts last',
    run: having((write) => {
      const withKeys = write.withKeys.bind(write);
      return { withKeys: (...args) => withKeys(...args).map((one) => (one.key === undefined ? one : { ...one, key: 0 - one.key })) };
    }),
  },
  {
    rule: {},
    name: 'looks only at the contact that waits longest at a source',
    run: having((write) => {
      const heads = write.heads.bind(write);
      return { heads: (source_id) => new Map([...heads(source_id)].toSorted(([, a], [, b]) => a.id - b.id).slice(0, 1)) };
    }),
  },
  {
    rule: {},
    name: 'lets the newest of those who wait for the same go first',
    run: having((write) => {
      const heads = write.heads.bind(write);
      const newest = (head: Waits) =>
        write.tx.get<Waits>(
          "SELECT id, source_id, created_at, returned, class_id FROM contacts WHERE status = 'waiting' AND returned = 0 AND source_id = ? AND class_id IS ? ORDER BY id DESC",
          head.source_id,
          head.class_id,
        ) ?? head;
      return { heads: (source_id) => new Map([...heads(source_id)].map(([class_id, head]) => [class_id, newest(head)])) };
    }),
  },
  { rule: { cost: 3, needs: [] }, name: 'takes one slot for every contact', run: reading({ cost: 1 }) },
  { rule: { cost: 3, target_seconds: 60 }, name: 'saves nobody for a costly contact', run: having(() => ({ savings: () => new Map() })) },
  {
    rule: { cost: 3, target_seconds: 600, urgency: 10 },
    name: 'saves operators although small contacts have come before the costly one',
    run: having((write) => {
      const savings = write.savings.bind(write);
      return { savings: () => new Map([...savings()].map(([operator_id, turn]) => [operator_id, { ...turn, urgency: 1_000_000 }])) };
    }),
  },
  {
    rule: { needs_seconds: null, open_early: false },
    name: 'does not drain the queue when a rule, a line or a tag is changed',
    run: (real) => (write, command) => {
      const answer = real(write, command);
      if (command.do === 'rule' || command.do === 'line' || command.do === 'tag') write.opened.clear();
      return answer;
    },
  },
  {
    rule: { repeat: { mode: 'join', within_seconds: null } },
    name: 'takes a slot for a message',
    run: having((write) => {
      const emit = write.emit.bind(write);
      return {
        emit: (effect, ...others) => {
          emit(effect, ...others);
          if (effect.kind === 'message_added') write.tx.run('UPDATE operators SET current_load = current_load + 1 WHERE id = ?', effect.operator_id);
        },
      };
    }),
  },
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
