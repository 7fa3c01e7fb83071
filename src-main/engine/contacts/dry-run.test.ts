import { createHash } from 'node:crypto';
import { fc } from '@fast-check/vitest';
import { describe, expect, onTestFinished, test } from 'vitest';
import { updateOperator } from '#engine/configuration/operators.ts';
import { setLines, updateRule } from '#engine/configuration/rules.ts';
import { closeContact, reassignContact } from '#engine/contacts/contacts.ts';
import { submitContact } from '#engine/contacts/submit-contact.ts';
import { updateLead } from '#engine/leads/pin.ts';
import { Desk, MIGRATIONS, value } from '#engine/testing/desk.ts';
import { decision } from '#engine/views/queries.ts';
import type { Choice } from '#shared/contract/choice.ts';
import type { Contact, ContactInput } from '#shared/contract/entities.ts';
import type { RulePatch } from '#shared/contract/rules.ts';
import { openStore } from '#store/sqlite/open.ts';
import { dryRun } from './dry-run.ts';

async function scene(limits: readonly number[]) {
  const store = openStore(':memory:', { migrations: MIGRATIONS });
  let drawn = 0;
  const desk: Desk = new Desk({
    store,
    dice: (sum) => {
      drawn += 1;
      return sum - 1;
    },
    after: () => () => {},
  });
  onTestFinished(() => desk.engine.close());
  const [bot, site] = [await desk.source('Bot'), await desk.source('Site')];
  const operators: number[] = [];
  for (const [i, limit] of limits.entries()) operators.push(await desk.operator(`Operator ${i + 1}`, limit));
  for (const source of [bot, site]) await desk.weights(source, Object.fromEntries(operators.map((id, i) => [id, i + 1])));
  const state = () => [createHash('sha256').update(store.connection.serialize()).digest('hex'), desk.engine.board(), drawn] as const;
  /** Asks, and checks that asking has changed nothing. */
  const ask = (input: ContactInput, { source = bot, viewer = null as number | null } = {}): Choice => {
    const before = state();
    const answer = value(dryRun(desk.engine.read, { input: { ...input, source_id: source }, viewer }));
    const after = state();
    expect(after[0]).toBe(before[0]);
    expect(after[1]).toBe(before[1]);
    expect(after[2]).toBe(before[2]);
    return answer;
  };
  const submit = async (input: ContactInput, source = bot): Promise<Contact> =>
    value(
      await desk.engine.write('admin', (write) => submitContact(write, { input: { ...input, source_id: source }, idempotency_key: null, fingerprint: null })),
    ).contact;
  const rule = async (patch: RulePatch, source = bot) => value(await desk.do((write) => updateRule(write, source, patch)));
  const tag = async (id: number, ...tags: string[]) => value(await desk.do((write) => updateOperator(write, id, { tags })));
  return { desk, bot, site, operators, ask, submit, rule, tag };
}

type Scene = Awaited<ReturnType<typeof scene>>;

const assertJoins = (told: Choice, { id }: Contact) => expect([told.joins_contact_id, told.operator, told.waiting_reason]).toEqual([id, null, null]);

/** Asks, submits, and compares: whatever is decided without a draw, and otherwise the whole table with its chances. */
async function agrees({ desk, ask, submit }: Scene, input: ContactInput, source: number): Promise<void> {
  const told = ask(input, { source });
  const done = await submit(input, source);
  if (told.joins_contact_id !== null) return void assertJoins(told, done);
  const first = value(decision(desk.engine.read, done.id)).history[0];
  if (!first) throw new Error('a contact without a decision');
  const { table, strategy, rule_version, owner_id, cost, waiting_reason, next_at, at } = first;
  expect(told).toMatchObject({ table, strategy, rule_version, owner_id, cost, waiting_reason, next_at, at, source_id: source });
  expect(told.lead_id ?? done.lead_id).toBe(done.lead_id);
  expect(Date.parse(done.created_at) + 1000 * told.target_seconds).toBe(Date.parse(done.target_at));
  const isDrawn = first.r !== null && first.table.filter(({ probability }) => probability > 0).length > 1;
  expect([told.operator, told.line]).toEqual([isDrawn ? null : first.operator, first.operator_id === null ? null : first.line]);
}

describe('a dry run', () => {
  test('names who is certain to get the contact, and leaves open what would be drawn', async () => {
    const { ask, submit, rule, operators } = await scene([5, 5]);
    const [anna, boris] = operators;
    const drawn = ask({ external_id: 'a' });
    expect([drawn.operator, drawn.waiting_reason, drawn.line, drawn.lead_id, drawn.strategy]).toEqual([null, null, 1, null, 'weighted']);
    expect(drawn.table?.map(({ operator_id, probability }) => [operator_id, probability])).toEqual([
      [anna, 1 / 3],
      [boris, 2 / 3],
    ]);
    await rule({ strategy: 'least_load' });
    expect(ask({ external_id: 'a' }).operator).toBe(null);
    await rule({ strategy: 'longest_idle' });
    await submit({ external_id: 'b' }); // the dice of this desk draw the last
    expect(ask({ external_id: 'a' }).operator).toEqual({ id: anna, name: 'Operator 1' });
  });

  test('says why each is passed over, and what a contact that nobody can take waits for', async () => {
    const { ask, rule, tag, operators } = await scene([5, 0]);
    const [anna, boris = 0] = operators;
    await rule({ needs: ['language'], needs_seconds: 60, cost: 3 });
    await tag(boris, 'language:en');
    const told = ask({ attributes: { language: 'EN' } });
    expect(told.table?.map(({ operator_id, passed_over }) => [operator_id, passed_over])).toEqual([
      [anna, 'lacks_tag'],
      [boris, 'full'],
    ]);
    expect([told.operator, told.waiting_reason, told.next_at, told.tags, told.cost]).toEqual([
      null,
      'all_full',
      '2026-11-22T09:16:00.000Z',
      ['language:EN'],
      3,
    ]);
  });

  test('answers with the refusal of a submission', async () => {
    const { desk } = await scene([1]);
    const empty = await desk.source('Empty');
    const code = (input: ContactInput & { source_id: number }) => {
      const result = dryRun(desk.engine.read, { input, viewer: null });
      return result.ok ? null : result.problem.code;
    };
    expect([code({ source_id: 99 }), code({ source_id: empty }), code({ source_id: 1, phone: 'none' })]).toEqual([
      'not_found',
      'source_has_no_competences',
      'no_usable_identifier',
    ]);
  });

  test('knows the owner that a merge makes, before leads are merged', async () => {
    const one = await scene([9, 9, 9]);
    const { ask, submit, rule, desk, operators } = one;
    await rule({ owner: { mode: 'open', days: 1, wait_seconds: 0 } });
    const old = await submit({ phone: '+79001234567' });
    await desk.do((write) => reassignContact(write, old.id, operators[2] ?? 0));
    const first = await submit({ external_id: 'a' });
    await desk.do((write) => closeContact(write, first.id));
    await desk.do((write) => reassignContact(write, old.id, operators[0] ?? 0));
    const both = { external_id: 'a', phone: '+79001234567' };
    expect([ask(both).owner_id, ask(both).operator?.id, ask(both).lead_id]).toEqual([operators[0], operators[0], first.lead_id]);
    await agrees(one, both, one.bot);
  });

  test('tells a source nothing of people whom only others know, and what its own submission would show of its own', async () => {
    const { ask, submit, rule, bot, site, operators, desk } = await scene([9, 9]);
    await rule({ owner: { mode: 'days', days: 30, wait_seconds: 60 }, repeat: { mode: 'join', within_seconds: null } });
    const known = await submit({ phone: '+79001234567' }, site);
    const asked = { external_id: 'own', phone: '+79001234567' };
    const nobody = { external_id: 'other', phone: '+79007654321' };
    expect(ask(asked).owner_id).toBe(known.operator_id);
    expect(ask(asked, { viewer: bot })).toEqual(ask(nobody, { viewer: bot }));
    await desk.do((write) => updateOperator(write, known.operator_id ?? 0, { max_load: 0 }));
    expect(ask(asked).waiting_reason).toBe('owner_busy');
    expect(ask(asked, { viewer: bot })).toEqual(ask(nobody, { viewer: bot }));
    // a lead of its own whose operator another source has made
    const own = value(await desk.submit(bot, { email: 'a@example.com' })).contact;
    await desk.do((write) => closeContact(write, own.id));
    const lead = own.lead_id;
    value(await desk.do((write) => updateLead(write, lead, { pinned_operator_id: operators.find((id) => id !== own.operator_id) ?? 0 })));
    const seen = ask({ email: 'a@example.com' }, { viewer: bot });
    expect([seen.lead_id, seen.owner_id, seen.table]).toEqual([lead, null, null]);
    value(await desk.do((write) => updateLead(write, lead, { pinned_operator_id: own.operator_id })));
    expect(ask({ email: 'a@example.com' }, { viewer: bot }).owner_id).toBe(own.operator_id);
    const open = value(await desk.submit(bot, { email: 'a@example.com' })).contact;
    expect(ask({ email: 'a@example.com' }, { viewer: bot }).joins_contact_id).toBe(open.id);
  });

  test('agrees with the submission that follows, under random rules, loads, tags, owners and merges', async () => {
    const strategy = fc.constantFrom('weighted' as const, 'even' as const, 'least_load' as const, 'least_share' as const, 'longest_idle' as const);
    const seconds = fc.constantFrom(0, 30, 600);
    const patch = fc.record({
      strategy,
      cost: fc.constantFrom(1, 1, 3),
      lines: fc.constantFrom<number[]>([], [30], [0, 60]),
      open_early: fc.boolean(),
      needs: fc.constantFrom<string[]>([], ['language']),
      needs_seconds: fc.constantFrom(null, 45),
      owner: fc.record({ mode: fc.constantFrom('off' as const, 'open' as const, 'days' as const), days: fc.constant(3), wait_seconds: seconds }),
      repeat: fc.record({ mode: fc.constantFrom('new' as const, 'new' as const, 'join' as const), within_seconds: fc.constantFrom(null, 60) }),
      target_seconds: fc.constantFrom(null, 20),
    });
    const input = fc.record({
      external_id: fc.constantFrom(null, 'a', 'b', 'c'),
      phone: fc.constantFrom('+79000000001', '+79000000002', '+79000000003', '+79000000004'),
      attributes: fc.constantFrom(null, { language: 'en' }, { language: 'DE' }),
      target_seconds: fc.constantFrom(null, 7),
    });
    const step = fc.oneof(
      { weight: 6, arbitrary: fc.record({ kind: fc.constant('submit' as const), input, source: fc.nat(1) }) },
      { weight: 1, arbitrary: fc.record({ kind: fc.constant('rule' as const), patch, source: fc.nat(1) }) },
      { weight: 1, arbitrary: fc.record({ kind: fc.constant('line' as const), operator: fc.nat(3), line: fc.integer({ min: 1, max: 3 }) }) },
      { weight: 2, arbitrary: fc.record({ kind: fc.constant('close' as const), nth: fc.nat(30) }) },
      {
        weight: 1,
        arbitrary: fc.record({
          kind: fc.constant('operator' as const),
          operator: fc.nat(3),
          tags: fc.constantFrom([], ['language:en'], ['language:de', 'language:en']),
          is_active: fc.boolean(),
          max_load: fc.nat(5),
        }),
      },
      { weight: 1, arbitrary: fc.record({ kind: fc.constant('pin' as const), lead: fc.integer({ min: 1, max: 4 }), operator: fc.nat(3) }) },
    );
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 10, maxLength: 40 }), async (steps) => {
        const one = await scene([1, 3, 4, 9]);
        const { desk, bot, site, operators, rule } = one;
        for (const at of steps) {
          desk.now += 1000;
          const source = 'source' in at && at.source === 1 ? site : bot;
          if (at.kind === 'submit') await agrees(one, at.input, source);
          else if (at.kind === 'rule') await rule(at.patch, source);
          else if (at.kind === 'line') await desk.do((write) => setLines(write, bot, [{ operator_id: operators[at.operator] ?? 0, line: at.line }]));
          else if (at.kind === 'close') await desk.do((write) => closeContact(write, at.nth));
          else if (at.kind === 'pin') await desk.do((write) => updateLead(write, at.lead, { pinned_operator_id: operators[at.operator] ?? 0 }));
          else {
            const { tags, is_active, max_load } = at;
            await desk.do((write) => updateOperator(write, operators[at.operator] ?? 0, { tags: [...tags], is_active, max_load }));
          }
        }
        expect(desk.errors).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });
});
