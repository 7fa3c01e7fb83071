/** Settings of the whole workspace, visible to every console. Stored in the table `settings`, one row for each that was ever set. */
import { z } from 'zod';
import { command } from './call.ts';
import { phoneRegions } from './phone-regions.ts';
import type { Result } from './problems.ts';

/** Two limits of one figure: from `warning` on it needs attention, from `critical` on action. null: never. */
const limits = (max: number) => z.object({ warning: z.number().min(0).max(max).nullable(), critical: z.number().min(0).max(max).nullable() });
export type Limits = z.infer<ReturnType<typeof limits>>;

/** Figures of the pulse that can be too high, or (`fallingFigures`) too low. */
const thresholds = z.object({
  /** waiting contacts */
  waiting: limits(1_000_000),
  /** seconds the oldest of them has waited */
  oldest_wait_seconds: limits(1_000_000),
  /** percent of the slots of online operators in use */
  load_percent: limits(100),
  /** online operators; too few */
  active_operators: limits(1_000_000),
  /** percent of today's contacts that were assigned within `service_level_seconds`; too low */
  service_level_percent: limits(100),
});
export type Thresholds = z.infer<typeof thresholds>;
export type ThresholdFigure = keyof Thresholds;
export const thresholdFigures = Object.keys(thresholds.shape) as ThresholdFigure[]; // Object.keys loses the type of the keys
export const fallingFigures: ReadonlySet<ThresholdFigure> = new Set(['active_operators', 'service_level_percent']);

/** `22:00`, in the workspace's time zone. */
const timeOfDay = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/);

const shape = {
  /** the region used to parse national telephone numbers */
  phone_region: z.enum(phoneRegions),
  /**
   * Leads found to be the same are merged immediately (`auto`), or, if only another source's data shows it, after a person agrees (`ask`).
   */
  merges_across_sources: z.enum(['auto', 'ask']),
  /**
   * values that many people give and that identify nobody: whole identifiers, compared after normalising. Single identifiers can also be marked as shared
   */
  shared_values: z.array(z.string().trim().min(1).max(255)).max(1000),
  /** whether the console asks if sources keep their external ids apart; true only on a desk from before this could be chosen */
  asks_external_ids: z.boolean(),
  /** a contact assigned within this many seconds was served in time */
  service_level_seconds: z.int().min(1).max(86_400),
  /** an operator who has missed so many contacts in a row, by not accepting them in time, is set inactive; null: never */
  no_answer_misses: z.int().min(1).max(100).nullable(),
  thresholds,
  /** play a sound when a figure passes a threshold */
  sounds: z.boolean(),
  /** show a notification of the operating system as well */
  notifications: z.boolean(),
  /** no sounds and no notifications from `from` until `to`; null: at any hour */
  quiet_hours: z.object({ from: timeOfDay, to: timeOfDay }).nullable(),
  /** number of days for which one backup per day is kept */
  backup_days: z.int().min(1).max(30),
  /** of the HTTP API, from the next start on; `--port` takes precedence */
  port: z.int().min(1).max(65_535),
};
const settings = z.object(shape);
const { waiting, oldest_wait_seconds, load_percent, active_operators, service_level_percent } = thresholds.shape;
export type Settings = z.infer<typeof settings>;
/** Absent fields are not changed, also inside `thresholds` and `quiet_hours`, so that two people who change different fields do not overwrite each other. */
const settingsPatch = settings.partial().extend({
  thresholds: z
    .object({
      waiting: waiting.partial(),
      oldest_wait_seconds: oldest_wait_seconds.partial(),
      load_percent: load_percent.partial(),
      active_operators: active_operators.partial(),
      service_level_percent: service_level_percent.partial(),
    })
    .partial()
    .optional(),
  quiet_hours: z.object({ from: timeOfDay, to: timeOfDay }).partial().nullable().optional(),
});
export type SettingsPatch = z.infer<typeof settingsPatch>;

/** Placeholders that forms and programs send for missing values: addresses that nobody has, and words that stand for no id. None is a valid telephone number. */
const defaultSharedValues = [
  ...['test@test.com', 'test@test.ru', 'test@example.com', 'test@mail.ru', 'test@gmail.com', 'email@example.com', 'example@example.com', 'user@example.com'],
  ...['no@no.no', 'no@mail.ru', 'no@email.com', 'none@none.com', 'noemail@noemail.com', 'noreply@noreply.com', 'mail@mail.ru', 'email@email.com', 'a@a.ru'],
  ...['null', 'undefined', 'none', 'nan', '[object object]'],
];

export const defaultSettings: Settings = {
  phone_region: 'RU',
  merges_across_sources: 'auto',
  shared_values: defaultSharedValues,
  asks_external_ids: false,
  service_level_seconds: 20,
  no_answer_misses: 3,
  thresholds: {
    waiting: { warning: 5, critical: 20 },
    oldest_wait_seconds: { warning: 60, critical: 300 },
    load_percent: { warning: 85, critical: 100 },
    active_operators: { warning: null, critical: 0 },
    service_level_percent: { warning: 80, critical: 60 },
  },
  sounds: false,
  notifications: true,
  quiet_hours: { from: '22:00', to: '08:00' },
  backup_days: 14,
  port: 8000,
};

/** The stored settings over the defaults. A value that cannot be parsed (from another version, or edited by hand) counts as never set. */
export function settingsFrom(rows: Readonly<Record<string, unknown>>): Settings {
  const known: Record<string, unknown> = { ...defaultSettings };
  for (const [key, schema] of Object.entries(shape)) {
    const parsed = schema.safeParse(rows[key]);
    if (parsed.success) known[key] = parsed.data;
  }
  return known as Settings; // every value is a default or has passed the schema of its key
}

/** Settings of the host, which only administrators change. */
export const hostSettings: readonly (keyof Settings)[] = ['port', 'backup_days'];

/** The settings themselves are on the board. */
export const settingsCalls = {
  saveSettings: command('supervisor', settingsPatch).answers<Result<Settings>>(),
};
