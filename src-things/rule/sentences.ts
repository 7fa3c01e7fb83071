import type { TFunction } from 'i18next';
import { type Fields, type Names, type Sentences, text } from '#kit/locale/told.ts';
import type { OwnerRule, RepeatRule } from '#shared/distribution/rule.ts';
import { strategyNames } from '#shared/distribution/strategies.ts';

export const ruleSentences = {
  rule_saved: ({ source, before, after, names, t }) => t('audit.rule', { name: source, what: ruleParts(before ?? {}, after ?? {}, names, t).join('; ') }),
} satisfies Sentences;

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
  const hours = (value: unknown) => (typeof value === 'number' ? names.schedule(value) : t('audit.always_open'));
  const fieldTexts: Readonly<Record<string, (was: unknown, is: unknown) => string>> = {
    lines: (was, is) => t('audit.rule_lines', { before: seconds(was), after: seconds(is) }),
    open_early: (was, is) => t('audit.rule_early', { before: isOn(was), after: isOn(is) }),
    needs: (was, is) => t('audit.rule_needs', { before: list(was), after: list(is) }),
    needs_seconds: (was, is) => t('audit.rule_needs_seconds', { before: within(was, t('audit.always')), after: within(is, t('audit.always')) }),
    owner: (was, is) => t('audit.rule_owner', { before: owner(was), after: owner(is) }),
    target_seconds: (was, is) => t('audit.rule_target', { before: within(was, t('audit.as_settings')), after: within(is, t('audit.as_settings')) }),
    accepts_target: (was, is) => t('audit.rule_accepts_target', { before: isOn(was), after: isOn(is) }),
    repeat: (was, is) => t('audit.rule_repeat', { before: repeat(was), after: repeat(is) }),
    accept_seconds: (was, is) => t('audit.rule_accept', { before: within(was, t('audit.need_not')), after: within(is, t('audit.need_not')) }),
    close_after_seconds: (was, is) => t('audit.rule_close', { before: within(was, t('audit.never')), after: within(is, t('audit.never')) }),
    schedule_id: (was, is) => t('audit.rule_schedule', { before: hours(was), after: hours(is) }),
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
