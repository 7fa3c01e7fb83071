/** A rule in the reader's words. */
import type { TFunction } from 'i18next';
import type { Rule } from '#shared/distribution/rule.ts';

/** Seconds as a person says them: `60 s`, `5 min`. */
const secondsText = (seconds: number, t: TFunction): string =>
  seconds > 60 && seconds % 60 === 0 ? t('units.minutes', { n: seconds / 60 }) : t('units.seconds', { n: seconds });

/** `evenly by weight; line 2 after 60 s`. Mentions only differences from the default, and the strategy. */
export function ruleText({ strategy, lines, open_early }: Omit<Rule, 'line_of'>, t: TFunction): string {
  const opening = lines.map((seconds, i) =>
    seconds === 0 ? t('rules.line_at_once', { line: i + 2 }) : t('rules.line_after', { line: i + 2, time: secondsText(seconds, t) }),
  );
  return [t(`strategies.${strategy}`), ...opening, ...(lines.length > 0 && !open_early ? [t('rules.not_early')] : [])].join('; ');
}
