import { effect } from '#shared/effects/effect.ts';
import type { Schedule } from '#shared/schedule.ts';

export const workScheduleEffects = {
  work_schedule_saved: effect<{ readonly work_schedule_id: number /** null: removed */; readonly schedule: Schedule | null }>()({
    event: 'A schedule of work was saved, changed or removed.',
    topic: 'operators',
    apply(draft, { work_schedule_id, schedule }) {
      if (schedule) draft.part('schedules')[work_schedule_id] = schedule;
      else delete draft.part('schedules')[work_schedule_id];
    },
    thing: 'work_schedule',
    opens({ work_schedule_id }, note, board) {
      for (const key in board.rules)
        if (board.rules[Number(key)]?.schedule_id === work_schedule_id) for (const id in board.weights[Number(key)]) note(Number(id));
    },
    details: ({ work_schedule_id }) => ({ work_schedule_id }),
  }),
};
