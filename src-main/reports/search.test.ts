import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { fc } from '@fast-check/vitest';
import { describe, expect, onTestFinished, test } from 'vitest';
import { wordsOf } from '#domain/search-text.ts';
import { updateOperator } from '#engine/configuration/operators.ts';
import { updateRule } from '#engine/configuration/rules.ts';
import { closeContact, reassignContact } from '#engine/contacts/contacts.ts';
import { erase } from '#engine/leads/erase-lead.ts';
import { saveLead, undoMerge } from '#engine/leads/leads.ts';
import { Desk, type DeskOptions, value } from '#engine/testing/desk.ts';
import type { ContactInput } from '#shared/contract/entities.ts';
import { contactListQuery, leadListQuery, type StillIndexing } from '#shared/contract/lists.ts';
import { SEED } from '#shared/testing/tables.ts';
import { dataDir, KeptDesk } from '#vault/testing/keeper.ts';
import { find, forget, listContacts, listLeads } from './lists.ts';
import { indexBeside } from './search.ts';
import { openSources, type Sources } from './sources.ts';

const WORKSPACE = { phoneRegion: 'RU', timeZone: 'Europe/Moscow' } as const;

/** Asks without a thread, repeating while the index is incomplete. */
function asker(database: string) {
  const from: Sources = openSources(database);
  function answer<T>(steps: () => Generator<unknown, T>): Exclude<T, StillIndexing> {
    for (;;) {
      const asked = steps();
      let step = asked.next();
      while (!step.done) step = asked.next();
      const { value: answered } = step;
      if (!(typeof answered === 'object' && answered !== null && 'indexing' in answered)) return answered as Exclude<T, StillIndexing>; // TypeScript does not narrow type parameters
    }
  }
  return {
    contacts: (query: object = {}) => answer(() => listContacts(from, { ...WORKSPACE, query: contactListQuery.parse(query) })),
    leads: (query: object = {}) => answer(() => listLeads(from, { ...WORKSPACE, query: leadListQuery.parse(query) })),
    find: (text: string, limit = 5) => answer(() => find(from, { ...WORKSPACE, text, limit })),
    forget: () => answer(() => forget(from, null)),
  };
}

/** A desk on a disk with two sources, served by Anna and Boris. */
async function desk(options: DeskOptions = {}) {
  const { database } = dataDir();
  const it = new Desk({ file: database, ...options });
  onTestFinished(() => it.engine.close());
  const [site, bot] = [await it.source('Сайт'), await it.source('Бот')];
  const [anna, boris] = [await it.operator('Анна', 1000), await it.operator('Борис', 1000)];
  await it.weights(site, { [anna]: 1 });
  await it.weights(bot, { [boris]: 1 });
  const submit = async (input: ContactInput, source_id = site) => value(await it.submit(source_id, input)).contact;
  return { it, database, site, bot, anna, boris, submit, ask: asker(database) };
}

const ids = (page: { items: readonly { id: number }[] }) => page.items.map(({ id }) => id);

describe('searching', () => {
  test('finds a Russian word in any form, in messages and names, and no word that only begins like a short one', async () => {
    const { submit, ask } = await desk();
    const first = await submit({ external_id: 'a', name: 'Пелагея Ёлкина', message: 'Сколько стоит доставка?' });
    const second = await submit({ external_id: 'b', name: 'Олег', message: 'Верните деньги за доставку посылки' });
    const third = await submit({ external_id: 'c', name: 'Сто', message: 'стол' });
    for (const text of ['доставка', 'доставки', 'доставкой', 'Доставкам', 'достав']) expect(ids(ask.contacts({ text })), text).toEqual([second.id, first.id]);
    for (const text of ['посылку', 'посылка деньгами', 'Олегу', 'деньгам']) expect(ids(ask.contacts({ text })), text).toEqual([second.id]);
    for (const text of ['Ёлкиной', 'елкину', 'Пелагее Ёлкиной']) expect(ids(ask.contacts({ text })), text).toEqual([first.id]);
    expect(ids(ask.contacts({ text: 'стоит' }))).toEqual([first.id]);
    expect(ids(ask.leads({ text: 'Пелагеей' }))).toEqual([first.lead_id]);
    expect(ids(ask.contacts({ text: 'столов' }))).toEqual([third.id]);
    expect(ids(ask.contacts({ text: 'посылочка' }))).toEqual([]);
  });

  test('finds an order number with and without its sign, and a phone that was copied with its label', async () => {
    const { submit, ask } = await desk();
    const wanted = await submit({ phone: '8 916 555-44-33', message: 'Где заказ №АБ-123/45? И заказ №77123, и #8812' });
    await submit({ phone: '8 916 555-44-34', message: 'телефон не работает' });
    for (const text of ['АБ-123', '№АБ-123/45', 'заказ № АБ-123', '77123', 'заказ №77123', '8812', 'тел. 8 916 555-44-33', 'т.89165554433', 'tel:+79165554433'])
      expect(ids(ask.contacts({ text })), text).toEqual([wanted.id]);
    expect(ids(ask.contacts({ text: 'телефон' }))).toHaveLength(1);
  });

  test('finds a phone in any spelling, by its beginning and by its end', async () => {
    const { submit, ask } = await desk();
    const wanted = await submit({ phone: '8 (900) 123-45-67', name: 'Ирина' });
    await submit({ phone: '+7 901 765-43-21' });
    const foreign = await submit({ phone: '+44 20 7946 0958' });
    for (const text of [
      '89001234567',
      '+7 900 123 45 67',
      '9001234567',
      '8 (900) 123-45-67',
      '8-900',
      '+7900',
      '900 123',
      '4567',
      '45-67',
      '123-45-67',
      '(900) 12',
      'Ирина 4567',
      '900 ирин',
    ])
      expect(ids(ask.contacts({ text })), text).toEqual([wanted.id]);
    for (const text of ['+44 20 7946', '2079460958', '0958', '+442079460958']) expect(ids(ask.contacts({ text })), text).toEqual([foreign.id]);
    for (const text of ['9001234568', '5555', '900 4321', 'Ирина 0958']) expect(ids(ask.contacts({ text })), text).toEqual([]);
  });

  test('finds what was written in a message that joined a contact, and no more once its lead is erased', async () => {
    const { it, site, submit, ask } = await desk();
    value(await it.do((write) => updateRule(write, site, { repeat: { mode: 'join', within_seconds: null } })));
    const first = await submit({ external_id: 'a', message: 'Здравствуйте' });
    const found = (text: string) => ids(ask.contacts({ text }));
    expect(found('рассрочка')).toEqual([]);
    await submit({ external_id: 'a', message: 'Возможна ли рассрочка?' });
    expect([found('рассрочка'), found('здравствуйте рассрочка')]).toEqual([[first.id], [first.id]]);
    value(await it.do((write) => erase(write, first.lead_id)));
    expect(found('рассрочка')).toEqual([]);
  });

  test('finds emails, external ids, names and messages by the beginning of each word, in any case, with е for ё', async () => {
    const { submit, ask } = await desk();
    const a = await submit({ external_id: 'tg-7712', name: 'Пётр Ёлкин', message: 'Сколько стоит доставка?' });
    const b = await submit({ email: 'Petra.Muster@mail.Example.com', name: '=HYPERLINK("http://x")', message: '<img src=x onerror=alert(1)>' });
    const cases: [string, number[]][] = [
      ['tg-7712', [a.id]],
      ['TG-77', [a.id]],
      ['7712', [a.id]],
      ['петр', [a.id]],
      ['елк', [a.id]],
      ['стоит дост', [a.id]],
      ['Ёлкин стоит', [a.id]],
      ['petra.muster@mail.example.com', [b.id]],
      ['petra.mus', [b.id]],
      ['example.com', [b.id]],
      ['hyperlink', [b.id]],
      ['onerror', [b.id]],
      ['t', [a.id]],
      [`#${b.id}`, [b.id]],
      ['№ 1', [1]],
      ['оставка', []],
      ['стоит елкин павла', []],
      ['"', []],
      ['" OR name:*', []],
      ['NEAR(', []],
      ['-', []],
    ];
    for (const [text, expected] of cases) expect(ids(ask.contacts({ text })), text).toEqual(expected);
  });

  test.each<[given: ContactInput, found: string[], not?: string[]]>([
    [
      { phone: '8 900 123-45-67' },
      [
        '\u202a+7 900 123-45-67\u202c',
        '\u200e89001234567',
        '8\u00a0900\u00a01234567',
        '+7\u2060900',
        '8-900-123-45-67',
        '(900) 123 45 67',
        '8.900.123.45.67',
        '123-45-67',
        '+7 (900)',
      ],
    ],
    [{ external_id: 'a', name: 'Jörg Müller' }, ['muller', 'Müller', 'MÜLLER', 'Mu\u0308ller', 'jorg mull'], ['mueller']],
    [{ external_id: 'a', name: "Sinéad O'Connor" }, ['oconnor', "O'Connor", 'connor', 'O’Connor', 'sinead ocon', 'o connor'], ['nnor']],
    [{ external_id: 'a', message: 'Д’Артаньян звонил' }, ['дартаньян', 'артаньян', "д'артаньян"]],
    [{ external_id: 'a', name: 'Łukasz Żółć' }, ['lukasz', 'zolc', 'Żółć', 'łukasz']],
    [{ external_id: 'a', name: 'Søren Ærø Đặng' }, ['soren', 'aero', 'dang', 'Ærø']],
    [{ external_id: 'a', name: 'Weiß Straße' }, ['weiss', 'strasse', 'weiß']],
    [{ external_id: 'a', name: 'Işık İnönü' }, ['isik', 'inonu', 'ışık', 'İNÖNÜ']],
    [{ external_id: 'a', name: 'Андрей Ёжиков' }, ['андрей', 'ежиков', 'ёжиков']],
    [{ email: 'иван@почта.рф' }, ['почта.рф', 'иван@почта.рф', 'иван@почта', 'почта', 'xn--80a1acny']],
    [{ email: 'anna@bücher.example' }, ['bücher.example', 'bucher', 'anna@bücher.example']],
    [{ external_id: 'a', message: '我想订购东京都的酒店' }, ['东京', '酒店', '订购', '东京都'], ['京东']],
    [{ external_id: 'a', message: '配送先は東京都渋谷区です' }, ['渋谷', '東京都', 'です'], ['京東']],
    [{ external_id: 'a', message: 'サポートセンター' }, ['センター', 'サポート', 'ｻﾎﾟｰﾄ']],
    [{ external_id: 'a', message: '안녕하세요 서울입니다' }, ['서울', '안녕']],
    [{ external_id: 'a', name: 'Ваня\u200b Сидоров', message: 'до\u00adставка' }, ['ваня сидоров', 'доставка', 'сидо\u00adров']],
  ])('%j is found by %j', async (given, found, not = []) => {
    const { submit, ask } = await desk();
    await submit({ external_id: 'other', name: 'Другой', message: 'другое' });
    const { id } = await submit(given);
    for (const text of found) expect(ids(ask.contacts({ text })), text).toEqual([id]);
    for (const text of not) expect(ids(ask.contacts({ text })), text).toEqual([]);
  });

  test('is combined with filters and pages, in either order, and counts the results', async () => {
    const { it, submit, ask, site, bot, boris } = await desk();
    const all: number[] = [];
    for (let nth = 0; nth < 30; nth++) {
      it.now += 3_600_000;
      all.push((await submit({ external_id: `x-${nth}`, message: nth % 2 ? 'цена и скидка' : 'привет' }, nth % 3 ? site : bot)).id);
    }
    for (const id of all.slice(0, 6)) await it.do((write) => closeContact(write, id));
    const wanted = all.filter((id) => id % 2 === 0 && (id - 1) % 3 === 0 && id > 6);
    const query = { text: 'скидка', source_id: bot, operator_id: boris, status: 'open' as const };
    expect(ask.contacts(query)).toMatchObject({ total: wanted.length, has_more: false });
    for (const order of ['newest', 'oldest'] as const) {
      const seen: number[] = [];
      for (let after: number | null = null; ; ) {
        const page = ask.contacts({ ...query, order, after, limit: 2 });
        seen.push(...ids(page));
        expect(page.total).toBe(after === null ? wanted.length : null);
        if (!page.has_more) break;
        after = seen.at(-1) ?? null;
      }
      expect(seen).toEqual(order === 'newest' ? wanted.toReversed() : wanted);
    }
    expect(ask.contacts({ status: 'closed' }).total).toBe(6);
    expect(ask.contacts({ status: 'assigned', limit: 5 })).toMatchObject({ total: 24, has_more: true });
  });

  test("takes a period's days as the workspace counts them, midnight to midnight", async () => {
    const { it, submit, ask } = await desk();
    const at = async (time: string) => {
      it.now = Date.parse(time);
      return (await submit({ external_id: time, message: 'день' })).id;
    };
    const [before, first, last, after] = [
      await at('2026-11-21T20:59:59.999Z'), // still the 21st in Moscow
      await at('2026-11-21T21:00:00Z'),
      await at('2026-11-22T20:59:59.999Z'),
      await at('2026-11-22T21:00:00Z'),
    ];
    for (const text of ['', 'день']) {
      expect(ids(ask.contacts({ text, from: '2026-11-22', to: '2026-11-22', order: 'oldest' }))).toEqual([first, last]);
      expect(ids(ask.contacts({ text, to: '2026-11-21' }))).toEqual([before]);
      expect(ids(ask.contacts({ text, from: '2026-11-23' }))).toEqual([after]);
      expect(ids(ask.contacts({ text, from: '2026-11-21T21:00:00Z', to: '2026-11-22T20:59:59.999Z' }))).toEqual([first]);
      expect(ask.contacts({ text, from: '2027-01-01' })).toEqual({ items: [], has_more: false, total: 0 });
    }
    expect(ids(ask.leads({ from: '2026-11-22', to: '2026-11-22' }))).toHaveLength(2);
  });

  test('follows merges, their undoing and names that come later', async () => {
    const { it, submit, ask } = await desk();
    const [one, two] = [await submit({ phone: '+79001112233' }), await submit({ email: 'anna@example.com' })];
    expect(ids(ask.contacts({ text: 'анна' }))).toEqual([]);
    await submit({ phone: '+79001112233', email: 'anna@example.com', name: 'Анна' });
    expect(ids(ask.contacts({ text: 'анна' }))).toEqual([3, 2, 1]);
    expect(ids(ask.contacts({ text: 'anna@example.com' }))).toEqual([3, 2, 1]);
    expect(ids(ask.leads({ text: 'example' }))).toEqual([one.lead_id]);
    const [merge] = it.rows<{ id: number }>('SELECT id FROM merges');
    value(await it.do((write) => undoMerge(write, merge?.id ?? 0)));
    expect(ids(ask.contacts({ text: 'anna@example.com' }))).toEqual([2]);
    expect(ids(ask.leads({ text: 'example' }))).toEqual([two.lead_id]);
    expect(ids(ask.leads({ text: '2233' }))).toEqual([one.lead_id]);
    const { id } = value(await it.do((write) => saveLead(write, { external_id: 'vk-5', name: 'Без обращений' })));
    expect(ask.find('без обр')).toMatchObject({ leads: [{ id, contacts: 0, external_id: 'vk-5' }], contacts: [] });
  });

  test('removes an erased lead immediately, also from the file', async () => {
    const { it, submit, ask, database } = await desk();
    const { lead_id } = await submit({ phone: '+79005550101', name: 'Стирашкин', message: 'verysecretword' });
    for (let nth = 0; nth < 50; nth++) await submit({ external_id: `x-${nth}`, message: 'обычное сообщение' });
    expect(ids(ask.contacts({ text: 'verysecret' }))).toEqual([1]);
    const onDisk = (word: string) =>
      [indexBeside(database), `${indexBeside(database)}-wal`].some((file) => existsSync(file) && readFileSync(file).includes(word));
    expect(onDisk('verysecretword')).toBe(true);
    value(await it.do((write) => erase(write, lead_id)));
    ask.forget();
    for (const word of ['verysecretword', 'стирашкин', '79005550101', '10105550097']) expect(onDisk(word), word).toBe(false);
    for (const text of ['verysecret', 'стирашкин', '5550101']) expect([...ids(ask.contacts({ text })), ...ids(ask.leads({ text }))]).toEqual([]);
    expect(ids(ask.contacts({ text: 'обычное' }))).toHaveLength(50);
  });

  test('builds its index, readable by the owner only, at first use, and rebuilds it when damaged', async () => {
    const { submit, ask, database } = await desk();
    await submit({ external_id: 'a', message: 'раз' });
    expect([ids(ask.contacts({ status: 'open' })), existsSync(indexBeside(database))]).toEqual([[1], false]);
    expect(ids(ask.contacts({ text: 'раз' }))).toEqual([1]);
    for (const file of [indexBeside(database), `${indexBeside(database)}-wal`]) expect(statSync(file).mode & 0o777).toBe(0o600);
    const other = asker(database);
    writeFileSync(indexBeside(database), 'this is no database, and long enough to be looked at as if it were one');
    expect(ids(other.contacts({ text: 'раз' }))).toEqual([1]);
  });

  test('recognises another history by its chain: a restored backup is searched correctly', async () => {
    const kept = await (await KeptDesk.open()).filled(1);
    const ask = async (text: string) => {
      const page = await kept.reader.ask('listContacts', { ...WORKSPACE, query: contactListQuery.parse({ text }) });
      if ('indexing' in page) throw new Error('a handful of contacts is indexed at once');
      return ids(page);
    };
    const backup = value(await kept.keeper.backUpNow());
    value(await kept.submit(1, { external_id: 'after', message: 'позже' }));
    expect(await ask('позже')).toEqual([2]);
    value(await kept.keeper.restore('console', backup));
    expect(await ask('позже')).toEqual([]);
    value(await kept.submit(1, { external_id: 'again', message: 'иначе' }));
    expect([await ask('позже'), await ask('иначе')]).toEqual([[], [2]]);
  });
});

describe('a large lead that was merged', () => {
  /** Number of contacts of a lead. All of them are reindexed once it is merged into the lead `fresh-0`. */
  const CONTACTS = 900;

  async function merged() {
    const { it, database, submit, ask, site } = await desk();
    const { lead_id } = await submit({ external_id: 'big', phone: '+79000000001' });
    const { connection } = it.engine.read.store;
    connection
      .prepare(`INSERT INTO contacts (source_id, lead_id, status, message, made_lead, created_at, closed_at)
        WITH RECURSIVE n(x) AS (SELECT 2 UNION ALL SELECT x + 1 FROM n WHERE x < ?) SELECT ?, ?, 'closed', 'привет', 0, 0, 0 FROM n`)
      .run(CONTACTS, site, lead_id);
    expect(ask.contacts({ text: 'привет', limit: 1 }).total).toBe(CONTACTS - 1);
    const merge = async (n: number) => {
      await submit({ external_id: `fresh-${n}` });
      await submit({ external_id: `fresh-${n}`, phone: '+79000000001' });
    };
    await merge(0);
    const from = openSources(database);
    const search = (text: string) => listContacts(from, { ...WORKSPACE, query: contactListQuery.parse({ text, limit: 1 }) });
    return { search, merge, ask };
  }

  test('is reindexed in steps, and other queries are answered between them', async () => {
    const { search, ask } = await merged();
    const asked = search('fresh');
    let steps = 0;
    let step = asked.next();
    for (; !step.done; step = asked.next()) steps += 1;
    expect(steps).toBeGreaterThanOrEqual(CONTACTS / 200 - 1);
    expect(step.value).toMatchObject({ total: CONTACTS + 2 });
    expect(ask.contacts({ text: 'big fresh', limit: 1 }).total).toBe(CONTACTS + 2);
  });

  test('is found in its state at the query, although it is merged again at every step', async () => {
    const { search, merge, ask } = await merged();
    const asked = search('fresh');
    let n = 1;
    let step = asked.next();
    for (; !step.done; step = asked.next()) await merge(n++);
    expect(n).toBeGreaterThan(2);
    expect(step.value).toMatchObject({ total: CONTACTS + 2 });
    expect(ask.contacts({ text: `fresh-${n - 1}`, limit: 1 }).total).toBe(CONTACTS + 2 * n);
  });
});

describe('after any history', () => {
  const NAMES = ['Анна', 'Пётр Ёлкин', 'Борис', null];
  const MESSAGES = ['привет', 'сколько стоит', 'цена', null];
  const step = fc.record({
    what: fc.constantFrom('submit', 'submit', 'submit', 'save', 'undo', 'erase', 'search'),
    a: fc.nat(40),
    b: fc.nat(40),
    c: fc.nat(40),
  });

  test('a search finds exactly the rows that have its words', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 40 }), async (steps) => {
        const { it, database, site, ask } = await desk({ mostMoved: [undefined, 0, 1][steps.length % 3] });
        for (const { what, a, b, c } of steps) {
          const identifiers = {
            ...(a % 3 ? { phone: `+7900000000${a % 5}` } : {}),
            ...(b % 3 ? { email: `m${b % 5}@example.com` } : {}),
            external_id: c % 3 ? `id-${c % 5}` : 'id-0',
          };
          if (what === 'submit') value(await it.submit(site, { ...identifiers, name: NAMES[c % 4] ?? null, message: MESSAGES[a % 4] ?? null }));
          else if (what === 'save') value(await it.do((write) => saveLead(write, { ...identifiers, name: NAMES[b % 4] ?? null })));
          else if (what === 'undo') await it.do((write) => undoMerge(write, (a % 6) + 1));
          else if (what === 'erase') await it.do((write) => erase(write, (a % 6) + 1));
          else ask.contacts({ text: 'x' });
        }
        for (const where of [ask, asker(database)])
          for (const word of ['анна', 'елкин', 'привет', 'стоит', 'm1', 'example', 'id', '79000000001', '9000000002']) {
            const truth = scan(it, word);
            expect({ word, contacts: ids(where.contacts({ text: word, limit: 500 })), leads: ids(where.leads({ text: word, limit: 500 })) }).toEqual({
              word,
              ...truth,
            });
          }
      }),
      { seed: SEED, numRuns: 25 },
    );
  });

  /** The same search without an index, over all rows. */
  function scan(it: Desk, word: string): { contacts: number[]; leads: number[] } {
    const leads = it.rows<{ id: number; name: string | null; own: string | null }>(
      `SELECT l.id, l.name, (SELECT group_concat(CASE WHEN kind = 'phone' THEN value || ' ' || substr(value, 3) ELSE value END, ' ') FROM lead_identifiers i JOIN leads p ON p.id = i.lead_id
         WHERE coalesce(p.part_of, p.id) = l.id) AS own
       FROM leads l WHERE merged_into IS NULL ORDER BY id DESC`,
    );
    const has = (text: string) =>
      wordsOf(text)
        .split(' ')
        .some((one) => one.startsWith(word));
    const texts = new Map(leads.map(({ id, name, own }) => [id, `${own === null ? '' : (name ?? '')} ${own ?? ''}`]));
    const contacts = it.rows<{ id: number; lead_id: number; message: string | null }>(
      'SELECT c.id, coalesce(p.part_of, p.id) AS lead_id, message FROM contacts c JOIN leads p ON p.id = c.lead_id ORDER BY c.id DESC',
    );
    return {
      contacts: contacts.filter(({ lead_id, message }) => has(`${texts.get(lead_id) ?? ''} ${message ?? ''}`)).map(({ id }) => id),
      leads: leads.filter(({ id }) => has(texts.get(id) ?? '')).map(({ id }) => id),
    };
  }
});

describe('contacts by the time of an assignment', () => {
  const DAY = '2026-11-22';
  const ofDay = { period_of: 'assigned', from: DAY, to: DAY };

  test('include those that arrived on an earlier day, once each, and exclude waiting ones', async () => {
    const { it, submit, ask, anna, boris } = await desk();
    const yesterday = it.now - 24 * 3_600_000;
    it.now = yesterday;
    const [gone, early] = [await submit({ external_id: 'gone' }), await submit({ external_id: 'early' })];
    it.now = yesterday + 24 * 3_600_000;
    const today = await submit({ external_id: 'today' });
    for (const to of [boris, anna, null, boris]) value(await it.do((write) => reassignContact(write, early.id, to)));
    value(await it.do((write) => updateOperator(write, anna, { is_active: false })));
    const waits = await submit({ external_id: 'waits' });
    expect(waits.status).toBe('waiting');
    expect(ids(ask.contacts(ofDay))).toEqual([today.id, early.id]);
    expect(ids(ask.contacts({ ...ofDay, order: 'oldest' }))).toEqual([early.id, today.id]);
    expect(ids(ask.contacts({ ...ofDay, operator_id: boris }))).toEqual([early.id]);
    expect(ids(ask.contacts({ ...ofDay, from: '2026-11-21' }))).toEqual([today.id, early.id, gone.id]);
    expect(ids(ask.contacts({ ...ofDay, period_of: 'created' }))).toEqual([waits.id, today.id]);
  });

  test('are as many as the figure of the day says, whatever happened to them', async () => {
    const actions = fc.array(fc.tuple(fc.constantFrom('submit', 'move', 'put_back', 'close', 'away', 'back', 'night'), fc.nat(30)), { maxLength: 40 });
    await fc.assert(
      fc.asyncProperty(actions, async (run) => {
        const { it, submit, ask, anna, boris } = await desk();
        for (const [action, n] of run) {
          const { latest } = it.rows<{ latest: number | null }>('SELECT MAX(id) AS latest FROM contacts')[0] ?? { latest: null };
          const id = 1 + (n % (latest ?? 1));
          if (action === 'submit') await submit({ external_id: `x${n}` });
          else if (action === 'move') await it.do((write) => reassignContact(write, id, n % 2 === 0 ? anna : boris));
          else if (action === 'put_back') await it.do((write) => reassignContact(write, id, null));
          else if (action === 'close') await it.do((write) => closeContact(write, id));
          else if (action === 'night') it.now += 9 * 3_600_000;
          else await it.do((write) => updateOperator(write, anna, { is_active: action === 'back' }));
          const figures = await it.engine.today.figures(20_000);
          expect(ask.contacts({ period_of: 'assigned', from: figures.day, to: figures.day }).total).toBe(figures.assigned);
        }
        it.engine.close();
      }),
      { seed: SEED, numRuns: 40 },
    );
  });
});
