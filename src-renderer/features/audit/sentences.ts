/** Describes changes in the reader's language, with current names; former names appear only where something was renamed. */
import type { TFunction } from 'i18next';
import { fields, mergedLeads, type Names, type Sentence, text } from '#kit/locale/told.ts';
import type { AuditChange, AuditEntry, AuditKind } from '#shared/contract/audit.ts';
import type { OperatorsChange } from '#shared/contract/operators.ts';
import { reportNames } from '#shared/contract/reports.ts';
import { keptCaseSentences } from '#things/kept-case/sentences.ts';
import { leadSentences } from '#things/lead/sentences.ts';
import { activity, operatorSentences } from '#things/operator/sentences.ts';
import { personSentences } from '#things/person/sentences.ts';
import { presetSentences } from '#things/preset/sentences.ts';
import { ruleSentences } from '#things/rule/sentences.ts';
import { settingsSentences } from '#things/settings/sentences.ts';
import { shiftsSentences } from '#things/shifts/sentences.ts';
import { sourceSentences } from '#things/source/sentences.ts';
import { suggestedMergeSentences } from '#things/suggested-merge/sentences.ts';
import { weightSentences } from '#things/weights/sentences.ts';
import { workScheduleSentences } from '#things/work-schedule/sentences.ts';

/** Who made the change, in words. */
export function actorText({ actor, person }: Pick<AuditEntry, 'actor' | 'person'>, names: Names, t: TFunction): string {
  if (person !== null) return person;
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
    case 'set_hours':
      return change.schedule_id === null
        ? t('audit.together.no_hours', who)
        : t('audit.together.set_hours', { ...who, name: names.schedule(change.schedule_id) });
    case 'add_tags':
    case 'remove_tags':
      return t(`audit.together.${change.do}`, { ...who, tags: change.tags.join(', ') });
    default:
      return t(`audit.together.${change.do}`, who);
  }
}

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
  ...operatorSentences,
  ...workScheduleSentences,
  ...shiftsSentences,
  ...sourceSentences,
  ...weightSentences,
  ...ruleSentences,
  ...keptCaseSentences,
  ...settingsSentences,
  ...presetSentences,
  ...personSentences,
  ...leadSentences,
  ...suggestedMergeSentences,
  contact_closed: ({ change: { contact_id }, operator, source, t }) => t('audit.closed_by_rule', { contact: text(contact_id), operator, source }),
  leads_merged: (told) => told.t('audit.merged', mergedLeads(told)),
  merge_undone: (told) => told.t('audit.merge_undone', mergedLeads(told)),
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

function reportText(value: unknown, t: TFunction): string {
  const report = reportNames.find((name) => name === value);
  return report ? t(`audit.reports.${report}`) : text(value);
}
