/** Describes changes in the reader's language, with current names; former names appear only where something was renamed. */
import type { TFunction } from 'i18next';
import { caseText } from '#kit/board/case-text.ts';
import { settingName, settingValue } from '#kit/locale/settings-text.ts';
import type { AuditChange, AuditEntry, AuditKind } from '#shared/contract/audit.ts';
import { type InactiveReason, inactiveReasons } from '#shared/contract/entities.ts';
import type { OperatorsChange } from '#shared/contract/operators.ts';
import { reportNames } from '#shared/contract/reports.ts';
import type { KeptCase } from '#shared/distribution/kept-case.ts';
import type { OwnerRule, RepeatRule } from '#shared/distribution/rule.ts';
import { strategyNames } from '#shared/distribution/strategies.ts';

export interface Names {
  readonly operator: (id: number) => string;
  readonly source: (id: number) => string;
  /** of a country, by its ISO 3166 code */
  readonly region: (code: string) => string;
}

type Fields = Readonly<Record<string, unknown>>;

const fields = (value: unknown): Fields => (typeof value === 'object' && value !== null ? (value as Fields) : {}); // not a record: no fields
const text = (value: unknown): string => (typeof value === 'string' ? value : (JSON.stringify(value) ?? ''));

/** Who made the change, in words. */
export function actorText(actor: string, names: Names, t: TFunction): string {
  const [kind, id] = actor.split(':');
  if (kind === 'source') return t('audit.actors.bot_of', { name: names.source(Number(id)) });
  return t(`audit.actors.${kind === 'console' || kind === 'demo' || kind === 'desk' ? kind : 'admin'}`);
}

/** @param most weights of a change to list, the others are counted; all that the host sends when omitted */
export const sentences = (entry: AuditEntry, names: Names, t: TFunction, most = Number.POSITIVE_INFINITY): string[] =>
  entry.changes.map((change) => sentence(change, names, t, most));

/** Sentence for the step as a whole, where it is more than its changes. */
export function headline(entry: AuditEntry, names: Names, t: TFunction): string | null {
  const preset = entry.changes[0]?.data.preset;
  if (entry.undoes !== null) return t('audit.undone', { revision: entry.undoes });
  return typeof preset === 'string' ? t('audit.preset_applied', { name: preset }) : togetherText(entry, names, t);
}

/** Maximum number of operators named in one sentence. */
const NAMED = 5;

/** Whether the entry is one change to several operators, which its headline describes. */
export const isTogether = (entry: AuditEntry): boolean => entry.changes[0]?.data.together !== undefined && peopleIn(entry).length > 1;

const peopleIn = ({ changes }: AuditEntry): number[] =>
  changes.flatMap(({ kind, operator_id }) => (kind === 'operator_saved' && operator_id !== null ? [operator_id] : []));

function togetherText(entry: AuditEntry, names: Names, t: TFunction): string | null {
  if (!isTogether(entry)) return null;
  const people = peopleIn(entry);
  const change = entry.changes[0]?.data.together as OperatorsChange; // as `changeOperators` writes it
  const more = people.length > NAMED ? ` ${t('audit.more', { count: people.length - NAMED })}` : '';
  const who = { count: people.length, names: people.slice(0, NAMED).map(names.operator).join(', ') + more };
  switch (change.do) {
    case 'take_off':
      return t('audit.together.take_off', { ...who, reason: activity({ inactive_reason: change.reason }, t) });
    case 'set_limit':
      return t('audit.together.set_limit', { ...who, limit: change.max_load });
    case 'move_limit':
      return t('audit.together.move_limit', { ...who, by: change.by < 0 ? `−${-change.by}` : `+${change.by}` });
    case 'add_tags':
    case 'remove_tags':
      return t(`audit.together.${change.do}`, { ...who, tags: change.tags.join(', ') });
    default:
      return t(`audit.together.${change.do}`, who);
  }
}

interface Told {
  readonly change: AuditChange;
  readonly names: Names;
  readonly t: TFunction;
  readonly most: number;
  /** of the change, by name */
  readonly operator: string;
  readonly source: string;
  /** The fields before and after the change; null: there was none before, or there is none now. */
  readonly before: Fields | null;
  readonly after: Fields | null;
}

type Sentence = (told: Told) => string;

function sentence(change: AuditChange, names: Names, t: TFunction, most: number): string {
  const { data, kind, operator_id, source_id } = change;
  return byKind[kind]({
    change,
    names,
    t,
    most,
    operator: names.operator(operator_id ?? 0),
    source: names.source(source_id ?? 0),
    before: data.before === null ? null : fields(data.before),
    after: data.after === null ? null : fields(data.after),
  });
}

const byKind: Readonly<Record<AuditKind, Sentence>> = {
  operator_saved({ operator, before, after, t }) {
    if (!before) return t('audit.operator_added', { name: text(after?.name), limit: text(after?.max_load) });
    return t('audit.operator', { name: operator, what: operatorParts(before, after ?? {}, t).join('; ') });
  },
  source_saved({ source, before, after, t }) {
    if (!before) return t('audit.source_added', { name: text(after?.name) });
    return t('audit.source', { name: source, what: sourceParts(before, after ?? {}, t).join('; ') });
  },
  source_keys_changed: ({ change: { data }, source, t }) =>
    data.revoked === undefined ? t('audit.key_added', { name: source, hint: text(data.hint) }) : t('audit.key_revoked', { name: source }),
  competence_saved: ({ change: { data }, source, operator, t }) =>
    t('audit.weight', { source, operator, before: weight(data.before, t), after: weight(data.after, t) }),
  competences_replaced({ change: { data }, source, before, after, names, most, t }) {
    const keys = Object.keys(after ?? {}).slice(0, most);
    const told = keys.map((key) => `${names.operator(Number(key))} ${weight(before?.[key], t)} → ${weight(after?.[key], t)}`);
    const count = Number(data.weights);
    const more = count > keys.length ? ` ${t('audit.more', { count: count - keys.length })}` : '';
    return t('audit.weights', { source, count, what: told.join(', ') + more });
  },
  rule_saved: ({ source, before, after, names, t }) => t('audit.rule', { name: source, what: ruleParts(before ?? {}, after ?? {}, names, t).join('; ') }),
  kept_case_saved({ source, before, after, names, t }) {
    const [was, is] = [before, after].map((kept) => (kept ? caseText(kept as unknown as KeptCase, names.operator, t) : '')); // as the thing writes it
    if (!after) return t('audit.case_removed', { source, what: was });
    return before ? t('audit.case_changed', { source, before: was, after: is }) : t('audit.case_kept', { source, what: is });
  },
  settings_saved({ before, after, names, t }) {
    const parts = Object.entries(after ?? {}).map(([key, value]) => settingPart(key, before?.[key], value, names, t));
    return t('audit.settings', { what: parts.join('; ') });
  },
  preset_saved({ before, after, t }) {
    if (!after) return t('audit.preset_removed', { name: text(before?.name) });
    return t(before ? 'audit.preset_changed' : 'audit.preset_saved', { name: text(after.name) });
  },
  lead_pinned: ({ change: { data }, operator, after, t }) =>
    after?.pinned_operator_id == null ? t('audit.unpinned', { lead: text(data.lead_id) }) : t('audit.pinned', { lead: text(data.lead_id), name: operator }),
  leads_merged: (told) => told.t('audit.merged', mergedLeads(told)),
  merge_undone: (told) => told.t('audit.merge_undone', mergedLeads(told)),
  suggested_merge_dismissed: (told) => told.t('audit.merge_dismissed', mergedLeads(told)),
  suggested_merge_reopened: (told) => told.t('audit.merge_reopened', mergedLeads(told)),
  lead_erased: ({ change: { data }, t }) => t('audit.erased', { lead: text(data.lead_id) }),
  refused_contact_settled({ change: { data }, t }) {
    const refused = text(data.refused_contact_id ?? '');
    if (typeof data.contact_id !== 'number') return t('audit.refused_dismissed', { refused });
    return t(data.is_mended === true ? 'audit.refused_mended' : 'audit.refused_taken', { refused, contact: data.contact_id });
  },
  schedule_saved({ before, after, t }) {
    const report = reportText((after ?? before)?.report, t);
    if (!after) return t('audit.schedule_removed', { report, folder: text(before?.folder) });
    return t(before ? 'audit.schedule_postponed' : 'audit.schedule_added', { report, folder: text(after.folder) });
  },
  report_exported: ({ change: { data }, t }) =>
    typeof data.file === 'string' ? t('audit.exported', { file: data.file }) : t('audit.not_exported', { error: text(data.error) }),
  database_restored: ({ change: { data }, t }) =>
    data.backup === null ? t('audit.started_over') : t('audit.database_restored', { backup: text(data.backup ?? '') }),
};

const mergedLeads = ({ change: { data } }: Told) => ({ merged: text(data.merged_id), survivor: text(data.survivor_id) });

function reportText(value: unknown, t: TFunction): string {
  const report = reportNames.find((name) => name === value);
  return report ? t(`audit.reports.${report}`) : text(value);
}

const weight = (value: unknown, t: TFunction): string => (value === null || value === undefined ? t('audit.no_pair') : text(value));

function activity(state: Fields, t: TFunction): string {
  if (state.is_active === true) return t('live.on');
  const reason: InactiveReason | undefined = inactiveReasons.find((name) => name === state.inactive_reason);
  return reason ? t(`inactive.${reason}`) : t('live.off');
}

function operatorParts(before: Fields, after: Fields, t: TFunction): string[] {
  const parts: string[] = [];
  if (before.is_archived !== after.is_archived) parts.push(t(after.is_archived === true ? 'audit.archived' : 'audit.restored'));
  if (before.name !== after.name) parts.push(t('audit.renamed', { before: text(before.name), after: text(after.name) }));
  if (before.max_load !== after.max_load) parts.push(t('audit.limit', { before: text(before.max_load), after: text(after.max_load) }));
  const [had, has] = [before.tags, after.tags].map((tags) => (Array.isArray(tags) && tags.length > 0 ? tags.join(', ') : t('audit.no_tags')));
  if (had !== has) parts.push(t('audit.tags', { before: had, after: has }));
  const [was, is] = [activity(before, t), activity(after, t)];
  if (was !== is && after.is_archived !== true) parts.push(`${was} → ${is}`);
  return parts;
}

function sourceParts(before: Fields, after: Fields, t: TFunction): string[] {
  const parts: string[] = [];
  if (before.is_archived !== after.is_archived) parts.push(t(after.is_archived === true ? 'audit.archived' : 'audit.restored'));
  if (before.name !== after.name) parts.push(t('audit.renamed', { before: text(before.name), after: text(after.name) }));
  const [were, are] = [before.external_ids, after.external_ids].map((ids) => (ids === 'own' || ids === 'shared' ? t(`sources.ids.${ids}`) : null));
  if (were && are && were !== are) parts.push(t('audit.external_ids', { before: were, after: are }));
  const [was, is] = [fields(before.settings), fields(after.settings)];
  for (const key of new Set([...Object.keys(was), ...Object.keys(is)]))
    if (JSON.stringify(was[key]) !== JSON.stringify(is[key]))
      parts.push(`${key}: ${text(was[key] ?? t('settings.none'))} → ${text(is[key] ?? t('settings.none'))}`);
  return parts;
}

function ruleParts(before: Fields, after: Fields, names: Names, t: TFunction): string[] {
  const strategy = (value: unknown) => {
    const known = strategyNames.find((name) => name === value);
    return known ? t(`strategies.${known}`) : text(value);
  };
  const seconds = (value: unknown) => (Array.isArray(value) && value.length > 0 ? t('audit.seconds', { list: value.join(', ') }) : t('audit.at_once'));
  const isOn = (value: unknown) => t(value === true ? 'settings.yes' : 'settings.no');
  const list = (value: unknown) => (Array.isArray(value) && value.length > 0 ? value.join(', ') : t('audit.no_tags'));
  const within = (value: unknown, none: string) => (typeof value === 'number' ? t('audit.for_seconds', { n: value }) : none);
  const owner = (value: unknown) => {
    const { mode = 'off', days, wait_seconds = 0 } = (value ?? {}) as Partial<OwnerRule>; // as the thing writes it
    return t(`audit.owner_${mode}`, { days, wait: wait_seconds });
  };
  const repeat = (value: unknown) => {
    const { mode = 'new', within_seconds = null } = (value ?? {}) as Partial<RepeatRule>; // as the thing writes it
    if (mode === 'new') return t('audit.repeat_new');
    return within_seconds === null ? t('audit.repeat_join') : t('audit.repeat_within', { time: t('audit.for_seconds', { n: within_seconds }) });
  };
  const fieldTexts: Readonly<Record<string, (was: unknown, is: unknown) => string>> = {
    lines: (was, is) => t('audit.rule_lines', { before: seconds(was), after: seconds(is) }),
    open_early: (was, is) => t('audit.rule_early', { before: isOn(was), after: isOn(is) }),
    needs: (was, is) => t('audit.rule_needs', { before: list(was), after: list(is) }),
    needs_seconds: (was, is) => t('audit.rule_needs_seconds', { before: within(was, t('audit.always')), after: within(is, t('audit.always')) }),
    owner: (was, is) => t('audit.rule_owner', { before: owner(was), after: owner(is) }),
    target_seconds: (was, is) => t('audit.rule_target', { before: within(was, t('audit.as_settings')), after: within(is, t('audit.as_settings')) }),
    accepts_target: (was, is) => t('audit.rule_accepts_target', { before: isOn(was), after: isOn(is) }),
    repeat: (was, is) => t('audit.rule_repeat', { before: repeat(was), after: repeat(is) }),
    cost: (was, is) => t('audit.rule_cost', { before: text(was ?? 1), after: text(is ?? 1) }),
    urgency: (was, is) => t('audit.rule_urgency', { before: text(was ?? 1), after: text(is ?? 1) }),
  };
  return Object.keys(after).map((key) => {
    const [was, is] = [before[key], after[key]];
    const told = fieldTexts[key];
    if (told) return told(was, is);
    if (key === 'strategy') return `${strategy(was)} → ${strategy(is)}`;
    return t('audit.rule_line', { name: names.operator(Number(key.replace('line_', ''))), before: text(was ?? 1), after: text(is ?? 1) });
  });
}

function settingPart(key: string, before: unknown, after: unknown, names: Names, t: TFunction): string {
  if (key === 'phone_region') return `${settingName(key, t)}: ${names.region(text(before))} → ${names.region(text(after))}`;
  if (key === 'shared_values') return `${settingName(key, t)}: ${listChange(before, after)}`;
  if (key !== 'thresholds') return `${settingName(key, t)}: ${settingValue(key, before, t)} → ${settingValue(key, after, t)}`;
  const [was, is] = [fields(before), fields(after)];
  const changed = Object.keys(is).filter((figure) => JSON.stringify(was[figure]) !== JSON.stringify(is[figure]));
  const only = (all: Fields) => Object.fromEntries(changed.map((figure) => [figure, all[figure]]));
  return `${settingName(key, t)}: ${settingValue(key, only(was), t)} → ${settingValue(key, only(is), t)}`;
}

/** `+test@x.ru, −null`: what was added to a list and taken from it. */
function listChange(before: unknown, after: unknown): string {
  const [was, is] = [before, after].map((list) => (Array.isArray(list) ? list.map(String) : [])) as [string[], string[]];
  return [...is.filter((one) => !was.includes(one)).map((one) => `+${one}`), ...was.filter((one) => !is.includes(one)).map((one) => `−${one}`)].join(', ');
}
