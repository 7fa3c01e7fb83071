import type { Data, EffectKinds } from './effect.ts';

export interface ScheduledExportEffects {
  readonly schedule_saved: { readonly schedule_id: number };
  readonly report_exported: { readonly schedule_id: number };
}

const details = ({ schedule_id }: Data) => ({ schedule_id });

export const scheduledExportEffects = {
  schedule_saved: {
    event: 'A scheduled report was added, removed or postponed.',
    topic: 'exports',
    apply: null,
    details,
  },
  report_exported: {
    event: 'A scheduled report was written or failed.',
    topic: 'exports',
    apply: null,
    details,
  },
} as const satisfies EffectKinds<ScheduledExportEffects>;
