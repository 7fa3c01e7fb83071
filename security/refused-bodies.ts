/** A bot whose large bodies are refused repeatedly: responses stay short, storage per source is limited, and the Refused screen receives no more than it can show. */
import Database from 'better-sqlite3';
import type { FoldedRefusals, ListedRefusal, Page, ProblemDocument } from '#shared/contract/entities.ts';
import { askConsole } from '#shells/testing/ask-console.ts';
import { newAgent, send } from '../faults/harness/http.ts';
import type { Finding } from '../faults/harness/verdict.ts';
import { onStage, type Stage } from './harness/stage.ts';

/** In total twice what the desk keeps for one source. */
const SENT = 64;
/** Upper bound of what is kept: the limit of 8 MiB, plus what remains of each folded one. */
const MOST_KEPT = 8 * 1024 * 1024 + SENT * 4;
/** Upper bound of a page for the console: a hundred body excerpts and their errors. */
const MOST_LISTED = 1024 * 1024;
/** The first twenty errors, and one that counts the others. */
const MOST_ERRORS = 21;
/** Upper bound of a response to any of them: that many errors, each with a truncated path. */
const LARGEST_ANSWER = 16 * 1024;

const lists = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, n) => [n.toString(36), []]));
/** Nearly 256 KB each, without an identifier: more attributes than a contact may have; the maximum number, all invalid; one whose name doubles in length in every pointer; and one that is not JSON. */
const BODIES = [
  JSON.stringify({ attributes: lists(28_000) }),
  JSON.stringify({ attributes: lists(100), unknown: 'x'.repeat(250_000) }),
  JSON.stringify({ attributes: { ['~'.repeat(250_000)]: 'v' } }),
  `{"attributes":"${'x'.repeat(250_000)}`,
];

export const refusedBodies = (mutant?: string): Promise<Finding> =>
  onStage(mutant, async (stage) => {
    const words = new Set<string>();
    const { token, id } = { token: stage.source.api_key, id: stage.source.id };
    const agent = newAgent();
    let largest = 0;
    for (let n = 0; n < SENT; n++) {
      const body = BODIES[n % BODIES.length] ?? '';
      const answer = await send(agent, stage.apiUrl, { method: 'POST', path: '/contacts', token, body });
      const { errors = [] } = (answer?.body ?? {}) as Partial<ProblemDocument>; // a refusal, as its status says
      if (answer?.status !== 422 && answer?.status !== 400) words.add(`an invalid body was answered ${answer?.status}`);
      if (errors.length > MOST_ERRORS) words.add(`an answer has ${errors.length} errors`);
      largest = Math.max(largest, JSON.stringify(answer?.body).length);
    }
    agent.destroy();
    if (largest > LARGEST_ANSWER) words.add(`an answer has ${largest} bytes`);
    const { open, bytes } = kept(stage, id);
    if (bytes > MOST_KEPT) words.add(`${bytes} bytes of one source are stored`);
    const page = await askConsole<Page<ListedRefusal>>(stage.host, 'query', 'refusedContacts', { limit: 100 });
    const listed = JSON.stringify(page).length;
    if (listed > MOST_LISTED) words.add(`the console received a list of ${listed} bytes`);
    const most = Math.max(...page.items.map(({ errors }) => errors.length));
    if (most > MOST_ERRORS) words.add(`a refused contact is stored with ${most} errors`);
    const folded = await askConsole<FoldedRefusals[]>(stage.host, 'query', 'foldedRefusals');
    const count = folded.find(({ source_id }) => source_id === id)?.count ?? 0;
    if (open + count !== SENT) words.add(`of ${SENT} refused contacts ${open} are open, and ${count} are counted`);
    return {
      isSound: words.size === 0,
      figures: `${SENT} bodies of 256 KB refused: answers of at most ${largest} bytes, ${bytes} bytes stored, a list of ${listed}; ${open} open, ${count} folded`,
      words: [...words],
    };
  });

/** Number of open refused contacts of the source, and their total size in bytes. */
function kept(stage: Stage, source_id: number): { open: number; bytes: number } {
  const db = new Database(stage.host.database, { readonly: true });
  try {
    const sql = `SELECT count(*) FILTER (WHERE settled_at IS NULL) AS open, sum(octet_length(payload) + octet_length(errors) + octet_length(detail)) AS bytes
      FROM refused_contacts WHERE source_id = ?`;
    return db.prepare<[number], { open: number; bytes: number }>(sql).get(source_id) ?? { open: 0, bytes: 0 };
  } finally {
    db.close();
  }
}
