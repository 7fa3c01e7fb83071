/**
 * The index that searching looks in: words of leads and contacts in a database file of its own beside the main one. It is never part of a contact's way:
 * whoever searches brings it up to date first, from the rows and the journal, and it can be thrown away at any time.
 */
import { chmodSync, rmSync } from 'node:fs';
import Database from 'better-sqlite3';
import { type LeadWords, leadWords, wordsOf } from '#domain/search-text.ts';
import { chainAt } from './chain.ts';
import { handlesOf } from './handles.ts';
import { latestRevision } from './journal.ts';
import { identifiersOfLead, LEAD_OF_ROW, leadById, partsOfLead } from './leads.ts';
import type { Reading, Writing } from './open.ts';

/** How many leads or contacts are indexed in one step, and one transaction. */
const STEP = 2000;
/** So many identifiers of a lead, the first known, are among its words and those of each of its contacts. One that has more is found by them, and exactly by its others. */
const MOST_IDENTIFIERS = 100;
/** Changed when what is indexed changes: an index of another form is made anew. */
const FORM = 3;

const LEAD_COLUMNS = ['name', 'handles', 'phones', 'endings'] as const;
/** The columns that hold words, not numbers. */
export const WORDS_OF_LEADS = ['name', 'handles'] as const;
export const WORDS_OF_CONTACTS = ['name', 'handles', 'message'] as const;

const SCHEMA = `
  CREATE TABLE state (form INTEGER NOT NULL, revision INTEGER NOT NULL, chain BLOB NOT NULL, lead_id INTEGER NOT NULL, contact_id INTEGER NOT NULL) STRICT;
  CREATE VIRTUAL TABLE lead_words USING fts5(name, handles, phones, endings, tokenize = 'unicode61 remove_diacritics 0', columnsize = 0);
  CREATE VIRTUAL TABLE contact_words USING fts5(name, handles, phones, endings, message, tokenize = 'unicode61 remove_diacritics 0', columnsize = 0);
  INSERT INTO lead_words(lead_words, rank) VALUES ('secure-delete', 1);
  INSERT INTO contact_words(contact_words, rank) VALUES ('secure-delete', 1);
`;

interface State {
  readonly form: number;
  /** journal rows up to it are in the index */
  readonly revision: number;
  /** the journal's chain there: another one is another history, after a restore or of another database */
  readonly chain: Buffer;
  /** leads and contacts up to these ids are in the index */
  readonly lead_id: number;
  readonly contact_id: number;
}

/** How far the index is, of all that there is to be indexed. */
export interface IndexProgress {
  readonly done: number;
  readonly of: number;
}

export class SearchIndex {
  readonly #connection: Database.Database;
  readonly #own: Writing;

  /** Opens the index at `file`, or makes an empty one where there is none, or none that can be read. Only the owner can read it. */
  constructor(file: string) {
    this.#connection = openOrMake(file);
    this.#own = handlesOf(this.#connection);
  }

  close(): void {
    this.#connection.close();
  }

  /**
   * Takes in the next leads, contacts and changes that `main` has: null when that was all, so that the index says what `main` says.
   * @param main a snapshot of the main database
   */
  step(main: Reading): IndexProgress | null {
    const { progress, forgets } = this.#connection.transaction(() => this.#takeIn(main)).immediate();
    // what was deleted is overwritten in the database; the log still has it
    if (forgets) this.#connection.pragma('wal_checkpoint(TRUNCATE)');
    return progress;
  }

  #takeIn(main: Reading): { progress: IndexProgress | null; forgets: boolean } {
    const before = this.#state(main);
    const changed = changedLeads(main, before.revision);
    for (const lead_id of changed.ids) this.#indexLead(main, lead_id, before, true);

    const leads = main.all<{ id: number }>('SELECT id FROM leads WHERE id > ? ORDER BY id LIMIT ?', before.lead_id, STEP);
    for (const { id } of leads) this.#indexLead(main, id, before, true);
    let after = { ...before, lead_id: leads.at(-1)?.id ?? before.lead_id };
    if (leads.length < STEP) {
      const contacts = main.all<ContactText>(
        `SELECT c.id, l.id AS lead_id, c.message FROM contacts c ${LEAD_OF_ROW} WHERE c.id > ? ORDER BY c.id LIMIT ?`,
        before.contact_id,
        STEP,
      );
      const seen = new Map<number, LeadWords>();
      for (const contact of contacts) {
        let words = seen.get(contact.lead_id);
        if (!words) {
          words = this.#indexLead(main, contact.lead_id, before, false); // the contact may have brought a name or an identifier
          seen.set(contact.lead_id, words);
        }
        this.#insertContact(contact, words);
      }
      after = { ...after, contact_id: contacts.at(-1)?.id ?? before.contact_id };
    }
    const revision = latestRevision(main);
    this.#own.run('DELETE FROM state');
    this.#own.run(
      'INSERT INTO state (form, revision, chain, lead_id, contact_id) VALUES (?, ?, ?, ?, ?)',
      FORM,
      revision,
      chainAt(main, revision) ?? Buffer.alloc(0),
      after.lead_id,
      after.contact_id,
    );
    const last = main.get<{ leads: number | null; contacts: number | null }>(
      'SELECT (SELECT MAX(id) FROM leads) AS leads, (SELECT MAX(id) FROM contacts) AS contacts',
    );
    const of = (last?.leads ?? 0) + (last?.contacts ?? 0);
    const done = after.lead_id + after.contact_id;
    return { progress: done < of ? { done, of } : null, forgets: changed.erased || before.lead_id === 0 };
  }

  /** Where the index stands; it begins anew when its history is not `main`'s. */
  #state(main: Reading): State {
    const state = this.#own.get<State>('SELECT form, revision, chain, lead_id, contact_id FROM state');
    if (state?.form === FORM && chainAt(main, state.revision)?.equals(state.chain)) return state;
    for (const table of ['state', 'lead_words', 'contact_words']) this.#connection.exec(`DROP TABLE ${table}`);
    this.#connection.exec(SCHEMA);
    return { form: FORM, revision: latestRevision(main), chain: Buffer.alloc(0), lead_id: 0, contact_id: 0 };
  }

  /** Brings a lead's words, and when they changed or are `suspect` those of its contacts, up to date. */
  #indexLead(main: Reading, lead_id: number, { contact_id }: State, suspect: boolean): LeadWords {
    const lead = leadById(main, lead_id);
    const words = leadWords(lead?.name ?? null, identifiersOfLead(main, lead_id, MOST_IDENTIFIERS).slice(0, MOST_IDENTIFIERS));
    const known = this.#own.get<LeadWords>(`SELECT ${LEAD_COLUMNS.join(', ')} FROM lead_words WHERE rowid = ?`, lead_id);
    const isSame = known !== undefined && LEAD_COLUMNS.every((column) => known[column] === words[column]);
    if (!isSame) {
      if (known) this.#own.run('DELETE FROM lead_words WHERE rowid = ?', lead_id);
      if (lead?.merged_into === null && LEAD_COLUMNS.some((column) => words[column] !== ''))
        this.#own.run(
          `INSERT INTO lead_words (rowid, ${LEAD_COLUMNS.join(', ')}) VALUES (?, ?, ?, ?, ?)`,
          lead_id,
          words.name,
          words.handles,
          words.phones,
          words.endings,
        );
    }
    if (suspect || !isSame)
      for (const part of partsOfLead(main, lead_id))
        for (const contact of main.all<Pick<ContactText, 'id' | 'message'>>(
          'SELECT id, message FROM contacts WHERE lead_id = ? AND id <= ?',
          part,
          contact_id,
        )) {
          this.#own.run('DELETE FROM contact_words WHERE rowid = ?', contact.id);
          this.#insertContact(contact, words);
        }
    return words;
  }

  #insertContact({ id, message }: Pick<ContactText, 'id' | 'message'>, { name, handles, phones, endings }: LeadWords): void {
    this.#own.run(
      'INSERT INTO contact_words (rowid, name, handles, phones, endings, message) VALUES (?, ?, ?, ?, ?, ?)',
      id,
      name,
      handles,
      phones,
      endings,
      wordsOf(message ?? ''),
    );
  }
}

interface ContactText {
  readonly id: number;
  readonly lead_id: number;
  readonly message: string | null;
}

/** Leads that something happened to beside their contacts. Everything that did has data in the journal. */
function changedLeads(main: Reading, after: number): { ids: Set<number>; erased: boolean } {
  const rows = main.all<{ kind: string; data: string }>(
    `SELECT kind, data FROM journal INDEXED BY journal_audit
     WHERE data IS NOT NULL AND revision > ? AND kind IN ('lead_saved', 'leads_merged', 'merge_undone', 'lead_erased') ORDER BY revision`,
    after,
  );
  const ids = new Set<number>();
  for (const { data } of rows) {
    const { lead_id, survivor_id, merged_id } = JSON.parse(data) as { lead_id?: number; survivor_id?: number; merged_id?: number }; // engine/leads.ts writes it
    for (const id of [lead_id, survivor_id, merged_id]) if (id !== undefined) ids.add(id);
  }
  return { ids, erased: rows.some(({ kind }) => kind === 'lead_erased') };
}

function openOrMake(file: string): Database.Database {
  try {
    return made(file);
  } catch {
    removeIndex(file);
    return made(file);
  }
}

/** Nobody may have it open. */
export function removeIndex(file: string): void {
  for (const suffix of ['', '-wal', '-shm']) rmSync(`${file}${suffix}`, { force: true });
}

const DAMAGED = /^SQLITE_(CORRUPT|NOTADB)/;

export function isDamaged(error: unknown): boolean {
  return error instanceof Database.SqliteError && DAMAGED.test(error.code);
}

/** @throws when what is there is no index, or is damaged */
function made(file: string): Database.Database {
  const connection = new Database(file);
  try {
    connection.pragma('journal_mode = WAL');
    chmodSync(file, 0o600); // its log gets the same
    connection.pragma('synchronous = NORMAL'); // what a power cut takes is taken in again
    connection.pragma('secure_delete = ON');
    connection.pragma('trusted_schema = OFF');
    if (connection.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'state'").get() === undefined) connection.exec(SCHEMA);
    connection.prepare('SELECT form, revision, chain, lead_id, contact_id FROM state').get();
    return connection;
  } catch (error) {
    connection.close();
    throw error;
  }
}
