import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { fc } from '@fast-check/vitest';
import { describe, expect, test } from 'vitest';
import { replaceCompetences, saveWeights, setCompetence } from '#engine/configuration/competences.ts';
import { importOperators } from '#engine/configuration/import-operators.ts';
import { keepCase, removeCase } from '#engine/configuration/kept-cases.ts';
import { leaveOperator } from '#engine/configuration/leave.ts';
import { archiveOperator, createOperator, restoreOperator, updateOperator } from '#engine/configuration/operators.ts';
import { applyPreset, removePreset, savePreset } from '#engine/configuration/presets.ts';
import { setLines, updateRule } from '#engine/configuration/rules.ts';
import { createSchedule, removeSchedule, setShifts, updateSchedule } from '#engine/configuration/schedules.ts';
import { saveSettings } from '#engine/configuration/settings.ts';
import { changeOperators } from '#engine/configuration/several-operators.ts';
import { addSourceKey, archiveSource, createSource, restoreSource, revokeSourceKey, updateSource } from '#engine/configuration/sources.ts';
import { undoChange } from '#engine/configuration/undo-change.ts';
import { acceptContact, declineContact } from '#engine/contacts/acceptance.ts';
import { closeByRule, reopenContact } from '#engine/contacts/closing.ts';
import { closeContact, closeContacts, moveContacts, reassignContact } from '#engine/contacts/contacts.ts';
import { handInRefusedContact } from '#engine/contacts/hand-in-again.ts';
import { dismissRefusedContact } from '#engine/contacts/refused-contacts.ts';
import { submitContact } from '#engine/contacts/submit-contact.ts';
import { erase } from '#engine/leads/erase-lead.ts';
import { saveLead, undoMerge } from '#engine/leads/leads.ts';
import { updateLead } from '#engine/leads/pin.ts';
import { acceptSuggestedMerge, dismissSuggestedMerge } from '#engine/leads/suggested-merges.ts';
import { Desk } from '#engine/testing/desk.ts';
import { Witness } from '#engine/testing/witness.ts';
import { QUEUE_HEAD_SIZE } from '#shared/board.ts';
import { type ContactInput, inactiveReasons } from '#shared/contract/entities.ts';
import { heldContacts } from '#shared/contract/operators.ts';
import type { Dice } from '#shared/distribution/choose.ts';
import { ownerModes, repeatModes } from '#shared/distribution/rule.ts';
import { strategyNames } from '#shared/distribution/strategies.ts';
import { SEED } from '#shared/testing/tables.ts';
import { latestOfContact } from '#store/tables/decisions.ts';
import { folder } from '#store/testing/folder.ts';
import { SEEN_EVERY_MS } from './deadlines.ts';
import type { Answer, Write } from './write.ts';

/** Random numbers that a command maps to ids and values when it runs. */
interface Step {
  readonly what: keyof typeof commands;
  readonly a: number;
  readonly b: number;
  readonly c: number;
  /** submitted together with the previous step */
  readonly together: boolean;
  /** throws after its work */
  readonly fails: boolean;
  /** the late console catches up with the announcements */
  readonly caughtUp: boolean;
}

type Numbers = Pick<Step, 'a' | 'b' | 'c'>;

/** One of the ids that the query returns, or one that does not exist. */
function pick(write: Write, n: number, sql: string): number {
  const ids = write.tx.all<{ id: number }>(sql);
  return ids[n % (ids.length + 1)]?.id ?? ids[0]?.id ?? 999;
}
const operator = (write: Write, n: number) => pick(write, n, 'SELECT id FROM operators ORDER BY archived_at IS NOT NULL, id');
const source = (write: Write, n: number) => pick(write, n, 'SELECT id FROM sources ORDER BY archived_at IS NOT NULL, id');
const schedule = (write: Write, n: number) => pick(write, n, 'SELECT id FROM schedules ORDER BY content IS NULL, id');
const suggestion = (write: Write, n: number) => pick(write, n, 'SELECT id FROM suggested_merges ORDER BY settled_at IS NOT NULL, id');
const contact = (write: Write, n: number) =>
  pick(
    write,
    Math.floor(n / 4),
    ['SELECT id FROM contacts', "SELECT id FROM contacts WHERE status = 'waiting'", "SELECT id FROM contacts WHERE status = 'assigned'"][n % 3] ?? '',
  );

const NAMES = ['Анна', 'Борис', 'Вера', 'анна', 'Глеб', 'Дина'];
const named = (n: number) => NAMES[n % NAMES.length] ?? '';

function identifiers({ a, b, c }: Numbers): ContactInput {
  return {
    external_id: a % 2 === 0 ? `x${(a >> 1) % 5}` : null,
    phone: b % 2 === 0 ? `8 900 000-00-${10 + ((b >> 1) % 5)}` : b % 8 === 1 ? 'no phone' : null,
    email: c % 3 === 0 ? `e${(c >> 2) % 4}@example.com` : c % 9 === 1 ? 'no address' : null,
    name: (a + b) % 5 === 0 ? named(c) : null,
    ...(c % 4 === 0 && { attributes: { language: ['en', 'de', 'fr'][b % 3] ?? '' } }),
    ...(b % 7 === 0 && { target_seconds: 1 + (c % 3) }),
  };
}

const commands = {
  submit: (write: Write, n: Numbers) =>
    submitContact(write, { input: { ...identifiers(n), source_id: source(write, n.c >> 3) }, idempotency_key: null, fingerprint: null }),
  submitWithKey: (write: Write, n: Numbers) => {
    const input = { ...identifiers(n), source_id: source(write, n.c >> 3) };
    return submitContact(write, { input, idempotency_key: `key-${n.a % 4}`, fingerprint: createHash('sha256').update(JSON.stringify(input)).digest() });
  },
  close: (write: Write, n: Numbers) => closeContact(write, contact(write, n.a)),
  reassign: (write: Write, n: Numbers) => reassignContact(write, contact(write, n.a), operator(write, n.b)),
  moveSeveral: (write: Write, n: Numbers) => {
    const contact_ids = [...new Set([n.a, n.b, n.c].map((nth) => contact(write, nth)))];
    return moveContacts(
      write,
      contact_ids.map((contact_id, i) => ({
        contact_id,
        operator_id: (n.a + i) % 4 ? operator(write, n.b + i) : null,
        ...(n.c % 3 ? {} : { if_at: operator(write, n.c) }),
      })),
    );
  },
  closeSeveral: (write: Write, n: Numbers) => closeContacts(write, [...new Set([n.a, n.b].map((nth) => contact(write, nth)))]),
  putBack: (write: Write, n: Numbers) => reassignContact(write, contact(write, n.a), null),
  activity: (write: Write, n: Numbers) => updateOperator(write, operator(write, n.a), { is_active: n.b % 3 > 0 }),
  reason: (write: Write, n: Numbers) =>
    updateOperator(write, operator(write, n.a), { is_active: false, inactive_reason: [...inactiveReasons, null][n.b % (inactiveReasons.length + 1)] ?? null }),
  restore: (write: Write, n: Numbers) => restoreOperator(write, pick(write, n.a, 'SELECT id FROM operators ORDER BY archived_at IS NULL, id')),
  reopen: (write: Write, n: Numbers) => restoreSource(write, pick(write, n.a, 'SELECT id FROM sources ORDER BY archived_at IS NULL, id')),
  weighMany: (write: Write, n: Numbers) =>
    saveWeights(
      write,
      [0, 1, 2].map((nth) => ({
        operator_id: operator(write, n.a >> nth),
        source_id: source(write, n.b >> nth),
        weight: [null, 0, 1, 5][(n.c >> nth) % 4] ?? null,
      })),
    ),
  rule: (write: Write, n: Numbers) =>
    updateRule(write, source(write, n.a), {
      ...(n.b % 3 > 0 && { strategy: strategyNames[n.c % strategyNames.length] }),
      ...(n.b % 3 < 2 && { lines: [[], [60], [0, 3600], [600, 600, 86_400]][n.c % 4] ?? [] }),
      ...(n.b % 5 === 0 && { open_early: n.c % 2 === 0 }),
    }),
  classes: (write: Write, n: Numbers) =>
    updateRule(write, source(write, n.a), {
      ...(n.b % 2 === 0 && { needs: n.c % 3 === 0 ? [] : ['language'], needs_seconds: [null, 0, 60, 3600][n.c % 4] ?? null }),
      ...(n.b % 3 === 0 && { owner: { mode: ownerModes[n.c % ownerModes.length] ?? 'off', days: 1 + (n.c % 2), wait_seconds: [0, 60, 3600][n.a % 3] ?? 0 } }),
      ...(n.a % 4 === 0 && { cost: 1 + (n.c % 3) }),
      ...(n.b % 5 === 0 && { target_seconds: [null, 1, 600][n.c % 3] ?? null, urgency: 1 + (n.c % 3), accepts_target: n.a % 2 === 0 }),
    }),
  repeat: (write: Write, n: Numbers) =>
    updateRule(write, source(write, n.a), {
      repeat: { mode: repeatModes[n.c % repeatModes.length] ?? 'new', within_seconds: [null, 60, 86_400][n.b % 3] ?? null },
    }),
  acceptance: (write: Write, n: Numbers) => updateRule(write, source(write, n.a), { accept_seconds: [10, 10, 3600, null][n.b % 4] ?? null }),
  opening: (write: Write, n: Numbers) => updateRule(write, source(write, n.a), { schedule_id: n.b % 3 === 0 ? null : schedule(write, n.b) }),
  closing: (write: Write, n: Numbers) => updateRule(write, source(write, n.a), { close_after_seconds: [60, 60, 86_400, null][n.b % 4] ?? null }),
  closeByRule: (write: Write, n: Numbers) => {
    const subject_id = contact(write, n.a);
    return closeByRule(write, { subject_id, decision_id: latestOfContact(write.tx, subject_id)?.id ?? 0 });
  },
  openAgain: (write: Write, n: Numbers) =>
    reopenContact(
      write,
      pick(write, n.a, "SELECT c.id FROM contacts c JOIN decisions d ON d.contact_id = c.id WHERE d.kind = 'closed_by_rule' ORDER BY c.id DESC"),
    ),
  accept: (write: Write, n: Numbers) => acceptContact(write, contact(write, n.a), n.b % 3 === 0 ? { operator_id: operator(write, n.c) } : {}),
  decline: (write: Write, n: Numbers) =>
    declineContact(write, contact(write, n.a), { ...(n.b % 3 === 0 && { operator_id: operator(write, n.c) }), ...(n.b % 2 === 0 && { reason: named(n.c) }) }),
  tag: (write: Write, n: Numbers) =>
    updateOperator(write, operator(write, n.a), { tags: ['language:de', 'language:EN', 'vip'].filter((_, i) => (n.b >> i) % 2 === 1) }),
  pin: (write: Write, n: Numbers) =>
    updateLead(write, pick(write, n.a, 'SELECT id FROM leads ORDER BY merged_into IS NOT NULL, id'), {
      pinned_operator_id: n.b % 3 === 0 ? null : operator(write, n.c),
    }),
  line: (write: Write, n: Numbers) => setLines(write, source(write, n.a), [{ operator_id: operator(write, n.b), line: 1 + (n.c % 3) }]),
  keepCase: (write: Write, n: Numbers) =>
    keepCase(write, n.c % 3 === 0 ? pick(write, n.c, 'SELECT id FROM kept_cases') : null, {
      source_id: source(write, n.a),
      attributes: n.b % 2 === 0 ? { language: 'en' } : {},
      owner_id: n.b % 3 === 0 ? operator(write, n.b) : null,
      waited_seconds: [0, 60][n.b % 2] ?? 0,
      on_line: [operator(write, n.a), operator(write, n.c)],
      full: n.c % 4 === 0 ? [operator(write, n.a)] : [],
      expected: [{ line: 1 }, { operator_id: operator(write, n.b) }, { waiting_reason: 'nobody_active' } as const][n.b % 3] ?? { line: 1 },
    }),
  removeCase: (write: Write, n: Numbers) => removeCase(write, pick(write, n.a, 'SELECT id FROM kept_cases')),
  schedule: (write: Write, n: Numbers) => {
    const days = [[{ from: '00:00', to: '24:00', kind: 'work' as const }], []].slice(n.b % 2, 1 + (n.c % 2) + (n.b % 2));
    const content = { name: named(n.a), time_zone: ['UTC', 'Asia/Tokyo'][n.b % 2] ?? 'UTC', anchor_date: '2026-11-20', days, exceptions: [] };
    return n.c % 2 === 0 ? createSchedule(write, content) : updateSchedule(write, schedule(write, n.a), { days, ...(n.b % 3 === 0 && { name: named(n.c) }) });
  },
  removeSchedule: (write: Write, n: Numbers) => removeSchedule(write, schedule(write, n.a)),
  hours: (write: Write, n: Numbers) =>
    updateOperator(write, operator(write, n.a), {
      schedule_id: n.b % 4 === 0 ? null : schedule(write, n.b),
      shift_offset: n.c % 2,
      at_end: heldContacts.options[n.c % 3] ?? 'keep',
      ...(n.a % 3 === 0 && { start: 'check_in' as const, closing_seconds: 60 }),
    }),
  shifts: (write: Write, n: Numbers) =>
    setShifts(
      write,
      ['2026-11-22', '2026-11-23', '2026-11-21'].slice(0, 1 + (n.c % 3)).map((date, i) => ({
        operator_id: operator(write, n.a >> i),
        date,
        shift:
          n.b % 3 === 0
            ? null
            : { kind: n.b % 3 === 1 ? 'vacation' : 'work', intervals: n.b % 3 === 1 ? [] : [{ from: '08:00', to: '32:00', kind: 'work' }], note: null },
      })),
    ),
  savePreset: (write: Write, n: Numbers) => savePreset(write, named(n.a), n.b % 2 === 0, n.c % 2 === 0),
  removePreset: (write: Write, n: Numbers) => removePreset(write, pick(write, n.a, 'SELECT id FROM presets')),
  applyPreset: (write: Write, n: Numbers) => applyPreset(write, pick(write, n.a, 'SELECT id FROM presets')),
  undoChange: (write: Write, n: Numbers) =>
    undoChange(write, pick(write, n.a % 8, 'SELECT revision AS id FROM journal WHERE data IS NOT NULL ORDER BY revision DESC')),
  leave: (write: Write, n: Numbers) =>
    leaveOperator(write, {
      id: operator(write, n.a),
      reason: [...inactiveReasons, null][n.b % (inactiveReasons.length + 1)] ?? null,
      contacts: heldContacts.options[n.c % 3] ?? 'keep',
    }),
  changeSeveral: (write: Write, n: Numbers) =>
    changeOperators(write, {
      ids: [n.a, n.a >> 2, n.a >> 4].map((nth) => operator(write, nth)),
      change: (
        [
          { do: 'put_on' },
          { do: 'take_off', reason: inactiveReasons[n.b % 3] ?? null, contacts: heldContacts.options[n.c % 3] ?? 'keep' },
          { do: 'set_limit', max_load: n.b % 4 },
          { do: 'move_limit', by: (n.b % 5) - 2 },
          { do: 'archive' },
        ] as const
      )[n.c % 5] ?? { do: 'put_on' },
    }),
  import: (write: Write, n: Numbers) =>
    importOperators(
      write,
      [n.a % 3, 3 + (n.a % 2)].map((nth) => ({
        name: `${named(nth)}${n.a % 5}`,
        ...(n.b % 2 === 0 && { max_load: n.b % 4 }),
        ...(n.c % 3 > 0 && { is_active: n.c % 3 === 1 }),
        weights: [{ source_id: source(write, n.c), weight: n.b % 4 }],
      })),
    ),
  settle: (write: Write, n: Numbers) => saveSettings(write, { service_level_seconds: 1 + (n.a % 3), sounds: n.b % 2 === 0 }),
  capacity: (write: Write, n: Numbers) => updateOperator(write, operator(write, n.a), { max_load: n.b % 5 }),
  rename: (write: Write, n: Numbers) => updateOperator(write, operator(write, n.a), { name: named(n.b) }),
  hire: (write: Write, n: Numbers) => createOperator(write, { name: named(n.a), is_active: n.b % 3 > 0, max_load: n.c % 4 }),
  dismissOperator: (write: Write, n: Numbers) => archiveOperator(write, operator(write, n.a)),
  weigh: (write: Write, n: Numbers) => setCompetence(write, operator(write, n.a), source(write, n.b), n.c % 5 === 4 ? null : n.c % 5),
  weighAll: (write: Write, n: Numbers) =>
    replaceCompetences(
      write,
      source(write, n.a),
      write.tx
        .all<{ id: number }>('SELECT id FROM operators WHERE archived_at IS NULL')
        .filter(({ id }) => (n.b >> (id % 8)) % 2 === 1)
        .map(({ id }) => ({ operator_id: id, weight: (n.c >> (id % 4)) % 4 })),
    ),
  openSource: (write: Write, n: Numbers) => createSource(write, { name: `Source ${n.a % 6}`, settings: {} }),
  renameSource: (write: Write, n: Numbers) => updateSource(write, source(write, n.a), { name: `source ${n.b % 6}` }),
  archiveSource: (write: Write, n: Numbers) => archiveSource(write, source(write, n.a)),
  addKey: (write: Write, n: Numbers) => addSourceKey(write, source(write, n.a)),
  revokeKey: (write: Write, n: Numbers) => revokeSourceKey(write, source(write, n.a), pick(write, n.b, 'SELECT id FROM source_keys')),
  saveLead: (write: Write, n: Numbers) => saveLead(write, identifiers(n)),
  eraseLead: (write: Write, n: Numbers) => erase(write, pick(write, n.a, 'SELECT id FROM leads ORDER BY merged_into IS NOT NULL, id')),
  undo: (write: Write, n: Numbers) => undoMerge(write, pick(write, n.a, 'SELECT id FROM merges ORDER BY id DESC')),
  askFirst: (write: Write, n: Numbers) => saveSettings(write, { merges_across_sources: n.a % 4 ? 'ask' : 'auto' }),
  acceptMerge: (write: Write, n: Numbers) => acceptSuggestedMerge(write, suggestion(write, n.a)),
  dismissMerge: (write: Write, n: Numbers) => dismissSuggestedMerge(write, suggestion(write, n.a)),
  reopenMerge: (write: Write, n: Numbers) =>
    undoChange(write, pick(write, n.a % 3, "SELECT revision AS id FROM journal WHERE kind = 'suggested_merge_dismissed' ORDER BY revision DESC")),
  handInAgain: (write: Write, n: Numbers) => handInRefusedContact(write, pick(write, n.a, 'SELECT id FROM refused_contacts ORDER BY id DESC')),
  dismissRefused: (write: Write, n: Numbers) => dismissRefusedContact(write, pick(write, n.a, 'SELECT id FROM refused_contacts')),
} satisfies Record<string, (write: Write, n: Numbers) => Answer<unknown>>;

const OFTEN: Partial<Record<Step['what'], number>> = {
  submit: 12,
  submitWithKey: 3,
  close: 9,
  reassign: 4,
  putBack: 4,
  activity: 5,
  undoChange: 4,
  leave: 3,
  capacity: 5,
  weigh: 4,
  rule: 4,
  classes: 6,
  repeat: 6,
  acceptance: 3,
  accept: 4,
  decline: 4,
  tag: 4,
  pin: 3,
  line: 5,
  undo: 4,
  saveLead: 3,
  askFirst: 2,
  acceptMerge: 2,
  dismissMerge: 3,
  reopenMerge: 3,
};
const number = fc.nat({ max: 4095 });
const step: fc.Arbitrary<Step> = fc.record({
  what: fc.oneof(...(Object.keys(commands) as Step['what'][]).map((what) => ({ weight: OFTEN[what] ?? 1, arbitrary: fc.constant(what) }))),
  a: number,
  b: number,
  c: number,
  together: fc.boolean(),
  fails: fc.oneof({ weight: 9, arbitrary: fc.constant(false) }, { weight: 1, arbitrary: fc.constant(true) }),
  caughtUp: fc.boolean(),
});

/** Deterministic dice (a linear congruential generator), so that a counterexample can be replayed. */
function diceFrom(seed: number): Dice {
  let state = seed;
  return (sum) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * sum);
  };
}

class ToldToFail extends Error {}

/** Three operators, three sources (the last without operators), and some waiting contacts. Some desks have a second line, some ask before merging and have one dismissed suggestion. */
async function furnish(desk: Desk, waiting: number): Promise<void> {
  const operators = [await desk.operator('Анна', 2), await desk.operator('Борис', 1), await desk.operator('Вера', 3, false)];
  const sources = [await desk.source('Source 0'), await desk.source('Source 1'), await desk.source('Source 2')];
  await desk.weights(sources[0] ?? 0, { [operators[0] ?? 0]: 1, [operators[1] ?? 0]: 3 });
  await desk.weights(sources[1] ?? 0, { [operators[1] ?? 0]: 2, [operators[2] ?? 0]: 1 });
  if (waiting % 3 === 0) {
    await desk.do((write) => updateRule(write, sources[0] ?? 0, { lines: [60], open_early: waiting % 2 === 0 }));
    await desk.do((write) => setLines(write, sources[0] ?? 0, [{ operator_id: operators[1] ?? 0, line: 2 }]));
  }
  if (waiting % 2 === 0) {
    await desk.do((write) => saveSettings(write, { merges_across_sources: 'ask' }));
    const [one, other] = [{ external_id: 'x0' }, { phone: '8 900 000-00-10' }];
    await desk.submit(sources[0] ?? 0, one);
    await desk.submit(sources[1] ?? 0, other);
    await desk.submit(sources[0] ?? 0, { ...one, ...other });
    await desk.do((write) => dismissSuggestedMerge(write, 1));
  }
  await Promise.all(Array.from({ length: waiting }, (_, i) => desk.submit(sources[i % 2] ?? 0, { external_id: `q${i}` })));
}

async function play(desk: Desk, witness: Witness, played: readonly Step[]): Promise<void> {
  const run = ({ what, fails, ...numbers }: Step): Promise<unknown> =>
    desk.engine
      .write<unknown>('console', (write) => {
        const result = commands[what](write, numbers);
        if (fails) throw new ToldToFail();
        return result;
      })
      .catch((error: unknown) => {
        if (!(error instanceof ToldToFail)) throw error;
      });
  for (let i = 0; i < played.length; ) {
    const group = played.slice(i, played.findIndex((next, at) => at > i && !next.together) >>> 0);
    i += group.length;
    desk.now += (group[0]?.a ?? 0) ** 2; // up to 4.6 hours
    for (let beat = 0; beat < 3 && (group[0]?.b ?? 0) % 3 === 0; beat++) {
      desk.now += SEEN_EVERY_MS; // seen to be up, so that what is not accepted in time is missed
      await desk.do(() => ({ ok: true, value: null }));
    }
    await Promise.all(group.map(run));
    if (group.at(-1)?.caughtUp) witness.catchUp();
    witness.inspect();
  }
  witness.catchUp();
  witness.inspect();
}

const steps = fc.array(step, { maxLength: 60, size: 'max' });

/** Number of histories played; `npm run test:faults` runs the long form. */
const HISTORIES = process.env.LONG_FORM ? { in_memory: 2000, on_disk: 200 } : { in_memory: 300, on_disk: 8 };
const timeout = 600_000;

describe('the live board', () => {
  test('is the same after any commands on the host, on every console and in the rows, and no distribution rule was broken', {
    timeout,
  }, async () => {
    const reached = new Set<string>();
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(0, 0, 0, 3, 3, 9, QUEUE_HEAD_SIZE - 2, QUEUE_HEAD_SIZE + 25), steps, async (waiting, played) => {
        const mostRefused = [undefined, 1, 3][played.length % 3];
        const desk = new Desk({ dice: diceFrom(played.length + waiting), mostMoved: [undefined, 0, 1][played.length % 3], mostRefused });
        try {
          await furnish(desk, waiting);
          const witness = new Witness(desk);
          desk.engine.watch((changes) => {
            for (const change of changes) {
              reached.add(change.kind);
              if (change.refill) reached.add('refill');
            }
          });
          await play(desk, witness, played);
          expect(witness.violations).toEqual([]);
        } finally {
          desk.engine.close();
        }
      }),
      { seed: SEED, numRuns: HISTORIES.in_memory },
    );
    expect([...reached].toSorted()).toEqual(
      [
        'competence_saved',
        'competences_replaced',
        'contact_accepted',
        'contact_assigned',
        'contact_closed',
        'contact_refused',
        'contact_waiting',
        'desk_was_away',
        'kept_case_saved',
        'lead_erased',
        'lead_pinned',
        'lead_saved',
        'leads_merged',
        'merge_suggested',
        'merge_undone',
        'message_added',
        'operator_saved',
        'preset_saved',
        'refill',
        'refused_contact_settled',
        'refused_contacts_folded',
        'rule_saved',
        'settings_saved',
        'shifts_saved',
        'source_keys_changed',
        'source_saved',
        'suggested_merge_dismissed',
        'suggested_merge_reopened',
        'work_schedule_saved',
      ].toSorted(),
    );
  });

  test('is the same after a restart on disk, whatever was done before and is done afterwards', { timeout }, async () => {
    await fc.assert(
      fc.asyncProperty(steps, steps, async (before, after) => {
        const file = join(folder(), 'desk.db');
        const first = new Desk({ file, dice: diceFrom(before.length) });
        await furnish(first, 3);
        await play(first, new Witness(first), before);
        const board = first.engine.board();
        first.engine.close();

        const second = new Desk({ file, dice: diceFrom(after.length) });
        const witness = new Witness(second);
        expect(second.engine.board()).toEqual(board);
        await play(second, witness, after);
        second.engine.close();
        expect(witness.violations).toEqual([]);
      }),
      { seed: SEED, numRuns: HISTORIES.on_disk },
    );
  });
});
