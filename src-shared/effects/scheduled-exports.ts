import { type Data, effect } from './effect.ts';

const details = ({ schedule_id }: Data) => ({ schedule_id });

export const scheduledExportEffects = {
  schedule_saved: effect<{ readonly schedule_id: number }>()({
    event: 'A scheduled report was added, removed or postponed.',
    topic: 'exports',
    apply: null,
    details,
  }),
  report_exported: effect<{ readonly schedule_id: number }>()({
    event: 'A scheduled report was written or failed.',
    topic: 'exports',
    apply: null,
    details,
  }),
};
