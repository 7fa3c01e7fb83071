import { describe, expect, test } from 'vitest';
import { audit } from '#engine/configuration/audit.ts';
import { saveSettings } from '#engine/configuration/settings.ts';
import { undoChange } from '#engine/configuration/undo-change.ts';
import { value } from '#engine/testing/desk.ts';
import * as queries from '#engine/views/queries.ts';
import type { ContactInput, LeadInput } from '#shared/contract/entities.ts';
import { adminPrincipal, sourcePrincipal } from '#shared/contract/principal.ts';
import { openedDesk } from '#vault/testing/opened.ts';
import { erase } from './erase-lead.ts';
import { saveLead, undoMerge } from './leads.ts';
import { acceptSuggestedMerge, dismissSuggestedMerge, suggestedMerges } from './suggested-merges.ts';

/** Sources A (`bot`) and B at a desk that asks before merging. A knows Anna by her telephone and, as a separate lead, by her e-mail. */
async function scene(merges_across_sources: 'auto' | 'ask' = 'ask') {
  const { desk, bot: a } = await openedDesk();
  const b = await desk.source('B');
  const anna = await desk.operator('Анна', 1000);
  for (const source of [a, b]) await desk.weights(source, { [anna]: 1 });
  value(await desk.do((write) => saveSettings(write, { merges_across_sources })));
  const submit = async (source: number, input: ContactInput) => value(await desk.submit(source, input)).contact;
  const list = (lead_id?: number) => value(suggestedMerges(desk.engine.read, { limit: 100, ...(lead_id !== undefined && { lead_id }) })).items;
  const pairs = (lead_id?: number) => list(lead_id).map(({ survivor, merged }) => [survivor.id, merged.id]);
  const merges = () => desk.rows('SELECT survivor_id, merged_id, contact_id, undone_at FROM merges ORDER BY id');
  const owners = () =>
    Object.fromEntries(desk.rows<{ value: string; lead_id: number }>('SELECT value, lead_id FROM lead_identifiers').map((row) => [row.value, row.lead_id]));
  await submit(a, { phone: PHONE, name: 'Анна' });
  await submit(a, { email: EMAIL });
  return { desk, a, b, submit, list, pairs, merges, owners };
}

const PHONE = '+79001234567';
const EMAIL = 'anna@example.com';

describe('at a desk that asks before merging leads of different sources', () => {
  test('the identifier of the highest priority decides; the lead of another one is suggested, and keeps its identifier', async () => {
    const { b, submit, list, merges, owners, desk } = await scene();
    await submit(b, { external_id: 'b-1' });
    const contact = await submit(b, { external_id: 'b-1', phone: PHONE });
    expect([contact.lead_id, merges(), owners()]).toEqual([3, [], { [PHONE]: 1, [EMAIL]: 2, 'b-1': 3 }]);
    expect(list()).toEqual([
      {
        id: 1,
        survivor: { id: 3, name: null, handle: 'b-1' },
        merged: { id: 1, name: 'Анна', handle: PHONE },
        contact_id: contact.id,
        source_id: b,
        identifiers: [{ kind: 'phone', value: PHONE }],
        created_at: contact.created_at,
        settled_at: null,
      },
    ]);
    expect(desk.engine.board().suggested_merges).toBe(1);
  });

  test('the contact stores identifiers of the other lead; its source reads back what it sent', async () => {
    const { desk, b, submit } = await scene();
    await submit(b, { external_id: 'b-1' });
    const contact = await submit(b, { external_id: 'b-1', phone: PHONE });
    const read = (viewer: number | null) => value(queries.contact(desk.engine.read, contact.id, viewer === null ? adminPrincipal : sourcePrincipal(viewer)));
    expect([contact.lead.phone, contact.attributes, contact.warnings]).toEqual([PHONE, {}, []]);
    expect([read(b).lead.phone, read(b).attributes]).toEqual([PHONE, {}]);
    expect([read(null).lead.phone, read(null).attributes]).toEqual([null, { phone: PHONE }]);
  });

  test('two leads of another source are not merged by repeating their identifiers', async () => {
    const { b, submit, pairs, merges } = await scene();
    await submit(b, { phone: PHONE });
    await submit(b, { email: EMAIL });
    for (let n = 0; n < 3; n++) await submit(b, { phone: PHONE, email: EMAIL });
    expect([pairs(), merges()]).toEqual([[[1, 2]], []]);
  });

  test("a source's own identifiers merge at once, and so does an administrator", async () => {
    const { desk, a, submit, pairs, merges } = await scene();
    await submit(a, { phone: PHONE, email: EMAIL });
    await submit(a, { external_id: 'a-1' });
    const input: LeadInput = { external_id: 'a-1', email: EMAIL };
    value(await desk.do((write) => saveLead(write, input)));
    expect([pairs(), merges().length]).toEqual([[], 2]);
  });

  test('leads from before givers were recorded merge at once if all contacts of both are of the source', async () => {
    const { desk, a, b, submit, pairs, merges } = await scene();
    const forget = () => desk.engine.read.store.connection.exec('UPDATE lead_identifiers SET given_by = NULL; DELETE FROM identifier_givers');
    forget();
    await submit(b, { phone: PHONE, email: EMAIL });
    expect([pairs(), merges().length]).toEqual([[[1, 2]], 0]);
    await submit(a, { external_id: 'a-1' });
    await submit(a, { external_id: 'a-2', email: EMAIL });
    forget();
    await submit(a, { external_id: 'a-1', email: EMAIL });
    expect([pairs(), merges()]).toMatchObject([[[1, 3]], [{ survivor_id: 3, merged_id: 2 }]]);
  });
});

describe('a suggested merge', () => {
  const suggested = async () => {
    const all = await scene();
    await all.submit(all.b, { external_id: 'b-1', phone: '+79000000009' });
    const contact = await all.submit(all.b, { external_id: 'b-1', phone: PHONE, email: EMAIL });
    expect(all.pairs()).toEqual([
      [3, 2],
      [3, 1],
    ]);
    return { ...all, contact };
  };

  test('is an ordinary merge once accepted, and open again when the merge is undone', async () => {
    const { desk, contact, pairs, merges, owners } = await suggested();
    const before = owners();
    const merge = value(await desk.do((write) => acceptSuggestedMerge(write, 1)));
    expect(merge).toMatchObject({ survivor_id: 3, merged_id: 1, contact_id: contact.id, undone_at: null });
    expect([pairs(), owners()[PHONE], desk.engine.board().suggested_merges]).toEqual([[[3, 2]], 3, 1]);
    value(await desk.do((write) => undoMerge(write, merge.id)));
    expect([pairs(), owners(), merges().length, desk.engine.board().suggested_merges]).toEqual([
      [
        [3, 2],
        [3, 1],
      ],
      before,
      1,
      2,
    ]);
  });

  test('that was dismissed is not repeated, in either direction', async () => {
    const { desk, b, submit, pairs } = await suggested();
    expect(value(await desk.do((write) => dismissSuggestedMerge(write, 1))).settled_at).not.toBeNull();
    await submit(b, { external_id: 'b-1', phone: PHONE });
    await submit(b, { phone: PHONE, external_id: 'b-1' });
    expect([pairs(), pairs(1), pairs(2)]).toEqual([[[3, 2]], [], [[3, 2]]]);
    const codes = async (id: number) =>
      [await desk.do((write) => acceptSuggestedMerge(write, id)), await desk.do((write) => dismissSuggestedMerge(write, id))].map((result) =>
        result.ok ? 'ok' : result.problem.code,
      );
    expect([await codes(1), await codes(9)]).toEqual([
      ['already_settled', 'already_settled'],
      ['not_found', 'not_found'],
    ]);
  });

  test('that was dismissed is open again when that is undone, and dismissed when the undo is undone', async () => {
    const { desk, b, submit, pairs } = await suggested();
    const both = pairs();
    value(await desk.do((write) => dismissSuggestedMerge(write, 1)));
    value(await desk.do((write) => undoChange(write, write.board.revision)));
    expect([pairs(), desk.engine.board().suggested_merges]).toEqual([both, 2]);
    value(await desk.do((write) => undoChange(write, write.board.revision)));
    await submit(b, { external_id: 'b-1', phone: PHONE });
    expect([pairs(), desk.engine.board().suggested_merges]).toEqual([[[3, 2]], 1]);
    const told = value(audit(desk.engine.read, { limit: 3 }, 'UTC')).items.map(({ changes, is_undoable }) => [changes.map(({ kind }) => kind), is_undoable]);
    expect(told).toEqual([
      [['suggested_merge_dismissed'], true],
      [['suggested_merge_reopened'], false],
      [['suggested_merge_dismissed'], true],
    ]);
  });

  test('is dismissed together with all equal ones, in one step', async () => {
    const { desk, a, submit, pairs } = await suggested();
    await submit(a, { phone: PHONE, email: EMAIL }); // A's own: 2 becomes part of 1
    value(await desk.do((write) => dismissSuggestedMerge(write, 1)));
    expect([pairs(), desk.engine.board().suggested_merges]).toEqual([[], 0]);
    value(await desk.do((write) => undoChange(write, write.board.revision)));
    expect([pairs().length, desk.engine.board().suggested_merges]).toEqual([2, 2]);
  });

  test('does not reappear once the two are merged or one is erased; the dismissal still applies when they are separated', async () => {
    const { desk, pairs } = await suggested();
    value(await desk.do((write) => dismissSuggestedMerge(write, 1)));
    const { revision } = desk.engine.board();
    const undo = async () => {
      const result = await desk.do((write) => undoChange(write, revision));
      return result.ok ? 'ok' : result.problem.code;
    };
    value(await desk.do((write) => saveLead(write, { external_id: 'b-1', phone: PHONE })));
    expect(await undo()).toBe('changed_since');
    value(await desk.do((write) => undoMerge(write, 1)));
    expect([pairs(), await undo(), pairs().length]).toEqual([[[3, 2]], 'ok', 2]);
    value(await desk.do((write) => dismissSuggestedMerge(write, 1)));
    value(await desk.do((write) => erase(write, 1)));
    expect([await undo(), desk.engine.board().suggested_merges]).toEqual(['changed_since', 1]);
  });

  test('follows its lead into a merge and its undo', async () => {
    const { desk, a, submit, pairs } = await suggested();
    await submit(a, { phone: PHONE, email: EMAIL }); // A's own: 2 becomes part of 1
    expect(pairs()).toEqual([
      [3, 1],
      [3, 1],
    ]);
    value(await desk.do((write) => undoMerge(write, 1)));
    expect(pairs()).toEqual([
      [3, 2],
      [3, 1],
    ]);
  });

  test('is settled by any other merge of the two', async () => {
    const { desk, pairs } = await suggested();
    value(await desk.do((write) => saveLead(write, { external_id: 'b-1', phone: PHONE })));
    expect([pairs(), desk.engine.board().suggested_merges]).toEqual([[[3, 2]], 1]);
  });

  test('is removed when one of its leads is erased, also when that lead was named through a merge', async () => {
    const { desk, pairs } = await suggested();
    value(await desk.do((write) => erase(write, 1)));
    expect([pairs(), desk.engine.board().suggested_merges]).toEqual([[[3, 2]], 1]);
    value(await desk.do((write) => acceptSuggestedMerge(write, 2)));
    value(await desk.do((write) => erase(write, 3)));
    expect([pairs(), desk.rows('SELECT id FROM suggested_merges')]).toEqual([[], []]);
  });

  test('names one lead at most twenty times, also after merges with other named leads', async () => {
    const { desk, a, b, submit, list } = await scene();
    for (let n = 0; n < 60; n++) await submit(a, { phone: `+7900000${1000 + n}` });
    for (let lead = 0; lead < 3; lead++) await submit(b, { external_id: `b-${lead}` });
    for (let lead = 0; lead < 3; lead++) for (let n = 0; n < 20; n++) await submit(b, { external_id: `b-${lead}`, phone: `+7900000${1000 + 20 * lead + n}` });
    expect(list()).toHaveLength(60);
    for (const lead of [1, 2]) {
      await submit(b, { email: `b${lead}@example.com`, external_id: `b-${lead}` });
      await submit(b, { external_id: 'b-0', email: `b${lead}@example.com` });
    }
    const most = desk.rows<{ n: number }>('SELECT count(*) AS n FROM suggested_merges GROUP BY survivor_id').map(({ n }) => n);
    expect([most, list().length, desk.engine.board().suggested_merges]).toEqual([[20], 20, 20]);
    const kept = desk.rows<{ bytes: number }>('SELECT max(length(moved)) AS bytes FROM merges')[0]?.bytes;
    expect(kept).toBeLessThan(500);
  });

  test('names one lead at most twenty times', async () => {
    const { b, submit, pairs } = await scene();
    for (let n = 0; n < 25; n++) await submit(b, { external_id: `b-${n}` });
    for (let n = 0; n < 25; n++) await submit(b, { external_id: `b-${n}`, phone: PHONE });
    expect(pairs().length).toBe(20);
  });
});

test('at a desk that does not ask, leads of different sources are merged at once', async () => {
  const { b, submit, pairs, merges } = await scene('auto');
  await submit(b, { phone: PHONE, email: EMAIL });
  expect([pairs(), merges().length]).toEqual([[], 1]);
});
