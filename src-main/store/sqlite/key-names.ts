/**
 * The step of migration 0010: gives each operator, source and preset the present key of its name, and stores whether the console asks about external ids. Frozen, with the
 * rules of its time.
 */
import type { Writing } from './handles.ts';

export function keyNames(tx: Writing): void {
  renewNameKeys(tx);
  askForExternalIds(tx);
}

/** Gives each row the present key of its name. */
function renewNameKeys(tx: Writing): void {
  for (const table of ['operators', 'sources', 'presets'] as const) {
    const rows = tx.all<{ id: number; name: string; name_key: string; in_use: number }>(
      `SELECT id, name, name_key, ${table === 'presets' ? '1' : 'archived_at IS NULL'} AS in_use FROM ${table} ORDER BY id`,
    );
    const taken = new Set(rows.filter((row) => row.in_use && nameKey(row.name) === row.name_key).map((row) => row.name_key));
    for (const { id, name, name_key, in_use } of rows) {
      const renewed = nameKey(name);
      if (renewed === name_key) continue;
      const isTaken = in_use === 1 && taken.has(renewed);
      if (in_use) taken.add(renewed);
      tx.run(`UPDATE ${table} SET name_key = ? WHERE id = ?`, isTaken ? `${renewed}\n${id}` : renewed, id);
    }
  }
}

const GIVEN = `SELECT i.id, i.lead_id, i.given_by AS source_id FROM lead_identifiers i WHERE i.kind = 'external_id' AND i.space = 0 AND i.is_shared = 0 AND i.given_by > 0
  UNION SELECT i.id, i.lead_id, g.source_id FROM identifier_givers g JOIN lead_identifiers i ON i.id = g.identifier_id WHERE i.kind = 'external_id' AND i.space = 0 AND i.is_shared = 0
  UNION SELECT i.id, i.lead_id, c.source_id FROM lead_identifiers i JOIN contacts c ON c.lead_id = i.lead_id
    WHERE i.kind = 'external_id' AND i.space = 0 AND i.is_shared = 0 AND i.given_by IS NULL`;

/** Sets the setting that lets the console ask once, on a desk where several sources have given external ids. */
function askForExternalIds(tx: Writing): void {
  const sources = tx.get<{ n: number }>(`WITH given AS (${GIVEN}) SELECT count(DISTINCT source_id) AS n FROM given`);
  if ((sources?.n ?? 0) > 1) tx.run("INSERT INTO settings (key, value) VALUES ('asks_external_ids', 'true') ON CONFLICT DO NOTHING");
}

// ---- the key of a name -------------------------------------------------------------------------------------------

const INVISIBLE = /[\p{Default_Ignorable_Code_Point}\u2800\ufff9-\ufffb]/gu;
const ASCII = /^[ -~]*$/;
const withoutInvisible = (text: string): string => (ASCII.test(text) ? text : text.replaceAll(INVISIBLE, ''));

const LATIN = 'aceopxyktmhb';
const CYRILLIC = 'асеорхуктмнв';
const TO_CYRILLIC = new Map(Array.from(LATIN, (letter, n) => [letter, CYRILLIC.charAt(n)]));
const TO_LATIN = new Map(Array.from(CYRILLIC, (letter, n) => [letter, LATIN.charAt(n)]));
const WORD = /[\p{L}\p{M}]+/gu;

const lettersOf = (word: string, script: RegExp): number => word.match(script)?.length ?? 0;

function inOneScript(word: string): string {
  const [latin, cyrillic] = [lettersOf(word, /\p{Script=Latin}/gu), lettersOf(word, /\p{Script=Cyrillic}/gu)];
  if (latin === 0 || cyrillic === 0) return word;
  const looks = [TO_CYRILLIC, TO_LATIN].map((letters) => Array.from(word, (letter) => letters.get(letter) ?? letter).join(''));
  const isPure = (text: string) => lettersOf(text, /\p{Script=Latin}/gu) === 0 || lettersOf(text, /\p{Script=Cyrillic}/gu) === 0;
  return (latin > cyrillic ? looks.reverse() : looks).find(isPure) ?? word;
}

function nameKey(name: string): string {
  const folded = withoutInvisible(name.normalize('NFKC')).normalize('NFKC').toLowerCase().replaceAll('i\u0307', 'i').replaceAll(/\s+/gu, ' ').trim();
  return ASCII.test(folded) ? folded : folded.replaceAll(WORD, inOneScript);
}
