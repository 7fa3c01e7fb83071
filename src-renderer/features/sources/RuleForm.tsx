import { Button, Checkbox, Select, TextInput } from '@mantine/core';
import { Plus, X } from 'lucide-react';
import { type FormEvent, type KeyboardEvent, useId, useState } from 'react';
import { ruleText } from '#kit/board/rule-text.ts';
import { useFormats } from '#kit/locale/locale.ts';
import { hashOf } from '#kit/navigation/route.ts';
import { useNotify } from '#kit/notices/useNotify.ts';
import { useProblem } from '#kit/notices/useProblem.ts';
import table from '#kit/table/table.module.css';
import { currentBoard, untilShown, useBoard, useCalmBoard } from '#link/board.ts';
import { checkedCases } from '#link/kept-cases.ts';
import { DAY_SECONDS, LONGEST_SECONDS } from '#shared/contract/entities.ts';
import { ACCEPT_SECONDS_MIN, CLOSE_DAYS_MAX, CLOSE_SECONDS_MIN, REPEAT_DAYS_MAX } from '#shared/contract/rules.ts';
import { defaultRule, type Rule } from '#shared/distribution/rule.ts';
import { strategyNames } from '#shared/distribution/strategies.ts';
import { MAX_LINE } from '#shared/distribution/table.ts';
import { Cases } from './Cases.tsx';
import styles from './Rule.module.css';
import { RuleParts } from './RuleParts.tsx';
import { badHoles, lineProblems, patchOf, peopleOnLines, type RuleDraft, withLine } from './rule-draft.ts';
import { closeRule, editRule, saveRule } from './rule-drafts.ts';
import { Trial } from './Trial.tsx';

/** What the messages about holes name; hours with two decimals. */
const BOUNDS = {
  min: ACCEPT_SECONDS_MIN,
  max: LONGEST_SECONDS,
  max_minutes: (REPEAT_DAYS_MAX * DAY_SECONDS) / 60,
  min_hours: Math.ceil(CLOSE_SECONDS_MIN / 36) / 100,
  max_hours: 24 * CLOSE_DAYS_MAX,
};

/** The reader has just opened the form. */
const take = (input: HTMLInputElement | null): void => input?.focus();

/** The rule of a source as a sentence with blanks to fill in, applied in one step. */
export function RuleForm({ source_id, draft }: { source_id: number; draft: RuleDraft }) {
  const { t } = useFormats();
  const notify = useNotify();
  const { problem, setProblem, sayFailure } = useProblem();
  const [isSaving, setSaving] = useState(false);
  const name = useBoard((board) => board.sources[source_id]?.name ?? '');
  const rule = useBoard((board) => board.rules[source_id]) ?? defaultRule;
  const problems = lineProblems(draft);
  const wrongLine = problems.find((one) => one !== null);
  const [wrongHole] = badHoles(draft);
  const wrong = wrongLine ? (`rules.${wrongLine}` as const) : wrongHole && (`rules.bad.${wrongHole}` as const);
  const problemId = useId();
  const patch = patchOf(rule, draft);
  const isChanged = patch === null || Object.keys(patch).length > 0;
  const drafted = { ...defaultRule, ...rule, ...patch } as Rule; // a patch from a draft has no undefined fields
  const cases = checkedCases(useCalmBoard(), source_id, drafted);
  const isBreaking = cases.some((one) => one.isBroken);
  const edit = (part: Partial<RuleDraft>) => {
    setProblem(null);
    editRule(source_id, { ...draft, ...part });
  };
  /** Esc closes the list of a field first. */
  const leave = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.key === 'Escape' && event.currentTarget.getAttribute('aria-expanded') !== 'true') closeRule(source_id);
  };
  const apply = async (event: FormEvent) => {
    event.preventDefault();
    if (patch === null || isSaving || isBreaking) return;
    if (!isChanged) return closeRule(source_id);
    setSaving(true);
    const outcome = await saveRule(source_id, patch);
    await untilShown(outcome);
    setSaving(false);
    if (!outcome.ok) return sayFailure(outcome.problem);
    closeRule(source_id);
    notify.changed(outcome, t('rules.saved', { name, rule: ruleText(currentBoard().rules[source_id] ?? defaultRule, t) }));
  };
  return (
    <form className={styles.form} aria-label={t('rules.of', { name })} aria-busy={isSaving || undefined} onSubmit={(event) => void apply(event)}>
      <div className={styles.words}>
        <Select
          className={styles.strategy ?? ''}
          aria-label={t('rules.strategy')}
          ref={take}
          onKeyDown={leave}
          allowDeselect={false}
          comboboxProps={{ transitionProps: { duration: 0 } }}
          data={strategyNames.map((value) => ({ value, label: t(`strategies.${value}`) }))}
          value={draft.strategy}
          onChange={(value) => edit({ strategy: strategyNames.find((one) => one === value) ?? draft.strategy })}
        />
        {draft.lines.map((seconds, i) => {
          const line = i + 2;
          return (
            <span key={line} className={styles.line}>
              {t('rules.hole_before', { line })}
              <TextInput
                className={styles.seconds ?? ''}
                aria-label={t('rules.seconds_of', { line })}
                aria-describedby={problems[i] ? problemId : undefined}
                inputMode="numeric"
                onKeyDown={leave}
                value={seconds}
                error={problems[i] !== null}
                onChange={(event) => edit({ lines: draft.lines.with(i, event.currentTarget.value) })}
              />
              {t('rules.hole_after')}
              {line === draft.lines.length + 1 && (
                <button
                  type="button"
                  className={styles.remove}
                  aria-label={t('rules.remove_line', { line })}
                  title={t('rules.remove_line', { line })}
                  onClick={() => edit({ lines: draft.lines.slice(0, -1) })}
                >
                  <X size={12} aria-hidden="true" />
                </button>
              )}
            </span>
          );
        })}
        {draft.lines.length < MAX_LINE - 1 && (
          <button type="button" className={`${table.link} ${styles.add}`} onClick={() => edit(withLine(draft))}>
            <Plus size={12} aria-hidden="true" />
            {t('rules.add_line', { line: draft.lines.length + 2 })}
          </button>
        )}
        <span className={styles.grow} />
        <Button variant="default" disabled={isSaving} onClick={() => closeRule(source_id)}>
          {t('common.cancel')}
        </Button>
        <Button type="submit" loading={isSaving} disabled={patch === null || !isChanged || isBreaking}>
          {t('common.apply')}
        </Button>
      </div>
      <RuleParts
        source_id={source_id}
        draft={draft}
        problemId={problemId}
        edit={edit}
        replace={(next) => {
          setProblem(null);
          editRule(source_id, next);
        }}
        leave={leave}
      />
      {(wrong ?? problem) && (
        <p role="alert" id={problemId} className={styles.problem}>
          {wrong ? t(wrong, BOUNDS) : problem}
        </p>
      )}
      {patch !== null && isChanged && <Trial key={JSON.stringify(patch)} source_id={source_id} patch={JSON.stringify(patch)} />}
      {isBreaking && (
        <p role="alert" className={styles.problem}>
          {t('cases.breaks')}
        </p>
      )}
      <Cases source_id={source_id} rule={drafted} cases={cases} />
      <Lines source_id={source_id} draft={draft} onEarly={(open_early) => edit({ open_early })} />
    </form>
  );
}

/** The operators on each line, if there are lines. */
function Lines({ source_id, draft, onEarly }: { source_id: number; draft: RuleDraft; onEarly: (open_early: boolean) => void }) {
  const { t, number } = useFormats();
  const weights = useBoard((board) => board.weights[source_id]);
  const line_of = useBoard((board) => board.rules[source_id]?.line_of) ?? defaultRule.line_of;
  const people = peopleOnLines(Object.keys(weights ?? {}).map(Number), line_of, draft);
  if (people.length === 1) return null;
  const empty = people.flatMap((count, i) => (count === 0 ? [i + 1] : []));
  return (
    <div className={styles.lines}>
      <Checkbox size="xs" label={t('rules.open_early')} checked={draft.open_early} onChange={(event) => onEarly(event.currentTarget.checked)} />
      <span>{t('rules.people', { counts: people.map((count, i) => t('rules.people_on', { line: i + 1, n: number(count) })).join(', ') })}</span>
      <a className={table.link} href={hashOf('weights', { source: source_id })}>
        {t('rules.put_on_lines')}
      </a>
      {empty.length > 0 && <span className={styles.warn}>{t('rules.nobody_on', { count: empty.length, lines: empty.join(', ') })}</span>}
    </div>
  );
}
