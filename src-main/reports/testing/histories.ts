/** Random histories of small desks, played through the engine's own use cases. */
import { fc } from '@fast-check/vitest';
import { setCompetence } from '#engine/configuration/competences.ts';
import { updateOperator } from '#engine/configuration/operators.ts';
import { setLines, updateRule } from '#engine/configuration/rules.ts';
import { declineContact, expireAcceptance } from '#engine/contacts/acceptance.ts';
import { closeByRule, reopenContact } from '#engine/contacts/closing.ts';
import type { ReportQueryInput } from '#shared/contract/reports.ts';
import { type StrategyName, strategyNames } from '#shared/distribution/strategies.ts';
import { latestOfContact } from '#store/tables/decisions.ts';
import { ReportingDesk } from './reporting-desk.ts';

const MINUTE = 60_000;
const FEW_DAYS: ReportQueryInput = { report: 'waits', from: '2018-01-01', to: '2018-01-01' };

/** Time zones and start times. In most of them the clocks change within the following days. */
export const scenes = [
  { timeZone: 'Europe/Berlin', start: Date.UTC(2026, 2, 28, 20) },
  { timeZone: 'Europe/Berlin', start: Date.UTC(2026, 9, 24, 20) },
  { timeZone: 'America/Sao_Paulo', start: Date.UTC(2018, 10, 3, 20) },
  { timeZone: 'Asia/Kathmandu', start: Date.UTC(2026, 10, 29, 15) },
  { timeZone: 'Australia/Lord_Howe', start: Date.UTC(2026, 3, 4, 10) },
  { timeZone: 'Europe/Moscow', start: Date.UTC(2026, 11, 31, 18) },
];

export type Scene = (typeof scenes)[number];

type Step =
  | { readonly kind: 'submit'; readonly source: number; readonly person: number }
  | { readonly kind: 'close' | 'move' | 'close_by_rule' | 'open_again' | 'miss' | 'decline'; readonly nth: number; readonly to: number }
  | { readonly kind: 'operator'; readonly nth: number; readonly is_active: boolean; readonly max_load: number }
  | { readonly kind: 'weight'; readonly source: number; readonly nth: number; readonly weight: number }
  | { readonly kind: 'rule'; readonly source: number; readonly nth: number; readonly strategy: StrategyName; readonly line: number }
  | { readonly kind: 'ask' }
  | { readonly kind: 'pass'; readonly minutes: number };

const small = fc.integer({ min: 0, max: 2 });
export const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 8, arbitrary: fc.record({ kind: fc.constant('submit' as const), source: fc.integer({ min: 0, max: 1 }), person: fc.integer({ min: 0, max: 8 }) }) },
  { weight: 5, arbitrary: fc.record({ kind: fc.constant('close' as const), nth: fc.nat(30), to: small }) },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constantFrom('close_by_rule' as const, 'open_again' as const, 'miss' as const, 'decline' as const),
      nth: fc.nat(30),
      to: small,
    }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('move' as const), nth: fc.nat(30), to: fc.integer({ min: 0, max: 3 }) }) },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant('operator' as const), nth: small, is_active: fc.boolean(), max_load: fc.integer({ min: 0, max: 3 }) }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('weight' as const), source: fc.integer({ min: 0, max: 1 }), nth: small, weight: fc.integer({ min: 0, max: 3 }) }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('rule' as const),
      source: fc.integer({ min: 0, max: 1 }),
      nth: small,
      strategy: fc.constantFrom(...strategyNames),
      line: fc.integer({ min: 1, max: 2 }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('ask' as const) }) },
  {
    weight: 6,
    arbitrary: fc.record({ kind: fc.constant('pass' as const), minutes: fc.oneof(fc.integer({ min: 0, max: 90 }), fc.integer({ min: 0, max: 900 })) }),
  },
);

export const filters = fc.record(
  {
    hours: fc.uniqueArray(fc.integer({ min: 0, max: 23 }), { minLength: 1, maxLength: 12 }),
    weekdays: fc.uniqueArray(fc.integer({ min: 1, max: 7 }), { minLength: 1, maxLength: 6 }),
    operator_ids: fc.uniqueArray(fc.integer({ min: 0, max: 3 }), { minLength: 1, maxLength: 3 }),
    source_ids: fc.uniqueArray(fc.integer({ min: 1, max: 2 }), { minLength: 1, maxLength: 1 }),
    service_seconds: fc.constantFrom(0, 60, 3600),
  },
  { requiredKeys: [] },
);

/**
 * Plays the steps. Some request a report in between, so that the columns are updated and not only read once.
 * @param onAsk called at those steps as well
 */
export async function lived(
  scene: Scene,
  steps: readonly Step[],
  onAsk: (reporting: ReportingDesk, query: ReportQueryInput) => void = () => undefined,
): Promise<ReportingDesk> {
  const reporting = await ReportingDesk.open();
  const { desk } = reporting;
  desk.engine.read.store.connection.pragma('synchronous = OFF'); // power cuts are not tested here
  desk.now = scene.start;
  reporting.timeZone = scene.timeZone;
  const sources = [await desk.source('Сайт'), await desk.source('Бот')];
  const people = [await desk.operator('Анна', 2), await desk.operator('Борис', 1), await desk.operator('Вера', 1, false)];
  for (const [i, tags] of [['EN', 'vip'], ['en']].entries()) await desk.do((write) => updateOperator(write, people[i] ?? 0, { tags }));
  await desk.weights(sources[0] ?? 0, { [people[0] ?? 0]: 3, [people[1] ?? 0]: 1, [people[2] ?? 0]: 2 });
  await desk.weights(sources[1] ?? 0, { [people[0] ?? 0]: 1, [people[2] ?? 0]: 0 });
  const contacts = () => desk.rows<{ id: number }>("SELECT id FROM contacts WHERE status <> 'closed'").map(({ id }) => id);
  for (const one of steps) {
    const open = contacts();
    const chosen = 'nth' in one ? open[one.nth % Math.max(1, open.length)] : undefined;
    // a refusal (full, closed …) is a step as well
    if (one.kind === 'submit') await desk.submit(sources[one.source] ?? 0, { phone: `+7900123450${one.person}` });
    else if (one.kind === 'close' && chosen) await reporting.close(chosen);
    else if (one.kind === 'move' && chosen) await reporting.move(chosen, people[one.to] ?? null);
    else if (one.kind === 'miss' && chosen)
      await desk.do((write) =>
        expireAcceptance(write, { subject_id: chosen, decision_id: latestOfContact(write.tx, chosen)?.id ?? 0, is_witnessed: one.to === 0 }),
      );
    else if (one.kind === 'decline' && chosen) await desk.do((write) => declineContact(write, chosen, {}));
    else if (one.kind === 'close_by_rule' && chosen)
      await desk.do((write) => closeByRule(write, { subject_id: chosen, decision_id: latestOfContact(write.tx, chosen)?.id ?? 0 }));
    else if (one.kind === 'open_again') {
      const closed = desk.rows<{ id: number }>("SELECT DISTINCT contact_id AS id FROM decisions WHERE kind = 'closed_by_rule' ORDER BY contact_id");
      const again = closed[one.nth % Math.max(1, closed.length)]?.id;
      if (again !== undefined) await desk.do((write) => reopenContact(write, again));
    } else if (one.kind === 'operator')
      await desk.do((write) => updateOperator(write, people[one.nth] ?? 0, { is_active: one.is_active, max_load: one.max_load }));
    else if (one.kind === 'rule')
      await desk.do((write) => {
        const source = sources[one.source] ?? 0;
        const owner = { mode: one.nth % 2 === 0 ? 'days' : 'open', days: 30, wait_seconds: 0 } as const;
        updateRule(write, source, { strategy: one.strategy, lines: [600], owner, cost: 1 + (one.line % 2) });
        return setLines(write, source, [{ operator_id: people[one.nth] ?? 0, line: one.line }]);
      });
    else if (one.kind === 'weight') await desk.do((write) => setCompetence(write, people[one.nth] ?? 0, sources[one.source] ?? 0, one.weight));
    else if (one.kind === 'ask') {
      reporting.ask(FEW_DAYS);
      onAsk(reporting, FEW_DAYS);
    } else if (one.kind === 'pass') desk.now += one.minutes * MINUTE;
  }
  desk.now += 30 * MINUTE;
  return reporting;
}
