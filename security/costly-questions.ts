/** Cost of requests about a lead with very many contacts: each page and each merge is bounded, reads are rate-limited, and other callers do not wait for them. */
import Database from 'better-sqlite3';
import type { Contact, Page } from '#shared/contract/entities.ts';
import { newAgent, send } from '../faults/harness/http.ts';
import { PATIENCE_MS } from '../faults/harness/measured.ts';
import type { Finding } from '../faults/harness/verdict.ts';
import { onStage, type Stage } from './harness/stage.ts';

/** More rows than one page examines. */
const CONTACTS = 30_000;
const IDENTIFIERS = 20_000;
/** Earlier merges that linked leads to it; a page has to examine each. */
const PARTS = 200;
/** Together they examine eight times as many rows as a source may read in one burst. */
const READS = 40;
/** Pages of it that a supervisor, whom no limit stops, reads while another caller asks without pause. */
const PAGES = 6;
/** Minimum number of answers that the other caller gets for each of those pages: hundreds, or at most one if reads shared a thread with everything else. */
const LEAST_SERVED = 2;
const MERGES = 5;
/** What a merge stores so that it can be undone: ids of its parts, and of at most a hundred rows. */
const MOST_KEPT = 8192;

export const costlyQuestions = (mutant?: string): Promise<Finding> =>
  onStage(mutant, async (stage) => {
    const words: string[] = [];
    const token = stage.source.api_key;
    const phone = '+79005550000';
    const handIn = async (body: object) => {
      const answer = await stage.handIn(token, body);
      if (answer?.status !== 201) words.push(`a contact was answered ${answer?.status}`);
      return answer?.body as Contact | undefined; // the body of a 201
    };
    const lead_id = (await handIn({ external_id: 'large', phone }))?.lead_id ?? 0;
    enlarge(stage, lead_id);

    const path = `/contacts?lead_id=${lead_id}&status=waiting&limit=500`;
    const agents = Array.from({ length: READS }, newAgent);
    const answers = await Promise.all(agents.map((agent) => send(agent, stage.apiUrl, { method: 'GET', path, token, patienceMs: PATIENCE_MS })));
    for (const agent of agents) agent.destroy();
    const pages = answers.filter((answer) => answer?.status === 200).map((answer) => answer?.body as Page<Contact>);
    const refused = answers.filter((answer) => answer?.status === 429 && answer.retryAfter !== undefined).length;
    if (pages.length === 0 || pages.length + refused !== READS) words.push(`of ${READS} reads ${pages.length} were answered, ${refused} refused`);
    if (refused === 0) words.push('the reads of one key were not limited');
    if (pages.some(({ next_cursor }) => next_cursor === null)) words.push(`one page examined ${CONTACTS} contacts`);
    const served = await servedBeside(stage, path);
    if (served < LEAST_SERVED * PAGES) words.push(`another caller got ${served} answers while ${PAGES} pages were read`);

    for (let n = 0; n < MERGES; n++) {
      await handIn({ external_id: `fresh-${n}` });
      await handIn({ external_id: `fresh-${n}`, phone });
    }
    const merges = kept(stage);
    const largest = Math.max(...merges);
    if (merges.length < MERGES) words.push(`${merges.length} merges were made`);
    if (largest > MOST_KEPT) words.push(`a merge stores ${largest} bytes`);
    return {
      isSound: words.length === 0,
      figures: `${READS} reads of a lead with ${CONTACTS} contacts: ${pages.length} pages, ${refused} refused; ${served} answers to another caller while ${PAGES} pages were read; ${merges.length} merges of it store at most ${largest} bytes each`,
      words,
    };
  });

/** Counts the answers to another caller while two connections of a supervisor read pages. */
async function servedBeside({ apiUrl, host, unserved }: Stage, path: string): Promise<number> {
  let pages = 0;
  let served = 0;
  const untilRead = async (sent: { path: string; token: string }, count: () => void) => {
    const agent = newAgent();
    while (pages < PAGES) {
      const answer = await send(agent, apiUrl, { method: 'GET', patienceMs: PATIENCE_MS, ...sent });
      if (answer?.status !== 200) throw new Error(`${sent.path} was answered ${answer?.status}`);
      count();
    }
    agent.destroy();
  };
  const reading = { path, token: host.adminToken };
  const page = () => {
    pages += 1;
  };
  const answered = () => {
    served += 1;
  };
  await Promise.all([untilRead(reading, page), untilRead(reading, page), untilRead({ path: '/health', token: unserved.api_key }, answered)]);
  return served;
}

/** Gives a lead as many contacts and identifiers as a busy bot would in a year. */
function enlarge({ host, source }: Stage, lead_id: number): void {
  const db = new Database(host.database, { timeout: 10_000 });
  const numbers = 'WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n WHERE x < ?)';
  try {
    db.transaction(() => {
      const { first } = db.prepare<[], { first: number }>('SELECT max(id) + 1 AS first FROM leads').get() ?? { first: 0 };
      db.prepare(`INSERT INTO leads (id, created_at, merged_into, part_of) ${numbers} SELECT ${first} - 1 + x, 0, ${lead_id}, ${lead_id} FROM n`).run(PARTS);
      db.prepare(
        `INSERT INTO contacts (source_id, lead_id, status, message, made_lead, created_at, closed_at)
         ${numbers} SELECT ${source.id}, ${first} + x % ${PARTS}, 'closed', 'hello', 0, 0, 0 FROM n`,
      ).run(CONTACTS);
      db.prepare(
        `INSERT INTO lead_identifiers (kind, value, lead_id, created_at, given_by) ${numbers} SELECT 'external_id', 'known-' || x, ${lead_id}, 0, ${source.id} FROM n`,
      ).run(IDENTIFIERS);
    }).immediate();
  } finally {
    db.close();
  }
}

/** Bytes stored by each merge. */
function kept({ host }: Stage): number[] {
  const db = new Database(host.database, { readonly: true });
  try {
    return db.prepare<[], number>('SELECT octet_length(moved) FROM merges').pluck().all();
  } finally {
    db.close();
  }
}
