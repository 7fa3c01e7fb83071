import type { Write } from '#engine/core/write.ts';
import type { BoardOperator } from '#shared/board.ts';
import { TAGS_MAX } from '#shared/contract/entities.ts';
import { MAX_LOAD_MAX } from '#shared/contract/limits.ts';
import { hoursGiven } from '#shared/contract/operator-hours.ts';
import type { OperatorsChange, SeveralChanged, SeveralInput } from '#shared/contract/operators.ts';
import { fail, ok, type Result } from '#shared/contract/problems.ts';
import { nameKey } from '#shared/plain-text.ts';
import { changing, configure, following } from './configuration.ts';
import type { Fields } from './field-rules.ts';
import { leaveOperators } from './leave.ts';
import type { Wanted } from './things/thing.ts';

/** Makes the same change to several operators, or to none, in one step. The journal's rows carry the change as `together`. */
export function changeOperators(write: Write, { ids, change }: SeveralInput): Result<SeveralChanged> {
  const all = [...new Set(ids)];
  const holding = change.do === 'archive' ? all.filter((id) => (write.board.operators[id]?.held ?? 0) > 0) : [];
  const wanted = all.filter((id) => !holding.includes(id)).map((id): Wanted => ({ kind: 'operator', id, fields: fieldsBy(change, write.board.operators[id]) }));
  const crowded = wanted.find(({ fields }) => Array.isArray(fields.tags) && fields.tags.length > TAGS_MAX);
  if (crowded) {
    const { name = '' } = write.board.operators[crowded.id] ?? {};
    return fail('too_many_tags', `Operator ${crowded.id} (${name}) would have more than ${TAGS_MAX} tags.`, { params: { name, max: TAGS_MAX } });
  }
  const changed = changing(
    write,
    wanted.map((one) => following(write, one)),
  ).length;
  const note = { together: change };
  if (change.do === 'take_off') {
    const left = leaveOperators(write, all, change, note);
    return left.ok ? ok({ changed, holding, ...left.value }) : left;
  }
  const result = configure(write, wanted, note);
  return result.ok ? ok({ changed, holding, handed_over: 0, waiting: 0, kept: 0 }) : result;
}

function fieldsBy(change: OperatorsChange, { max_load = 0, tags = [] }: Partial<Pick<BoardOperator, 'max_load' | 'tags'>> = {}): Fields {
  switch (change.do) {
    case 'put_on':
      return { is_active: true };
    case 'take_off':
      return { is_active: false, inactive_reason: change.reason };
    case 'set_limit':
      return { max_load: change.max_load };
    case 'move_limit':
      return { max_load: Math.min(MAX_LOAD_MAX, Math.max(0, max_load + change.by)) };
    case 'add_tags': {
      const has = new Set(tags.map(nameKey));
      return { tags: [...tags, ...change.tags.filter((tag) => !has.has(nameKey(tag)))].sort() };
    }
    case 'remove_tags': {
      const gone = new Set(change.tags.map(nameKey));
      return { tags: tags.filter((tag) => !gone.has(nameKey(tag))) };
    }
    case 'set_hours':
      return hoursGiven(change);
    case 'archive':
      return { is_archived: true };
  }
}
