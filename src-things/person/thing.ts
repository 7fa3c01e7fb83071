import type { Fields } from '#engine/configuration/field-rules.ts';
import { between, nameTaken, type Thing } from '#engine/configuration/things/thing.ts';
import type { PersonRole } from '#shared/contract/principal.ts';
import { personById, personNamed, putPerson, removePerson } from '#store/tables/people.ts';

/** Without a name there is no person. Passwords and keys are no fields: they are neither journalled nor brought back. */
export const personThing = {
  fields({ tx }, id) {
    const row = personById(tx, id);
    return row && row.removed_at === null ? { name: row.name, role: row.role } : {};
  },
  problem({ tx }, { id, fields }) {
    if (typeof fields.name !== 'string') return null;
    const other = personNamed(tx, fields.name);
    return other !== undefined && other.id !== id ? nameTaken(fields.name) : null;
  },
  put(write, { id, before, next, note }) {
    const { name, role } = next as { name: string | null; role: PersonRole }; // all of its fields
    if (name === null) removePerson(write.tx, id, write.now);
    else putPerson(write.tx, { id, name, role, now: write.now });
    const kept = (all: Fields) => (all.name ? { name: all.name, role: all.role } : null);
    write.emit({ kind: 'person_saved', person_id: id }, { person_id: id, before: kept(before), after: kept(next), ...note });
  },
  differences: {
    person_saved: (_row, { person_id, before, after }) => (person_id === undefined ? null : between({ kind: 'person', id: person_id }, before, after)),
  },
} satisfies Thing<'person'>;
