import { describe, expect, test } from 'vitest';
import { audit } from '#engine/configuration/audit.ts';
import { updateRule } from '#engine/configuration/rules.ts';
import { archiveSource } from '#engine/configuration/sources.ts';
import { type DeskOptions, value } from '#engine/testing/desk.ts';
import { eventsAfter } from '#engine/views/events.ts';
import * as queries from '#engine/views/queries.ts';
import { openedDesk } from '#vault/testing/opened.ts';
import { handInRefusedContact } from './hand-in-again.ts';
import { dismissRefusedContact, MOST_OPEN, refuseContact } from './refused-contacts.ts';
import { submitContact } from './submit-contact.ts';

const code = (result: { ok: true } | { ok: false; problem: { code: string } }) => (result.ok ? 'ok' : result.problem.code);

/** A contact was refused because its source has no operators. */
async function scene() {
  const all = await openedDesk();
  const { desk, bot } = all;
  const fingerprint = new TextEncoder().encode('the first body'.padEnd(32));
  const submit = (external_id = 'tg-1', print: Uint8Array | null = fingerprint) =>
    desk.do((write) => submitContact(write, { input: { source_id: bot, external_id, message: 'Здравствуйте' }, idempotency_key: 'key-1', fingerprint: print }));
  const open = () => value(queries.refusedContacts(desk.engine.read, { limit: 10 })).items;
  const handIn = (id = 1) => desk.do((write) => handInRefusedContact(write, id));
  const mend = async () => desk.weights(bot, { [await desk.operator('Анна')]: 1 });
  expect(code(await submit())).toBe('source_has_no_competences');
  return { ...all, submit, open, handIn, mend };
}

describe('a refused contact', () => {
  test('is stored with its body and the cause', async () => {
    const { bot, open } = await scene();
    expect(open()).toEqual([
      {
        id: 1,
        source_id: bot,
        refused_at: '2026-11-22T09:15:00.000Z',
        attempts: 1,
        code: 'source_has_no_competences',
        detail: `No operator has a competence for source ${bot} (Bot). Give one a weight, then submit the contact again.`,
        errors: [],
        payload: { source_id: bot, external_id: 'tg-1', message: 'Здравствуйте' },
        settled_at: null,
        contact_id: null,
        is_cut: false,
      },
    ]);
  });

  test('with a large body is listed with its beginning, and complete on request', async () => {
    const { desk, bot, open } = await scene();
    const payload = { external_id: 'tg-2', message: 'я'.repeat(3000), source_id: bot };
    await desk.submit(bot, payload);
    expect(open()[0]).toMatchObject({ id: 2, is_cut: true, payload: JSON.stringify(payload).slice(0, 2048) });
    expect(value(queries.refusedContact(desk.engine.read, 2))).toMatchObject({ id: 2, payload });
    expect(code(queries.refusedContact(desk.engine.read, 9))).toBe('not_found');
  });

  test('that is retried with its key is the same one: attempts are counted', async () => {
    const { desk, submit, open } = await scene();
    desk.now += 60_000;
    await submit('tg-2');
    expect(open()).toMatchObject([{ id: 1, attempts: 2, refused_at: '2026-11-22T09:16:00.000Z', payload: { external_id: 'tg-2' } }]);
    expect(desk.engine.board().refused).toBe(1);
  });

  test('without a key is a new one each time', async () => {
    const { desk, bot, open } = await scene();
    await desk.submit(bot, { external_id: 'tg-1' });
    await desk.submit(bot, { external_id: 'tg-1' });
    expect([open().map(({ id, attempts }) => [id, attempts]), desk.engine.board().refused]).toEqual([
      [
        [3, 1],
        [2, 1],
        [1, 1],
      ],
      3,
    ]);
  });

  test('is settled when its bot retries after the cause is fixed', async () => {
    const { desk, submit, open, mend } = await scene();
    await mend();
    expect(value(await submit())).toMatchObject({ replayed: false, contact: { id: 1, status: 'assigned' } });
    expect([open(), desk.engine.board().refused, desk.rows('SELECT contact_id FROM refused_contacts')]).toEqual([[], 0, [{ contact_id: 1 }]]);
  });

  test('can be resubmitted when the cause is fixed, and is then a contact like any other', async () => {
    const { desk, open, handIn, mend } = await scene();
    await mend();
    desk.now += 1000;
    expect(value(await handIn())).toMatchObject({ id: 1, status: 'assigned', message: 'Здравствуйте', lead: { external_id: 'tg-1', created: true } });
    expect([open(), desk.engine.board().refused]).toEqual([[], 0]);
    expect(desk.rows('SELECT settled_at, contact_id FROM refused_contacts')).toEqual([{ settled_at: desk.now, contact_id: 1 }]);
  });

  test('brings a target of its own only if the rule lets the callers of its source give one, whoever hands it in', async () => {
    const { desk, bot, handIn, mend } = await scene();
    for (const n of [2, 3])
      await desk.do((write) =>
        submitContact(write, { input: { source_id: bot, external_id: `tg-${n}`, target_seconds: 7200 }, idempotency_key: `key-${n}`, fingerprint: null }),
      );
    await mend();
    const targetOf = ({ target_at }: { target_at: string }) => (Date.parse(target_at) - desk.now) / 1000;
    const ignored = value(await handIn(2));
    expect([targetOf(ignored), ignored.warnings]).toEqual([20, ['target_seconds was ignored: the rule of this source does not let its callers give one']]);
    await desk.do((write) => updateRule(write, bot, { accepts_target: true }));
    expect(targetOf(value(await handIn(3)))).toBe(7200);
  });

  test('that was resubmitted answers a retry of its bot with that contact', async () => {
    const { submit, handIn, mend } = await scene();
    await mend();
    const contact = value(await handIn());
    expect(value(await submit())).toEqual({ replayed: true, contact });
    expect(code(await submit('tg-2', new TextEncoder().encode('another body'.padEnd(32))))).toBe('idempotency_key_reused');
  });

  test('that was stored without a fingerprint and resubmitted answers its bot with the contact, whatever body comes with the key', async () => {
    const { desk, submit, handIn, mend } = await scene();
    value(await desk.do((write) => dismissRefusedContact(write, 1)));
    await submit('tg-1', null);
    await mend();
    const contact = value(await handIn(2));
    expect(value(await submit('tg-2'))).toEqual({ replayed: true, contact });
  });

  test('stays, with the present cause, when it is refused once more', async () => {
    const { desk, bot, open, handIn } = await scene();
    desk.now += 1000;
    expect(code(await handIn())).toBe('source_has_no_competences');
    expect(open()).toMatchObject([{ attempts: 2, refused_at: '2026-11-22T09:15:01.000Z', code: 'source_has_no_competences' }]);
    value(await desk.do((write) => archiveSource(write, bot)));
    expect(code(await handIn())).toBe('not_found');
    expect([open()[0]?.code, desk.engine.board().refused]).toEqual(['not_found', 1]);
  });

  test('can be dismissed, and is then settled without a contact', async () => {
    const { desk, open } = await scene();
    value(await desk.do((write) => dismissRefusedContact(write, 1)));
    expect([open(), desk.engine.board().refused, desk.rows('SELECT contact_id FROM refused_contacts')]).toEqual([[], 0, [{ contact_id: null }]]);
  });

  test('is settled once: neither resubmitted nor dismissed again', async () => {
    const { desk, handIn, mend } = await scene();
    await mend();
    const results = await Promise.all([handIn(), handIn(), desk.do((write) => dismissRefusedContact(write, 1))]);
    expect(results.map(code)).toEqual(['ok', 'already_settled', 'already_settled']);
    expect(desk.rows('SELECT COUNT(*) AS n FROM contacts')).toEqual([{ n: 1 }]);
    expect([code(await handIn(9)), code(await desk.do((write) => dismissRefusedContact(write, 9)))]).toEqual(['not_found', 'not_found']);
  });

  test('a key whose contact was dismissed may be refused again', async () => {
    const { desk, submit, open } = await scene();
    value(await desk.do((write) => dismissRefusedContact(write, 1)));
    await submit();
    expect(open().map(({ id, attempts }) => [id, attempts])).toEqual([[2, 1]]);
  });

  test('with an invalid body cannot be resubmitted, and says what is wrong with it', async () => {
    const { desk, bot, handIn } = await scene();
    const errors = [{ path: '/phone', message: 'must be text' }];
    value(
      await desk.do((write) =>
        refuseContact(write, {
          source_id: bot,
          idempotency_key: null,
          payload: { phone: true },
          problem: { code: 'validation_failed', detail: 'The body does not fit.', errors },
        }),
      ),
    );
    expect(await handIn(2)).toMatchObject({ ok: false, problem: { code: 'validation_failed', errors } });
  });
});

describe('of a source that has too many refused contacts', () => {
  /** A desk that allows twelve open refused contacts. */
  async function flooded(options: DeskOptions = { mostRefused: 12 }) {
    const all = await openedDesk(options);
    const { desk, bot } = all;
    const refuse = async (times: number, input: object = { external_id: 'tg-1', message: 'Здравствуйте' }, key?: (n: number) => string) => {
      for (let n = 0; n < times; n++) {
        desk.now += 1000;
        await desk.submit(bot, input, key?.(n) ?? null);
      }
    };
    const open = () => value(queries.refusedContacts(desk.engine.read, { limit: 100 })).items.map(({ id }) => id);
    const folded = () => queries.foldedRefusals(desk.engine.read);
    return { ...all, refuse, open, folded };
  }

  test('ten of the oldest are settled and counted; their bodies are deleted', async () => {
    const { desk, bot, refuse, open, folded } = await flooded();
    await refuse(12);
    expect([open().length, folded()]).toEqual([12, []]);
    await refuse(1);
    expect([open(), desk.engine.board().refused]).toEqual([[13, 12, 11], 3]);
    const [first_at, last_at] = ['2026-11-22T09:15:01.000Z', '2026-11-22T09:15:10.000Z'];
    expect(folded()).toEqual([{ source_id: bot, count: 10, first_at, last_at, codes: { source_has_no_competences: 10 } }]);
    expect(desk.rows('SELECT DISTINCT payload, errors, detail, fingerprint, contact_id, settled_at FROM refused_contacts WHERE id <= 10')).toEqual([
      { payload: '{}', errors: '[]', detail: '', fingerprint: null, contact_id: null, settled_at: desk.now },
    ]);
    expect(desk.rows('SELECT contacts FROM refused_open')).toEqual([{ contacts: 3 }]);
    await refuse(10);
    expect(folded()).toMatchObject([{ count: 20, first_at, last_at: '2026-11-22T09:15:20.000Z' }]);
  });

  test('one event reports those that were folded together', async () => {
    const { desk, bot, refuse } = await flooded();
    await refuse(13);
    const events = eventsAfter(desk.engine.read, 0, 100).filter(({ kind }) => kind === 'refused_contacts_folded');
    expect(events).toMatchObject([{ source_id: bot, refused_contact_id: 10, count: 10 }]);
    expect(value(audit(desk.engine.read, { topic: 'refused', limit: 10 }, 'UTC')).items).toEqual([]);
  });

  test('those of other sources stay', async () => {
    const { desk, refuse, open, folded, bot } = await flooded();
    const other = await desk.source('Other');
    await desk.submit(other, { external_id: 'tg-1' });
    await refuse(13);
    expect([open(), folded().map(({ source_id }) => source_id)]).toEqual([[14, 13, 12, 1], [bot]]);
  });

  test('the newest that fit stay when their bodies are too large', async () => {
    const { desk, refuse, open } = await flooded({});
    const message = 'x'.repeat(16_000);
    const attributes = Object.fromEntries(Array.from({ length: 30 }, (_, n) => [`a${n}`, 'y'.repeat(4096)]));
    await refuse(100, { external_id: 'tg-1', message, attributes });
    const bytes = desk.rows<{ bytes: number }>('SELECT bytes FROM refused_open')[0]?.bytes ?? 0;
    expect(bytes).toBeLessThanOrEqual(MOST_OPEN.bytes);
    expect(open()[0]).toBe(100);
    expect(open().length).toBeGreaterThan(40);
    const kept = desk.rows<{ bytes: number }>('SELECT sum(length(payload)) AS bytes FROM refused_contacts')[0]?.bytes;
    expect(kept).toBeLessThan(MOST_OPEN.bytes + 100 * 2);
  });

  test('a retry with the key of one that was folded is a new one', async () => {
    const { refuse, open } = await flooded();
    await refuse(13, { external_id: 'tg-1' }, (n) => `key-${n}`);
    await refuse(1, { external_id: 'tg-1' }, () => 'key-0');
    expect(open()).toEqual([14, 13, 12, 11]);
  });

  test('the count disappears when the last open one is settled', async () => {
    const { desk, refuse, open, folded } = await flooded();
    await refuse(13);
    for (const id of open()) {
      expect(folded()).toHaveLength(1);
      value(await desk.do((write) => dismissRefusedContact(write, id)));
    }
    expect([folded(), desk.engine.board().refused]).toEqual([[], 0]);
    await refuse(1);
    expect([open(), folded()]).toEqual([[14], []]);
  });

  test('one that was folded cannot be resubmitted: it is settled', async () => {
    const { desk, refuse } = await flooded();
    await refuse(13);
    expect(code(await desk.do((write) => handInRefusedContact(write, 1)))).toBe('already_settled');
  });
});
