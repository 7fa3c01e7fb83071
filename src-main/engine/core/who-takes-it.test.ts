import { describe, expect, onTestFinished, test } from 'vitest';
import { leaveOperator } from '#engine/configuration/leave.ts';
import { archiveOperator, updateOperator } from '#engine/configuration/operators.ts';
import { putOnLine, updateRule } from '#engine/configuration/rules.ts';
import { undoChange } from '#engine/configuration/undo-change.ts';
import { closeContact, reassignContact } from '#engine/contacts/contacts.ts';
import { submitContact } from '#engine/contacts/submit-contact.ts';
import { eraseLead } from '#engine/leads/erase-lead.ts';
import { saveLead, undoMerge } from '#engine/leads/leads.ts';
import { updateLead } from '#engine/leads/pin.ts';
import { Desk, value } from '#engine/testing/desk.ts';
import { Witness } from '#engine/testing/witness.ts';
import { contact, decision } from '#engine/views/queries.ts';
import type { ContactInput } from '#shared/contract/entities.ts';
import { adminPrincipal } from '#shared/contract/principal.ts';
import type { RulePatch } from '#shared/contract/rules.ts';
import { replay } from '#shared/distribution/choose.ts';
import { waitingReason } from '#shared/distribution/table.ts';
import { verifyChain } from '#store/journal/chain.ts';

/** A desk with two sources, operators of these limits with weight 1 for both, and timers that the test lets run. */
async function scene(limits: readonly number[]) {
  const timers: { at: number; run: () => void; isOn: boolean }[] = [];
  const desk: Desk = new Desk({
    after: (ms, run) => {
      const timer = { at: desk.now + ms, run, isOn: true };
      timers.push(timer);
      return () => {
        timer.isOn = false;
      };
    },
  });
  onTestFinished(() => desk.engine.close());
  const witness = new Witness(desk);
  const [bot, site] = [await desk.source('Bot'), await desk.source('Site')];
  const operators: number[] = [];
  for (const [i, limit] of limits.entries()) operators.push(await desk.operator(`Operator ${i + 1}`, limit));
  for (const source of [bot, site]) await desk.weights(source, Object.fromEntries(operators.map((id) => [id, 1])));
  let handed = 0;
  const submit = async (input: ContactInput = {}, source = bot) => value(await desk.submit(source, { external_id: `tg-${++handed}`, ...input })).contact;
  /** As the administrator's own program does. */
  const submitAsAdmin = async (input: ContactInput, source_id = bot) =>
    value(await desk.engine.write('admin', (write) => submitContact(write, { input: { ...input, source_id }, idempotency_key: null, fingerprint: null })))
      .contact;
  const rule = async (patch: RulePatch, source = bot) => value(await desk.do((write) => updateRule(write, source, patch)));
  const tag = async (id: number, ...tags: string[]) => value(await desk.do((write) => updateOperator(write, id, { tags })));
  const limit = async (id: number, max_load: number) => value(await desk.do((write) => updateOperator(write, id, { max_load })));
  const activate = async (id: number, is_active: boolean) => value(await desk.do((write) => updateOperator(write, id, { is_active })));
  const close = async (id: number) => value(await desk.do((write) => closeContact(write, id)));
  const give = async (id: number, operator_id: number | null) => value(await desk.do((write) => reassignContact(write, id, operator_id)));
  const pin = async (lead_id: number, operator_id: number | null) =>
    value(await desk.do((write) => updateLead(write, lead_id, { pinned_operator_id: operator_id })));
  const pass = async (ms: number) => {
    desk.now += ms;
    for (const timer of timers.splice(0)) {
      if (!timer.isOn) continue;
      if (timer.at <= desk.now) timer.run();
      else timers.push(timer);
    }
    await desk.do((write) => ({ ok: true, value: write.now }));
  };
  const now = (id: number) => value(contact(desk.engine.read, id, adminPrincipal));
  const holder = (id: number) => now(id).operator_id;
  const why = (id: number) => value(decision(desk.engine.read, id));
  /** What the replay of each decision from what the API shows of it differs in. */
  const differences = () =>
    desk.rows<{ id: number }>('SELECT id FROM contacts').flatMap(({ id }) =>
      why(id).history.filter((one) => {
        const table = one.table.map(({ operator_id, weight, load, max_load, is_active, line, key, barred }) => ({
          operator_id,
          weight,
          load,
          max_load,
          is_active,
          line,
          cost: one.cost,
          ...(key !== null && { key }),
          ...(barred !== null && { barred }),
        }));
        return one.kind !== 'manual' && (replay(table, one, one.owner_id) ?? waitingReason(table)) !== (one.operator_id ?? one.waiting_reason);
      }),
    );
  const check = () => {
    witness.inspect();
    expect(differences()).toEqual([]);
    expect([witness.violations, verifyChain(desk.engine.read.store.reading, 0).ok]).toEqual([[], true]);
  };
  const [anna = 0, boris = 0, vera = 0] = operators;
  return { desk, bot, site, anna, boris, vera, submit, submitAsAdmin, rule, tag, limit, activate, close, give, pin, pass, now, holder, why, check };
}

describe('an attribute that needs a tag', () => {
  test('sends the contact to an operator who has it, in any letter case', async () => {
    const { anna, boris, submit, rule, tag, holder, why, check } = await scene([9, 9]);
    await rule({ needs: ['language'] });
    await tag(boris, 'Language:EN', 'vip');
    for (let i = 0; i < 5; i++) expect(holder((await submit({ attributes: { language: ' en ' } })).id)).toBe(boris);
    const { id } = await submit({ attributes: { language: 'en' } });
    expect(why(id).table.map(({ operator_id, passed_over, probability }) => [operator_id, passed_over, probability])).toEqual([
      [anna, 'lacks_tag', 0],
      [boris, null, 1],
    ]);
    check();
  });

  test('leaves out of the reason of the wait who let the contact go and does not have the tag', async () => {
    const { anna, boris, submit, rule, tag, limit, give, now, check } = await scene([9, 9]);
    await rule({ needs: ['language'] });
    await tag(anna, 'language:en');
    await limit(anna, 0);
    const { id } = await submit({ attributes: { language: 'en' } });
    await give(id, boris);
    await give(id, null);
    expect(now(id).waiting_reason).toBe('all_full');
    check();
  });

  test('is no need when the contact does not have it, or has it empty', async () => {
    const { submit, rule, check } = await scene([9]);
    await rule({ needs: ['language'] });
    for (const attributes of [{}, { language: '' }, { language: null }, { lang: 'en' }]) expect((await submit({ attributes })).status).toBe('assigned');
    check();
  });

  test('that nobody has does not hold up those behind it, and is dropped in time', async () => {
    const { anna, submit, rule, pass, holder, now, why, check } = await scene([9]);
    await rule({ needs: ['language'], needs_seconds: 60 });
    const english = await submit({ attributes: { language: 'en' } });
    expect([english.waiting_reason, english.next_at]).toEqual(['nobody_fits', '2026-11-22T09:16:00.000Z']);
    expect((await submit()).status).toBe('assigned');
    await pass(59_999);
    expect(now(english.id).status).toBe('waiting');
    await pass(1);
    expect(holder(english.id)).toBe(anna);
    expect([why(english.id).waited_ms, why(english.id).history[0]?.table[0]?.until]).toEqual([60_000, '2026-11-22T09:16:00.000Z']);
    check();
  });

  test('lets the contact go as soon as somebody gets the tag, or the rule no longer asks', async () => {
    const { desk, boris, submit, rule, tag, holder, check } = await scene([9, 9]);
    await rule({ needs: ['language'] });
    const [first, second] = [await submit({ attributes: { language: 'en' } }), await submit({ attributes: { language: 'de' } })];
    await tag(boris, 'language:en');
    expect([holder(first.id), holder(second.id)]).toEqual([boris, null]);
    await rule({ needs: [] });
    expect(holder(second.id)).not.toBe(null);
    expect(desk.engine.board().rules).toEqual({});
    check();
  });

  test('of those who have it only the busy are waited for: the reason is theirs', async () => {
    const { anna, boris, submit, rule, tag, limit, activate, now, check } = await scene([9, 1]);
    await rule({ needs: ['language'] });
    await tag(boris, 'language:en');
    await limit(boris, 0);
    const { id } = await submit({ attributes: { language: 'en' } });
    expect(now(id).waiting_reason).toBe('all_full');
    await activate(boris, false);
    expect(now(id).waiting_reason).toBe('nobody_fits');
    await activate(anna, false);
    expect(now(id).waiting_reason).toBe('nobody_active');
    check();
  });

  test('is given to a person by hand without asking', async () => {
    const { anna, submit, rule, give, holder, why, check } = await scene([9]);
    await rule({ needs: ['language'] });
    const { id } = await submit({ attributes: { language: 'en' } });
    await give(id, anna);
    expect([holder(id), why(id).kind]).toEqual([anna, 'manual']);
    check();
  });

  test('tags of an operator are changed in a step that is undone', async () => {
    const { desk, boris, tag, check } = await scene([1, 1]);
    const step = desk.engine.board().revision + 1;
    expect((await tag(boris, 'VIP', 'language:en')).tags).toEqual(['VIP', 'language:en']);
    expect(desk.engine.board().operators[boris]?.tags).toEqual(['VIP', 'language:en']);
    value(await desk.do((write) => undoChange(write, step)));
    expect(desk.engine.board().operators[boris]?.tags).toEqual([]);
    check();
  });

  test('a bot that invents values does not make the queue slow: while contacts with 2,000 different ones wait, others ask for none', async () => {
    const { desk, bot, submit, submitAsAdmin, rule, limit, anna, check } = await scene([0]);
    await rule({ needs: ['language'] });
    const waiting = await Promise.all(Array.from({ length: 2000 }, (_, i) => desk.submit(bot, { external_id: `many-${i}`, attributes: { language: `${i}` } })));
    expect((await submit({ attributes: { language: '7' } })).warnings).toEqual([]);
    const ignored = (what: string) => `${what} ignored: contacts with 2000 different tags and targets wait already`;
    const both = await submitAsAdmin({ external_id: 'both', attributes: { language: '7' }, target_seconds: 5 });
    expect([both.warnings, both.waiting_reason]).toEqual([[ignored('target_seconds was')], 'nobody_fits']);
    const other = await submit({ attributes: { language: 'other' } });
    expect([other.warnings, other.waiting_reason]).toEqual([[ignored('Tags were')], 'all_full']);
    const first = waiting[0]?.ok ? waiting[0].value.contact.id : 0;
    await desk.do((write) => reassignContact(write, first, anna)); // has no room
    await limit(anna, 2);
    await desk.do((write) => closeContact(write, first));
    expect((await submit({ attributes: { language: 'new' } })).warnings).toEqual([]);
    check();
  });

  test('an erased lead leaves no value behind that its contacts asked for, also when they have changed their owner meanwhile', async () => {
    const { desk, anna, boris, submit, rule, pin, tag } = await scene([1, 1]);
    await rule({ needs: ['city'], owner: { mode: 'days', days: 1, wait_seconds: 600 } });
    await tag(anna, 'city:here');
    const contact = await submit({ attributes: { city: 'Сорренто' } });
    const stored = () => desk.rows<{ content: string }>('SELECT content FROM contact_classes').map(({ content }) => content);
    expect(stored()).toEqual(['{"needs":{"city":"Сорренто"}}']);
    await pin(contact.lead_id, anna);
    await pin(contact.lead_id, boris);
    expect(stored()).toEqual([`{"needs":{"city":"Сорренто"},"owner_id":${boris}}`]);
    value(await eraseLead(desk.engine, 'console', contact.lead_id));
    expect(stored().filter((content) => content.includes('city'))).toEqual([]);
  });
});

describe("a lead's own operator", () => {
  test('is nobody for a contact that is itself the only open one, also after a pin is taken back', async () => {
    const { anna, submit, rule, close, limit, pin, now } = await scene([9]);
    await rule({ owner: { mode: 'open', days: 30, wait_seconds: 60 } });
    const first = await submit({ external_id: 'x' });
    await close(first.id);
    await limit(anna, 0);
    const { id, lead_id } = await submit({ external_id: 'x' });
    await pin(lead_id, anna);
    expect(now(id).owner_id).toBe(anna);
    await pin(lead_id, null);
    expect(now(id).owner_id).toBe(null);
  });

  test('gets its next contact without a draw while an earlier one is open', async () => {
    const { submit, rule, close, why, check } = await scene([9, 9, 9]);
    await rule({ owner: { mode: 'open', days: 30, wait_seconds: 0 } });
    const first = await submit({ external_id: 'x' });
    for (let i = 0; i < 8; i++) {
      const next = await submit({ external_id: 'x' });
      expect([next.operator_id, next.owner_id, why(next.id).kind, why(next.id).r]).toEqual([first.operator_id, first.operator_id, 'owner', null]);
      await close(next.id);
    }
    expect(why(first.id).kind).toBe('draw');
    await close(first.id);
    const later = await submit({ external_id: 'x' });
    expect([why(later.id).kind, later.owner_id]).toEqual(['draw', null]);
    check();
  });

  test('is remembered for as many days as the rule says', async () => {
    const { desk, submit, rule, close, why } = await scene([9, 9, 9]);
    await rule({ owner: { mode: 'days', days: 2, wait_seconds: 0 } });
    const first = await submit({ external_id: 'x' });
    await close(first.id);
    desk.now += 2 * 86_400_000 - 1;
    const second = await submit({ external_id: 'x' });
    expect([why(second.id).kind, second.operator_id]).toEqual(['owner', first.operator_id]);
    await close(second.id);
    desk.now += 2 * 86_400_000;
    expect(why((await submit({ external_id: 'x' })).id).kind).toBe('draw');
  });

  test('who is full is waited for, and takes it when a slot is free; others pass', async () => {
    const { anna, boris, submit, rule, limit, pass, close, now, why, check } = await scene([9, 0]);
    await rule({ owner: { mode: 'open', days: 30, wait_seconds: 120 } });
    const first = await submit({ external_id: 'x' });
    await limit(anna, 1);
    await limit(boris, 9);
    const second = await submit({ external_id: 'x' });
    expect([second.waiting_reason, second.next_at, now(second.id).owner_id]).toEqual(['owner_busy', '2026-11-22T09:17:00.000Z', anna]);
    expect(why(second.id).table.map(({ operator_id, passed_over, until }) => [operator_id, passed_over, until])).toEqual([
      [anna, 'full', null],
      [boris, 'owner_busy', '2026-11-22T09:17:00.000Z'],
    ]);
    expect((await submit()).operator_id).toBe(boris);
    await pass(100_000);
    await close(first.id);
    expect([now(second.id).operator_id, why(second.id).kind]).toEqual([anna, 'owner']);
    check();
  });

  test('who stays full is waited for no longer than the rule says, and the next operator is the new owner', async () => {
    const { anna, boris, submit, rule, limit, pass, now, why, check } = await scene([9, 0]);
    await rule({ owner: { mode: 'open', days: 30, wait_seconds: 120 } });
    await submit({ external_id: 'x' });
    await limit(anna, 1);
    await limit(boris, 9);
    const second = await submit({ external_id: 'x' });
    await pass(119_999);
    expect(now(second.id).status).toBe('waiting');
    await pass(1);
    expect([now(second.id).operator_id, why(second.id).kind, why(second.id).owner_id]).toEqual([boris, 'drain', anna]);
    expect((await submit({ external_id: 'x' })).owner_id).toBe(boris);
    check();
  });

  test('who goes off line is waited for no longer', async () => {
    const { anna, boris, submit, rule, limit, activate, holder, check } = await scene([9, 0]);
    await rule({ owner: { mode: 'open', days: 30, wait_seconds: 120 } });
    await submit({ external_id: 'x' });
    await limit(anna, 1);
    await limit(boris, 9);
    const second = await submit({ external_id: 'x' });
    await activate(anna, false);
    expect(holder(second.id)).toBe(boris);
    check();
  });

  test('who let the contact go is asked no more: the ordinary rule holds without them', async () => {
    const { submit, rule, give, holder, why, check } = await scene([9, 9]);
    await rule({ owner: { mode: 'open', days: 30, wait_seconds: 120 } });
    const first = await submit({ external_id: 'x' });
    const second = await submit({ external_id: 'x' });
    await give(second.id, null);
    expect([holder(second.id) === first.operator_id, why(second.id).kind]).toEqual([false, 'drain']);
    check();
  });

  test('is never given more than the limit by 200 contacts at once', async () => {
    const { desk, anna, submit, rule, limit, check } = await scene([9, 5]);
    await rule({ owner: { mode: 'open', days: 30, wait_seconds: 60 } });
    await submit({ external_id: 'x' });
    await limit(anna, 7);
    await Promise.all(Array.from({ length: 200 }, () => submit({ external_id: 'x' })));
    expect(desk.rows('SELECT current_load, max_load FROM operators ORDER BY id')).toMatchObject([{ current_load: expect.any(Number) }, {}]);
    expect(desk.rows('SELECT id FROM operators WHERE current_load > max_load')).toEqual([]);
    check();
  });

  test('on a later line takes it all the same, before the line opens', async () => {
    const { desk, bot, anna, boris, submit, rule, why, check } = await scene([9, 9]);
    const { setLines } = await import('#engine/configuration/rules.ts');
    await rule({ lines: [600], owner: { mode: 'open', days: 30, wait_seconds: 0 } });
    value(await desk.do((write) => setLines(write, bot, [{ operator_id: boris, line: 2 }])));
    const first = await submit({ external_id: 'x' });
    expect(first.operator_id).toBe(anna);
    value(await desk.do((write) => reassignContact(write, first.id, boris)));
    const second = await submit({ external_id: 'x' });
    expect([second.operator_id, why(second.id).kind, why(second.id).line]).toEqual([boris, 'owner', 2]);
    check();
  });

  test('on a later line takes what waits as soon as there is room, before the line opens', async () => {
    const { desk, bot, anna, boris, submit, rule, give, holder, why, close, check } = await scene([2, 1]);
    await rule({ lines: [600], owner: { mode: 'open', days: 30, wait_seconds: 0 } });
    value(await desk.do((write) => putOnLine(write, [{ source_id: bot, operator_id: boris }], 2)));
    const first = await submit({ external_id: 'x' });
    await give(first.id, boris);
    await submit();
    await submit();
    const second = await submit({ external_id: 'x' });
    expect([anna, boris].map((id) => desk.engine.board().operators[id]?.load)).toEqual([2, 1]);
    expect(holder(second.id)).toBe(null);
    await submit({ external_id: 'x' }); // so that Boris stays the owner
    await close(first.id);
    expect([holder(second.id), why(second.id).kind]).toEqual([boris, 'owner']);
    check();
  });

  test('who is saved for a contact that comes first does not take another one, not even on a later line', async () => {
    const { desk, bot, site, anna, boris, submit, rule, give, pass, now, limit, check } = await scene([1, 3]);
    await rule({ lines: [600], owner: { mode: 'open', days: 30, wait_seconds: 0 }, open_early: false });
    await rule({ cost: 3, target_seconds: 60 }, site);
    value(await desk.do((write) => putOnLine(write, [{ source_id: bot, operator_id: boris }], 2)));
    await limit(boris, 4);
    const first = await submit({ external_id: 'x' });
    await give(first.id, boris);
    await submit();
    await limit(boris, 3);
    const call = await submit({ external_id: 'call' }, site);
    await pass(61_000);
    expect(now(call.id)).toMatchObject({ status: 'waiting', waiting_reason: 'all_full' });
    const second = await submit({ external_id: 'x' });
    expect(now(second.id)).toMatchObject({ status: 'waiting', waiting_reason: 'saved', operator_id: null });
    expect(desk.engine.board().operators[anna]?.load).toBe(1);
    check();
  });

  test('takes neither credit nor debt under the even rule', async () => {
    const { submit, rule, close, why, check } = await scene([99, 99]);
    await rule({ strategy: 'even', owner: { mode: 'open', days: 30, wait_seconds: 0 } });
    const own = await submit({ external_id: 'x' });
    for (let i = 0; i < 6; i++) await close((await submit({ external_id: 'x' })).id);
    const got = new Map<number | null, number>();
    for (let i = 0; i < 9; i++) {
      const next = await submit();
      expect(why(next.id).kind).toBe('draw');
      got.set(next.operator_id, (got.get(next.operator_id) ?? 0) + 1);
    }
    expect(Math.abs((got.get(own.operator_id) ?? 0) + 1 - 5)).toBeLessThanOrEqual(1);
    check();
  });

  test('can be pinned by a person, whatever came before, and does not move', async () => {
    const { desk, anna, boris, submit, rule, pin, close, give, check } = await scene([9, 9]);
    await rule({ owner: { mode: 'open', days: 30, wait_seconds: 0 } });
    const first = await submit({ external_id: 'x' });
    const step = desk.engine.board().revision + 1;
    await pin(first.lead_id, boris);
    await close(first.id);
    for (let i = 0; i < 4; i++) {
      const next = await submit({ external_id: 'x' });
      expect(next.operator_id).toBe(boris);
      await give(next.id, anna);
      await close(next.id);
    }
    value(await desk.do((write) => undoChange(write, step)));
    expect((await submit({ external_id: 'x' })).owner_id).toBe(null);
    check();
  });

  test('a pin moves the contacts that wait to the new owner', async () => {
    const { anna, boris, submit, rule, limit, pin, holder, now, check } = await scene([0, 0]);
    await rule({ owner: { mode: 'open', days: 30, wait_seconds: 600 } });
    const first = await submit({ external_id: 'x' });
    await pin(first.lead_id, anna);
    expect(now(first.id).owner_id).toBe(anna);
    await limit(boris, 1);
    expect([holder(first.id), now(first.id).waiting_reason]).toEqual([null, 'owner_busy']);
    await pin(first.lead_id, null);
    expect(holder(first.id)).toBe(boris);
    check();
  });

  test('a pin is minded by a contact that is put back later', async () => {
    const { anna, boris, vera, submit, rule, limit, pin, give, holder, why, check } = await scene([0, 1, 0]);
    await rule({ owner: { mode: 'open', days: 30, wait_seconds: 600 } });
    const { id, lead_id } = await submit({ external_id: 'x' });
    expect(holder(id)).toBe(boris);
    await pin(lead_id, anna);
    await limit(vera, 5);
    await give(id, null);
    expect([holder(id), why(id).waiting_reason], 'Vera has room, and it waits for Anna').toEqual([null, 'owner_busy']);
    await limit(anna, 1);
    expect([holder(id), why(id).kind]).toEqual([anna, 'owner']);
    check();
  });

  test('in the archive is nobody, and nobody is pinned to one', async () => {
    const { desk, anna, boris, submit, rule, pin, close, why } = await scene([9, 9]);
    await rule({ owner: { mode: 'open', days: 30, wait_seconds: 0 } });
    const first = await submit({ external_id: 'x' });
    await pin(first.lead_id, anna);
    await close(first.id);
    value(await desk.do((write) => archiveOperator(write, anna)));
    const next = await submit({ external_id: 'x' });
    expect([next.operator_id, next.owner_id, why(next.id).kind]).toEqual([boris, null, 'draw']);
    expect(await desk.do((write) => updateLead(write, first.lead_id, { pinned_operator_id: anna }))).toMatchObject({ ok: true });
    expect(await desk.do((write) => updateLead(write, first.lead_id, { pinned_operator_id: 99 }))).toMatchObject({ ok: false });
  });

  test('is nobody where the rule does not ask', async () => {
    const { anna, submit, pin, why } = await scene([9, 9]);
    const first = await submit({ external_id: 'x' });
    await pin(first.lead_id, anna);
    const next = await submit({ external_id: 'x' });
    expect([next.owner_id, why(next.id).kind, why(next.id).rule_version]).toEqual([null, 'draw', null]);
  });
});

test('a contact that merges two leads belongs to the operator of either, whoever had the latest contact', async () => {
  const { desk, anna, boris, submit, rule, give, why, check } = await scene([9, 9]);
  await rule({ owner: { mode: 'days', days: 30, wait_seconds: 0 } });
  for (const [operator, other, n] of [
    [anna, boris, 1],
    [boris, anna, 2],
  ] as const) {
    value(await desk.do((write) => saveLead(write, { external_id: `id-${n}` })));
    const { id } = await submit({ external_id: undefined, phone: `+7900123456${n}` });
    await give(id, other);
    await give(id, operator);
    for (let i = 0; i < 3; i++) {
      const both = await submit({ external_id: `id-${n}`, phone: `+7900123456${n}` });
      expect([both.operator_id, why(both.id).kind, why(both.id).owner_id, both.lead.operator_id]).toEqual([operator, 'owner', operator, operator]);
    }
  }
  check();
});

test('a lead that was erased can be neither named nor pinned to an operator', async () => {
  const { desk, anna, submit } = await scene([9]);
  const { lead_id } = await submit();
  const step = desk.engine.board().revision + 1;
  value(await desk.do((write) => updateLead(write, lead_id, { pinned_operator_id: anna })));
  value(await desk.do((write) => updateLead(write, lead_id, { pinned_operator_id: null })));
  value(await eraseLead(desk.engine, 'admin', lead_id));
  const { revision } = desk.engine.board();
  for (const patch of [{ name: 'Anna' }, { pinned_operator_id: anna }])
    expect(await desk.do((write) => updateLead(write, lead_id, patch))).toMatchObject({ ok: false, problem: { code: 'lead_erased' } });
  expect(await desk.do((write) => undoChange(write, step + 1))).toMatchObject({ ok: false });
  expect(desk.engine.board().revision).toBe(revision);
});

test.each(['constructor', '__proto__', 'toString'])('an attribute named %s that a contact does not have asks for no tag', async (attribute) => {
  const { anna, boris, submit, rule, tag, check } = await scene([9, 9]);
  await rule({ needs: ['language', attribute] });
  await tag(boris, 'language:en');
  for (let i = 0; i < 4; i++) expect((await submit({ attributes: { language: 'en' } })).operator_id).toBe(boris);
  await tag(anna, `${attribute}:x`);
  const named = JSON.parse(`{"${attribute}": "x"}`) as Record<string, string>;
  for (let i = 0; i < 4; i++) expect((await submit({ attributes: named })).operator_id).toBe(anna);
  check();
});

describe('whose turn it is', () => {
  test('is of whoever has waited the largest share of the target', async () => {
    const { bot, site, anna, submit, rule, limit, pass, close, holder, why, check } = await scene([1]);
    await rule({ target_seconds: 600 }, bot);
    await rule({ target_seconds: 60 }, site);
    const busy = await submit();
    const slow = await submit({}, bot);
    await pass(350_000);
    const quick = await submit({}, site);
    await pass(50_000);
    await close(busy.id);
    expect([holder(quick.id), holder(slow.id)]).toEqual([anna, null]);
    expect(why(quick.id).turn).toEqual({ share: 0.833, next: { contact_id: slow.id, share: 0.667 } });
    await limit(anna, 2);
    expect([holder(slow.id), why(slow.id).turn]).toEqual([anna, null]);
    check();
  });

  test('counts urgency, and a contact may have a target of its own', async () => {
    const { bot, site, submit, submitAsAdmin, rule, pass, close, holder, check } = await scene([1]);
    await rule({ urgency: 10 }, site);
    const busy = await submit();
    const ordinary = await submit({}, bot);
    await pass(10_000);
    const urgent = await submit({}, site);
    await pass(5000);
    const own = await submitAsAdmin({ external_id: 'own', target_seconds: 1 }, bot);
    await pass(5000);
    const order: number[] = [];
    for (let last = busy.id; order.length < 3; ) {
      await close(last);
      const next = [ordinary.id, urgent.id, own.id].find((id) => holder(id) !== null && !order.includes(id));
      if (next === undefined) throw new Error('nobody was next');
      order.push(next);
      last = next;
    }
    // shares of the usual target of 20 s: 100 % against 10 × 50 % against 5 s of 1 s, equal to the urgent one, which is older
    expect(order).toEqual([urgent.id, own.id, ordinary.id]);
    check();
  });

  test('is explained by the one that would have been next, also when that one asks for the same and is of the same target', async () => {
    const { bot, site, submit, rule, pass, close, holder, why, check } = await scene([1]);
    await rule({ needs: ['language'], target_seconds: 60 }, bot);
    await rule({ target_seconds: 600 }, site);
    const busy = await submit();
    const slow = await submit({}, site);
    await pass(1000);
    const waiting: number[] = [];
    for (let i = 0; i < 25; i++) waiting.push((await submit()).id);
    await pass(10_000);
    let last = busy.id;
    for (const id of waiting) {
      await close(last);
      // all but the last are followed by one of their own source, so that there is nothing to explain
      expect([holder(id) !== null, why(id).turn === null]).toEqual([true, id !== waiting.at(-1)]);
      last = id;
    }
    expect(why(waiting.at(-1) ?? 0).turn?.next?.contact_id).toBe(slow.id);
    check();
  });

  test('is of the oldest when all have the same target', async () => {
    const { bot, site, submit, rule, pass, close, holder, why, check } = await scene([1]);
    await rule({ target_seconds: 100, urgency: 5 }, bot);
    await rule({ target_seconds: 100, urgency: 5 }, site);
    let last = (await submit()).id;
    const waiting: number[] = [];
    for (let i = 0; i < 6; i++) {
      waiting.push((await submit({}, i % 2 === 0 ? bot : site)).id);
      await pass(1000);
    }
    for (const id of waiting) {
      await close(last);
      expect([holder(id) !== null, why(id).turn]).toEqual([true, null]);
      last = id;
    }
    check();
  });

  test('a target from a bot counts only where the rule accepts it', async () => {
    const { submit, rule, now } = await scene([1]);
    const ignored = await submit({ target_seconds: 5 });
    expect([ignored.warnings.length, ignored.target_at]).toEqual([1, '2026-11-22T09:15:20.000Z']);
    await rule({ accepts_target: true });
    const taken = await submit({ target_seconds: 5 });
    expect([taken.warnings, now(taken.id).target_at]).toEqual([[], '2026-11-22T09:15:05.000Z']);
  });
});

describe('a contact that takes several slots', () => {
  test('goes to whoever has them free, and counts as so many until it is closed', async () => {
    const { anna, boris, submit, rule, close, holder, why, desk, check } = await scene([4, 9]);
    await rule({ cost: 5 });
    const call = await submit();
    expect([holder(call.id), call.cost]).toEqual([boris, 5]);
    expect(why(call.id)).toMatchObject({
      cost: 5,
      table: [
        { operator_id: anna, passed_over: 'full' },
        { operator_id: boris, passed_over: null },
      ],
    });
    const second = await submit();
    expect(second).toMatchObject({ status: 'waiting', waiting_reason: 'all_full', cost: 5 });
    expect(desk.engine.board().operators[boris]).toMatchObject({ load: 5, held: 1 });
    await close(call.id);
    expect(holder(second.id)).toBe(boris);
    check();
  });

  test('keeps the cost that it came with', async () => {
    const { anna, submit, rule, close, desk, check } = await scene([9]);
    await rule({ cost: 3 });
    const call = await submit();
    await rule({ cost: 7 });
    await close(call.id);
    expect(desk.engine.board().operators[anna]).toMatchObject({ load: 0, held: 0 });
    await rule({ cost: 2 });
    const chat = await submit();
    await rule({ cost: 1 });
    expect([chat.cost, desk.engine.board().operators[anna]?.load]).toEqual([2, 2]);
    check();
  });

  test('does not hold up smaller ones, and is taken as soon as there is room for it', async () => {
    const { anna, site, submit, rule, limit, close, holder, check } = await scene([5]);
    await rule({ cost: 5 });
    const chats = [await submit({}, site), await submit({}, site)];
    const call = await submit();
    expect(call.status).toBe('waiting');
    const third = await submit({}, site);
    expect(third.status).toBe('assigned');
    for (const { id } of [...chats, third]) await close(id);
    expect(holder(call.id)).toBe(anna);
    const next = await submit();
    expect(next.status).toBe('waiting');
    await limit(anna, 10);
    expect(holder(next.id)).toBe(anna);
    check();
  });

  test('above the limit of everybody waits until a limit is raised, and is not lost', async () => {
    const { anna, submit, rule, limit, holder, check } = await scene([4]);
    await rule({ cost: 100 });
    const call = await submit();
    expect(call).toMatchObject({ status: 'waiting', waiting_reason: 'all_full' });
    await limit(anna, 100);
    expect(holder(call.id)).toBe(anna);
    check();
  });

  test('is not moved by hand to an operator who has too few, and the answer says how many it takes', async () => {
    const { desk, anna, boris, submit, rule, limit, holder, check } = await scene([9, 4]);
    await rule({ cost: 5 });
    const { id } = await submit();
    const moved = await desk.do((write) => reassignContact(write, id, boris));
    expect(moved).toMatchObject({ ok: false, problem: { code: 'operator_full', params: { load: 0, max_load: 4, cost: 5 } } });
    expect(holder(id)).toBe(anna);
    await limit(boris, 5);
    value(await desk.do((write) => reassignContact(write, id, boris)));
    expect([anna, boris].map((one) => desk.engine.board().operators[one]?.load)).toEqual([0, 5]);
    check();
  });

  test('past its target has the operator with most room saved for it, whom contacts behind it pass over', async () => {
    const { anna, boris, site, submit, rule, pass, close, holder, now, why, check } = await scene([6, 5]);
    await rule({ cost: 5, target_seconds: 60 });
    const chats: { id: number; operator_id: number | null }[] = [];
    for (let i = 0; i < 11; i++) chats.push(await submit({}, site));
    const heldBy = (operator_id: number) => chats.filter((chat) => chat.operator_id === operator_id).map(({ id }) => id);
    const [ofAnna, ofBoris] = [heldBy(anna), heldBy(boris)];
    const call = await submit();
    await pass(60_000);
    await close(ofBoris[0] ?? 0); // in time until now: nothing is saved
    expect(holder((await submit({}, site)).id)).toBe(boris);
    await pass(1000);
    await close(ofAnna[0] ?? 0);
    const behind = await submit({}, site);
    expect(now(behind.id)).toMatchObject({ status: 'waiting', waiting_reason: 'saved' });
    expect(why(behind.id).table).toMatchObject([
      { operator_id: anna, passed_over: 'saved', barred: 'saved' },
      { operator_id: boris, passed_over: 'full' },
    ]);
    check();
    await close(ofBoris[1] ?? 0); // of equal room the first is saved, the other takes what comes
    expect(holder(behind.id)).toBe(boris);
    for (const id of ofAnna.slice(1, 4)) await close(id);
    expect(holder(call.id)).toBe(null);
    await close(ofAnna[4] ?? 0);
    expect(holder(call.id)).toBe(anna);
    check();
  });

  test('releases whom it had saved when another has more room, and when it is taken', async () => {
    const { anna, boris, site, submit, rule, pass, close, limit, holder, check } = await scene([5, 5]);
    await rule({ cost: 4, target_seconds: 60 });
    const chats: number[] = [];
    for (let i = 0; i < 10; i++) chats.push((await submit({}, site)).id);
    const ofAnna = chats.filter((id) => holder(id) === anna);
    const call = await submit();
    await pass(61_000);
    await close(ofAnna[0] ?? 0);
    const first = await submit({}, site);
    expect(holder(first.id)).toBe(null);
    await limit(boris, 7);
    expect(holder(first.id)).toBe(anna); // Boris has two slots free now
    const second = await submit({}, site);
    expect(holder(second.id)).toBe(null);
    check();
    await limit(boris, 9);
    expect([holder(call.id), holder(second.id)]).toEqual([boris, null]);
    await limit(boris, 10);
    expect(holder(second.id)).toBe(boris);
    check();
  });

  test.each(['it is closed', 'it is given to somebody by hand', 'its target becomes longer', 'the one that is next after it takes one slot'])(
    'releases whom it had saved when %s',
    async (how) => {
      const { anna, boris, bot, site, submit, rule, pass, close, give, holder, desk, check } = await scene([5, 4]);
      await rule({ cost: 4, target_seconds: 60 });
      await desk.weights(site, { [boris]: 0 });
      await desk.weights(bot, { [boris]: 0 });
      const chats: number[] = [];
      for (let i = 0; i < 5; i++) chats.push((await submit({}, site)).id);
      const call = await submit();
      if (how === 'the one that is next after it takes one slot') {
        await rule({ cost: 1 });
        await submit();
      }
      await pass(61_000);
      await close(chats[0] ?? 0);
      const { id } = await submit({}, site);
      expect(holder(id)).toBe(null);
      if (how === 'it is given to somebody by hand') await give(call.id, boris);
      else if (how === 'its target becomes longer') await rule({ target_seconds: 600 });
      else await close(call.id);
      if (how === 'the one that is next after it takes one slot') await close(chats[1] ?? 0);
      expect(holder(id)).toBe(anna);
      check();
    },
  );

  test('holds up nobody whose turn comes first, and whoever overtakes it takes the saved slot at that moment', async () => {
    const { anna, site, submit, rule, pass, close, holder, now, check } = await scene([3]);
    await rule({ cost: 3, target_seconds: 60 });
    await rule({ target_seconds: 10 }, site);
    const held: number[] = [];
    for (let i = 0; i < 3; i++) held.push((await submit({}, site)).id);
    const call = await submit();
    await pass(70_000); // 117 % of its target
    await close(held[0] ?? 0);
    const chat = await submit({}, site);
    // after 14 s both have waited 140 % of their targets, and the call is older
    expect(now(chat.id)).toMatchObject({ status: 'waiting', waiting_reason: 'saved', next_at: new Date(Date.parse(chat.created_at) + 14_001).toISOString() });
    await pass(14_000);
    expect(holder(chat.id)).toBe(null);
    await pass(1);
    expect(holder(chat.id)).toBe(anna);
    expect(holder(call.id)).toBe(null);
    check();
  });

  test('has nobody saved while nobody’s limit is large enough', async () => {
    const { site, submit, rule, pass, holder, check } = await scene([3, 3]);
    await rule({ cost: 4, target_seconds: 60 });
    await submit();
    await pass(61_000);
    expect(holder((await submit({}, site)).id)).not.toBe(null);
    check();
  });

  test('goes to the lead’s own operator only with room for it, and waits for that room', async () => {
    const { anna, boris, submit, rule, close, holder, now, pin, check } = await scene([6, 9]);
    await rule({ cost: 3, owner: { mode: 'days', days: 30, wait_seconds: 60 } });
    const first = await submit({ external_id: 'own' });
    await pin(first.lead_id, anna);
    await close(first.id);
    const two = [await submit({ external_id: 'own' }), await submit({ external_id: 'own' })];
    expect(two.map(({ id }) => holder(id))).toEqual([anna, anna]);
    const third = await submit({ external_id: 'own' });
    expect(now(third.id)).toMatchObject({ status: 'waiting', waiting_reason: 'owner_busy' });
    expect(holder((await submit({ external_id: 'other' })).id)).toBe(boris);
    await close(two[0]?.id ?? 0);
    expect(holder(third.id)).toBe(anna);
    check();
  });

  test('is handed over in whole when its operator leaves, or stays', async () => {
    const { desk, anna, boris, submit, rule, holder, limit, check } = await scene([9, 4]);
    await rule({ cost: 3 });
    const calls = [await submit(), await submit()];
    for (const { id } of calls) if (holder(id) !== anna) value(await desk.do((write) => reassignContact(write, id, anna)));
    const left = value(await desk.do((write) => leaveOperator(write, { id: anna, reason: 'sick', contacts: 'hand_over' })));
    expect(left).toMatchObject({ handed_over: 1, kept: 1, waiting: 0 });
    await limit(boris, 6);
    expect(desk.engine.board().operators[boris]).toMatchObject({ load: 3, held: 1 });
    check();
  });
});

test('a pin is taken over by the lead that survives a merge and has none, and given back when the merge is undone', async () => {
  const { desk, anna, boris, vera, submit, rule, pin, holder, check } = await scene([9, 9, 9]);
  await rule({ owner: { mode: 'days', days: 30, wait_seconds: 0 } });
  const pins = () => desk.rows<{ pinned_operator_id: number | null }>('SELECT pinned_operator_id FROM leads ORDER BY id').map((one) => one.pinned_operator_id);
  const [first, second] = [await submit({ external_id: 'a' }), await submit({ external_id: undefined, phone: '+79001234567' })];
  await pin(second.lead_id, vera);
  const both = { external_id: 'a', phone: '+79001234567' };
  expect(holder((await submit(both)).id)).toBe(vera);
  expect(pins()).toEqual([vera, vera]);
  value(await desk.do((write) => undoMerge(write, 1)));
  expect(pins()).toEqual([null, vera]);
  // a pin of its own stays, and so does one that was changed since
  await pin(first.lead_id, anna);
  await submit(both);
  expect(pins()).toEqual([anna, vera]);
  value(await desk.do((write) => undoMerge(write, 2)));
  await pin(first.lead_id, null);
  await submit(both);
  await pin(first.lead_id, boris);
  value(await desk.do((write) => undoMerge(write, 3)));
  expect(pins()).toEqual([boris, vera]);
  check();
});
