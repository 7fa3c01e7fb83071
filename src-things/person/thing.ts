import type { FieldRule, Fields } from '#engine/configuration/field-rules.ts';
import { between, nameTaken, type Refused, type Thing } from '#engine/configuration/things/thing.ts';
import type { Board } from '#shared/board.ts';
import { personRoles, type Rights } from '#shared/contract/principal.ts';
import { fail, notInUse } from '#shared/contract/problems.ts';
import { personById, personNamed, putPerson, removePerson } from '#store/tables/people.ts';

/** Only somebody with the role `operator` is one. */
const rules: readonly FieldRule[] = personRoles
  .filter((role) => role !== 'operator')
  .map((role) => ({
    when: ['role', role],
    demands: ['operator_id', null],
    message: 'is only for the role operator',
    advice: 'would be an operator with another role. Set role to operator, or leave out operator_id.',
  }));

/** Without a name there is no person. Passwords and keys are no fields: they are neither journalled nor brought back. */
export const personThing = {
  fields({ tx }, id) {
    const row = personById(tx, id);
    return row && row.removed_at === null ? { name: row.name, role: row.role, operator_id: row.operator_id } : {};
  },
  rules,
  problem({ tx, board }, { id, fields, present }) {
    const { name, role, operator_id } = { ...present, ...fields };
    const other = typeof fields.name === 'string' ? personNamed(tx, fields.name) : undefined;
    if (other !== undefined && other.id !== id) return nameTaken(other.name);
    const isAsked = 'role' in fields || 'operator_id' in fields;
    return isAsked && name !== null && role === 'operator' ? notAnOperator(board, operator_id) : null;
  },
  put(write, { id, before, next, note }) {
    const { name, role, operator_id = null } = next as Partial<Rights> & { name: string | null; role: Rights['role'] }; // all of its fields; steps of earlier versions name no operator
    if (name === null) removePerson(write.tx, id, write.now);
    else putPerson(write.tx, { id, name, role, operator_id, now: write.now });
    write.emit({ kind: 'person_saved', person_id: id }, { person_id: id, before: kept(before), after: kept(next), ...note });
  },
  differences: {
    person_saved: (_row, { person_id, before, after }) => (person_id === undefined ? null : between({ kind: 'person', id: person_id }, before, after)),
  },
} satisfies Thing<'person'>;

/** Why a person cannot be this operator; null: it is one in use. */
function notAnOperator({ operators }: Board, operator_id: unknown): Refused | null {
  if (typeof operator_id !== 'number')
    return fail('validation_failed', 'Say which operator the person is.', { errors: [{ path: '/operator_id', message: 'is needed for the role operator' }] });
  const operator = operators[operator_id];
  return !operator || operator.is_archived ? notInUse('operator', operator_id, operator) : null;
}

/** All fields, for the journal; null: there is no such person. */
const kept = ({ name, role, operator_id }: Fields) => (name ? { name, role, ...(typeof operator_id === 'number' && { operator_id }) } : null);
