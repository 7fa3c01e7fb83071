import { between, nameTaken, type Thing } from '#engine/configuration/things/thing.ts';
import { hastenBoundaries } from '#engine/core/boundaries.ts';
import { fail } from '#shared/contract/problems.ts';
import { nameKey } from '#shared/plain-text.ts';
import type { Schedule } from '#shared/schedule.ts';
import { putSchedule } from '#store/tables/schedules.ts';

/** Without a name there is no schedule. */
export const workScheduleThing = {
  fields: ({ board }, id) => ({ ...board.schedules[id] }),
  problem({ board, fieldOf }, { id, fields, present }) {
    const { name } = { ...present, ...fields } as { name?: string | null };
    if (typeof name === 'string') {
      const key = nameKey(name);
      const isTaken = Object.entries(board.schedules).some(([other, its]) => Number(other) !== id && nameKey(its.name) === key);
      return isTaken ? nameTaken(name) : null;
    }
    const keepers = Object.values(board.operators).filter((one) => {
      const wanted = fieldOf('operator', one.id, 'schedule_id');
      return !one.is_archived && (wanted === undefined ? one.hours?.schedule_id : wanted) === id;
    });
    const sources = Object.entries(board.rules).flatMap(([key, rule]) => {
      const wanted = fieldOf('rule', Number(key), 'schedule_id');
      return (wanted === undefined ? rule.schedule_id : wanted) === id ? (board.sources[Number(key)] ?? []) : [];
    });
    const users = [...sources, ...keepers].map((one) => one.name);
    if (users.length === 0) return null;
    const names = users.slice(0, 3).join(', ');
    return fail(
      'in_use',
      `Schedule ${id} is in use by ${names}${users.length > 3 ? ` and ${users.length - 3} more` : ''}. Give them another one, or none, first.`,
      {
        params: { count: users.length, names },
      },
    );
  },
  put(write, { id, before, next, note }) {
    const kept = (all: typeof next) => (typeof all.name === 'string' ? (all as unknown as Schedule) : null); // all of its fields
    const schedule = kept(next);
    putSchedule(write.tx, id, schedule);
    write.emit({ kind: 'work_schedule_saved', work_schedule_id: id, schedule }, { work_schedule_id: id, before: kept(before), after: schedule, ...note });
    hastenBoundaries(write, id);
  },
  differences: {
    work_schedule_saved: (_row, { work_schedule_id, before, after }) =>
      work_schedule_id === undefined ? null : between({ kind: 'work_schedule', id: work_schedule_id }, before, after),
  },
} satisfies Thing<'work_schedule'>;
