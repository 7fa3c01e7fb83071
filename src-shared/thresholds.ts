/** From where on each figure of the pulse asks for a person, when nobody has settled it otherwise. */

/** From `warning` on a figure asks for a look, from `critical` on for a hand. null: never. */
export interface Limits {
  readonly warning: number | null;
  readonly critical: number | null;
}

export const thresholdFigures = ['waiting', 'oldest_wait_seconds', 'load_percent', 'active_operators', 'service_level_percent'] as const;
export type ThresholdFigure = (typeof thresholdFigures)[number];
export type Thresholds = Readonly<Record<ThresholdFigure, Limits>>;
/** These are too low rather than too high. */
export const fallingFigures: ReadonlySet<ThresholdFigure> = new Set(['active_operators', 'service_level_percent']);

export interface AlertSettings {
  readonly thresholds: Thresholds;
  /** a contact that is assigned within so many seconds was served in time */
  readonly service_level_seconds: number;
  readonly sounds: boolean;
  readonly notifications: boolean;
  /** `22:00` in the workspace's time zone; null: at any hour */
  readonly quiet_hours: { readonly from: string; readonly to: string } | null;
}

export const defaultAlertSettings: AlertSettings = {
  thresholds: {
    waiting: { warning: 5, critical: 20 },
    oldest_wait_seconds: { warning: 60, critical: 300 },
    load_percent: { warning: 85, critical: 100 },
    active_operators: { warning: null, critical: 0 },
    service_level_percent: { warning: 80, critical: 60 },
  },
  service_level_seconds: 20,
  sounds: false,
  notifications: true,
  quiet_hours: { from: '22:00', to: '08:00' },
};
