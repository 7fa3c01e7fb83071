import type { Competence } from '#shared/contract/entities.ts';
import type { Reading, Writing } from '#store/sqlite/open.ts';

/** A competence as it is stored; its line is in the rule of the source. */
export type CompetenceRow = Omit<Competence, 'line'>;

/** All competences, ordered by source and operator. */
export function allCompetences(db: Reading): CompetenceRow[] {
  return db.all('SELECT operator_id, source_id, weight FROM competences ORDER BY source_id, operator_id');
}

/** Inserts the competence, or updates its weight. */
export function putCompetence(tx: Writing, row: CompetenceRow): void {
  tx.run(
    'INSERT INTO competences (source_id, operator_id, weight) VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET weight = excluded.weight',
    row.source_id,
    row.operator_id,
    row.weight,
  );
}

export function deleteCompetence(tx: Writing, source_id: number, operator_id: number): void {
  tx.run('DELETE FROM competences WHERE source_id = ? AND operator_id = ?', source_id, operator_id);
}

export function deleteCompetencesOfSource(tx: Writing, source_id: number): void {
  tx.run('DELETE FROM competences WHERE source_id = ?', source_id);
}
