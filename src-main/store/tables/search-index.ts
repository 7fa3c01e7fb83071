/**
 * The full-text index: words of leads and contacts, in a separate database file beside the main one. Intake never writes to it:
 * a search first updates it from the rows and the journal. It can be deleted at any time.
 */
import { chmodSync, rmSync } from 'node:fs';
import Database from 'better-sqlite3';
import { indexedWords, type LeadWords, leadWords } from '#domain/search-text.ts';
import { chainAt } from '#store/journal/chain.ts';
import { latestRevision } from '#store/journal/journal.ts';
import { handlesOf } from '#store/sqlite/handles.ts';
import type { Reading, Writing } from '#store/sqlite/open.ts';
import { identifiersOfLead, LEAD_OF_ROW, type LeadRow, leadById, leadOfRow, partsOfLead } from './leads.ts';

/** Number of leads or contacts indexed in one step, which is one transaction. */
const STEP = 2000;
/** Number of contacts reindexed in one step after their lead's words changed. Each is deleted and rewritten in index rows shared with others. */
const PENDING_STEP = 200;
/** Number of a lead's identifiers, the earliest ones, that are indexed with it and each of its contacts. Further identifiers are found by exact match only. */
const MOST_IDENTIFIERS = 100;
/** Format version of the index. An index of another version is rebuilt. */
const FORM = 6;

const LEAD_COLUMNS = ['name', 'handles', 'phones', 'endings'] as const;
/** The columns that hold words rather than numbers. */
export const WORDS_OF_LEADS = ['name', 'handles'] as const;
export const WORDS_OF_CONTACTS = ['name', 'handles', 'message'] as const;

/** SQL for all that was written in a contact `c`: its message, and those that were added to it. */
const ALL_MESSAGES =
  'CASE c.messages WHEN 0 THEN c.message ELSE concat_ws(char(10), c.message, (SELECT group_concat(m.message, char(10)) FROM messages m WHERE m.contact_id = c.id)) END';

const SCHEMA = `
  CREATE TABLE state (form INTEGER NOT NULL, revision INTEGER NOT NULL, chain BLOB NOT NULL, lead_id INTEGER NOT NULL, contact_id INTEGER NOT NULL) STRICT;
  CREATE VIRTUAL TABLE lead_words USING fts5(name, handles, phones, endings, tokenize = 'unicode61 remove_diacritics 0', columnsize = 0);
  CREATE VIRTUAL TABLE contact_words USING fts5(name, handles, phones, endings, message, tokenize = 'unicode61 remove_diacritics 0', columnsize = 0);
  CREATE TABLE pending (part_id INTEGER PRIMARY KEY, contact_id INTEGER NOT NULL) STRICT; -- parts of leads whose contacts after this one have other words
  INSERT INTO lead_words(lead_words, rank) VALUES ('secure-delete', 1);
  INSERT INTO contact_words(contact_words, rank) VALUES ('secure-delete', 1);
`;

interface State {
  readonly form: number;
  /** journal rows up to this revision are in the index */
  readonly revision: number;
  /** the journal's chain at that revision; a different one means a different history, after a restore or in another database */
  readonly chain: Buffer;
  /** leads and contacts up to these ids are in the index */
  readonly lead_id: number;
  readonly contact_id: number;
}

/** Progress of indexing. */
export interface IndexProgress {
  readonly done: number;
  readonly of: number;
  /** only contacts whose lead's words changed are still to be indexed */
  readonly isAnew: boolean;
}

/** An open full-text index. Errors of SQLite pass through; `isDamaged` tells which of them mean that the index must be rebuilt. */
export class SearchIndex {
  readonly #connection: Database.Database;
  readonly #own: Writing;
  /** the revision up to which everything is indexed, except contacts waiting to be reindexed */
  #takenAt = -1;

  /** Opens the index at `file`; creates an empty one when it is missing or unreadable. Only the owner can read it. */
  constructor(file: string) {
    this.#connection = openOrMake(file);
    this.#own = handlesOf(this.#connection);
  }

  close(): void {
    this.#connection.close();
  }

  /**
   * Indexes the next leads, contacts and changes of `main`. Returns null when the index reflects `main` at `revision`. The target is fixed rather than the
   * latest revision, so that indexing ends even while leads are merged continuously.
   * @param main a snapshot of the main database
   */
  step(main: Reading, revision: number): IndexProgress | null {
    const { progress, forgets } = this.#connection.transaction(() => this.#takeIn(main, revision)).immediate();
    // deleted content is overwritten in the database, but still in the log
    if (forgets) this.#connection.pragma('wal_checkpoint(TRUNCATE)');
    return progress;
  }

  #takeIn(main: Reading, wanted: number): { progress: IndexProgress | null; forgets: boolean } {
    const before = this.#state(main);
    const isPending = this.#indexPending(main, before);
    const changed = changedLeads(main, before.revision);
    if (changed.erased.size === 0 && (isPending || this.#takenAt >= wanted))
      return { progress: isPending ? { ...progressOf(main, before), isAnew: true } : null, forgets: false };
    for (const lead_id of changed.ids) this.#indexLead(main, lead_id, before, true);
    // erased leads are processed in this step, not a later one
    for (const lead_id of changed.erased) for (const part of partsOfLead(main, lead_id)) while (this.#indexPart(main, part, before) > 0);

    const leads = main.all<{ id: number }>('SELECT id FROM leads WHERE id > ? ORDER BY id LIMIT ?', before.lead_id, STEP);
    for (const { id } of leads) this.#indexLead(main, id, before, true);
    let after = { ...before, lead_id: leads.at(-1)?.id ?? before.lead_id };
    if (leads.length < STEP) {
      const contacts = main.all<ContactText>(
        `SELECT c.id, l.id AS lead_id, ${ALL_MESSAGES} AS message FROM contacts c ${LEAD_OF_ROW} WHERE c.id > ? ORDER BY c.id LIMIT ?`,
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
    const progress = progressOf(main, after);
    const isAnew = progress.done >= progress.of;
    if (isAnew) this.#takenAt = revision;
    const isWhole = isAnew && this.#nextPending() === undefined;
    return { progress: isWhole ? null : { ...progress, isAnew }, forgets: changed.erased.size > 0 || before.lead_id === 0 };
  }

  /** State of the index. It starts over when its history is not `main`'s. */
  #state(main: Reading): State {
    const state = this.#own.get<State>('SELECT form, revision, chain, lead_id, contact_id FROM state');
    if (state?.form === FORM && chainAt(main, state.revision)?.equals(state.chain)) return state;
    for (const table of ['state', 'lead_words', 'contact_words', 'pending']) this.#connection.exec(`DROP TABLE IF EXISTS ${table}`);
    this.#connection.exec(SCHEMA);
    this.#takenAt = -1;
    return { form: FORM, revision: latestRevision(main), chain: Buffer.alloc(0), lead_id: 0, contact_id: 0 };
  }

  /** Updates a lead's words. When they changed or are `suspect`, its contacts are reindexed in later steps. */
  #indexLead(main: Reading, lead_id: number, { contact_id }: State, suspect: boolean): LeadWords {
    const lead = leadById(main, lead_id);
    const words = wordsOfLead(main, lead);
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
      for (const part of partsOfLead(main, lead_id)) {
        const isIndexed = main.get('SELECT 1 FROM contacts WHERE lead_id = ? AND id <= ? LIMIT 1', part, contact_id) !== undefined;
        if (isIndexed) this.#own.run('INSERT OR REPLACE INTO pending (part_id, contact_id) VALUES (?, 0)', part);
      }
    return words;
  }

  #nextPending(): Pending | undefined {
    return this.#own.get<Pending>('SELECT part_id, contact_id FROM pending ORDER BY part_id LIMIT 1');
  }

  /** Reindexes the next contacts whose lead's words changed. Returns whether there are more. */
  #indexPending(main: Reading, state: State): boolean {
    for (let left = PENDING_STEP; left > 0; ) {
      const next = this.#nextPending();
      if (!next) return false;
      left -= Math.max(1, this.#indexPart(main, next.part_id, state));
    }
    return this.#nextPending() !== undefined;
  }

  /** Reindexes the next contacts of a part and stores the progress. Returns their number. */
  #indexPart(main: Reading, part_id: number, { contact_id: last }: State): number {
    const after = this.#own.get<Pending>('SELECT part_id, contact_id FROM pending WHERE part_id = ?', part_id);
    if (!after) return 0;
    const sql = `SELECT c.id, ${ALL_MESSAGES} AS message FROM contacts c WHERE c.lead_id = ? AND c.id > ? AND c.id <= ? ORDER BY c.id LIMIT ?`;
    const contacts = main.all<Pick<ContactText, 'id' | 'message'>>(sql, part_id, after.contact_id, last, PENDING_STEP);
    const lead = leadOfRow(main, part_id);
    const words = wordsOfLead(main, lead);
    for (const contact of contacts) {
      this.#own.run('DELETE FROM contact_words WHERE rowid = ?', contact.id);
      this.#insertContact(contact, words);
    }
    const end = contacts.at(-1);
    if (end) this.#own.run('UPDATE pending SET contact_id = ? WHERE part_id = ?', end.id, part_id);
    else this.#own.run('DELETE FROM pending WHERE part_id = ?', part_id);
    return contacts.length;
  }

  #insertContact({ id, message }: Pick<ContactText, 'id' | 'message'>, { name, handles, phones, endings }: LeadWords): void {
    this.#own.run(
      'INSERT INTO contact_words (rowid, name, handles, phones, endings, message) VALUES (?, ?, ?, ?, ?, ?)',
      id,
      name,
      handles,
      phones,
      endings,
      indexedWords(message ?? ''),
    );
  }
}

interface Pending {
  readonly part_id: number;
  readonly contact_id: number;
}

function wordsOfLead(main: Reading, lead: LeadRow | undefined): LeadWords {
  return leadWords(lead?.name ?? null, lead ? identifiersOfLead(main, lead, MOST_IDENTIFIERS).slice(0, MOST_IDENTIFIERS) : []);
}

/** Progress over all leads and contacts; contacts waiting to be reindexed count as done. */
function progressOf(main: Reading, { lead_id, contact_id }: Pick<State, 'lead_id' | 'contact_id'>): Omit<IndexProgress, 'isAnew'> {
  const last = main.get<{ leads: number | null; contacts: number | null }>(
    'SELECT (SELECT MAX(id) FROM leads) AS leads, (SELECT MAX(id) FROM contacts) AS contacts',
  );
  return { done: lead_id + contact_id, of: (last?.leads ?? 0) + (last?.contacts ?? 0) };
}

interface ContactText {
  readonly id: number;
  readonly lead_id: number;
  readonly message: string | null;
}

/** Leads that changed other than by their contacts. Each such change has data in the journal. */
function changedLeads(main: Reading, after: number): { ids: Set<number>; erased: Set<number> } {
  const rows = main.all<{ kind: string; data: string }>(
    `SELECT kind, data FROM journal INDEXED BY journal_audit
     WHERE data IS NOT NULL AND revision > ? AND kind IN ('lead_saved', 'leads_merged', 'merge_undone', 'lead_erased', 'message_added') ORDER BY revision`,
    after,
  );
  const ids = new Set<number>();
  const erased = new Set<number>();
  for (const { kind, data } of rows) {
    const { lead_id, survivor_id, merged_id } = JSON.parse(data) as { lead_id?: number; survivor_id?: number; merged_id?: number }; // engine/leads/leads.ts writes it
    for (const id of [lead_id, survivor_id, merged_id]) if (id !== undefined) ids.add(id);
    if (kind === 'lead_erased' && lead_id !== undefined) erased.add(lead_id);
  }
  return { ids, erased };
}

function openOrMake(file: string): Database.Database {
  try {
    return made(file);
  } catch {
    removeIndex(file);
    return made(file);
  }
}

/** Removes the index. It must be closed. */
export function removeIndex(file: string): void {
  for (const suffix of ['', '-wal', '-shm']) rmSync(`${file}${suffix}`, { force: true });
}

const DAMAGED = /^SQLITE_(CORRUPT|NOTADB)/;

/** Whether the error says that the index file is damaged or no database. */
export function isDamaged(error: unknown): boolean {
  return error instanceof Database.SqliteError && DAMAGED.test(error.code);
}

/** Opens or creates the index database. @throws when the file is no index or is damaged */
function made(file: string): Database.Database {
  const connection = new Database(file);
  try {
    connection.pragma('journal_mode = WAL');
    chmodSync(file, 0o600); // its log gets the same permissions
    connection.pragma('synchronous = NORMAL'); // rows lost in a power cut are indexed again
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
