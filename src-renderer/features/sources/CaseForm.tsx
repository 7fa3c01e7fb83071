import { Button, Select, TextInput } from '@mantine/core';
import { type KeyboardEvent, useMemo, useState } from 'react';
import { caseText, expectedText } from '#kit/board/case-text.ts';
import { useText } from '#kit/locale/locale.ts';
import { useNotify } from '#kit/notices/useNotify.ts';
import { useProblem } from '#kit/notices/useProblem.ts';
import { untilShown, useCalmBoard } from '#link/board.ts';
import { deskOf, keepCase } from '#link/kept-cases.ts';
import { type Expected, expecting, outcomeOf } from '#shared/distribution/kept-case.ts';
import type { Rule } from '#shared/distribution/rule.ts';
import { waitingReasons } from '#shared/distribution/table.ts';
import { choiceOf, expectedIn, presentDraft, situationIn, turned } from './case-draft.ts';
import styles from './Rule.module.css';

const NOBODY = '';
/** Reasons that depend on more than a case says. */
const unlikely: ReadonlySet<string> = new Set(['let_go', 'saved']);

/** A new case: it begins as the desk is now, and expects what comes out under the rule, unless something else is chosen. */
export function CaseForm({ source_id, rule, onClose }: { source_id: number; rule: Rule; onClose: () => void }) {
  const t = useText();
  const notify = useNotify();
  const board = useCalmBoard();
  const people = useMemo(
    () => Object.keys(board.weights[source_id] ?? {}).flatMap((id) => board.operators[Number(id)] ?? []),
    [board.weights, board.operators, source_id],
  );
  const [draft, setDraft] = useState(() => presentDraft(people));
  const { problem, setProblem, sayFailure } = useProblem();
  const [busy, setBusy] = useState(false);
  const nameOf = (id: number) => board.operators[id]?.name ?? `#${id}`;
  const situation = situationIn(source_id, draft);
  const comes = typeof situation === 'string' ? null : expecting(outcomeOf(situation, deskOf(board, source_id, rule)));
  const expected = draft.expected ?? comes;
  const lines = Math.max(1, rule.lines.length + 1, ...Object.values(rule.line_of));
  const choices: Expected[] = [
    ...people.map(({ id }) => ({ operator_id: id })),
    ...Array.from({ length: lines }, (_, i) => ({ line: i + 1 })),
    ...waitingReasons.filter((reason) => !unlikely.has(reason)).map((waiting_reason) => ({ waiting_reason })),
  ];
  const edit = (part: Partial<typeof draft>) => {
    setProblem(null);
    setDraft({ ...draft, ...part });
  };
  const keep = async () => {
    if (typeof situation === 'string' || !expected || busy) return;
    setBusy(true);
    const kept = { ...situation, expected };
    const outcome = await keepCase(kept);
    await untilShown(outcome);
    setBusy(false);
    if (!outcome.ok) return sayFailure(outcome.problem);
    notify.changed(outcome, t('cases.kept', { what: caseText(kept, nameOf, t) }));
    onClose();
  };
  /** The form around it is the rule's: Enter keeps the case, Esc leaves it. */
  const onKey = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.currentTarget.getAttribute('aria-expanded') === 'true') return;
    if (event.key === 'Escape') onClose();
    if (event.key !== 'Enter') return;
    event.preventDefault();
    void keep();
  };
  const wrong = typeof situation === 'string' ? t(`cases.bad.${situation}`) : problem;
  return (
    <fieldset className={styles.case} aria-busy={busy || undefined}>
      <legend className="sr-only">{t('cases.new')}</legend>
      <div className={styles.words}>
        <span className={styles.line}>
          {t('cases.attributes')}
          <TextInput
            className={styles.attributes ?? ''}
            aria-label={t('cases.attributes_hint')}
            placeholder="language=en"
            data-autofocus=""
            onKeyDown={onKey}
            value={draft.attributes}
            error={situation === 'attributes'}
            onChange={(event) => edit({ attributes: event.currentTarget.value })}
          />
        </span>
        <span className={styles.line}>
          {t('cases.waiting')}
          <TextInput
            className={styles.seconds ?? ''}
            aria-label={t('cases.waiting_hint')}
            inputMode="numeric"
            onKeyDown={onKey}
            value={draft.waited}
            error={situation === 'waited'}
            onChange={(event) => edit({ waited: event.currentTarget.value })}
          />
          {t('rules.hole_after')}
        </span>
        <span className={styles.line}>
          {t('cases.owner')}
          <Select
            className={styles.mode ?? ''}
            aria-label={t('cases.owner_hint')}
            allowDeselect={false}
            searchable
            comboboxProps={{ transitionProps: { duration: 0 } }}
            data={[{ value: NOBODY, label: t('cases.nobody') }, ...people.map(({ id, name }) => ({ value: String(id), label: name }))]}
            value={draft.owner_id === null ? NOBODY : String(draft.owner_id)}
            onChange={(value) => edit({ owner_id: value ? Number(value) : null })}
          />
        </span>
      </div>
      <ul className={styles.people} aria-label={t('cases.people')}>
        {people.map(({ id, name }) => {
          const state = !draft.on_line.includes(id) ? 'off' : draft.full.includes(id) ? 'full' : 'free';
          return (
            <li key={id}>
              <button type="button" data-state={state} title={t('cases.turn')} onClick={() => edit(turned(draft, id))}>
                {name}: {t(`cases.states.${state}`)}
              </button>
            </li>
          );
        })}
      </ul>
      <div className={styles.words}>
        <span className={styles.line}>
          {t('cases.expected')}
          <Select
            className={styles.expected ?? ''}
            aria-label={t('cases.expected_hint')}
            allowDeselect={false}
            searchable
            comboboxProps={{ transitionProps: { duration: 0 } }}
            data={choices.map((one) => ({ value: choiceOf(one), label: expectedText(one, nameOf, t) }))}
            value={expected && choiceOf(expected)}
            onChange={(value) => edit({ expected: expectedIn(value) })}
          />
        </span>
        <Button size="xs" variant="default" loading={busy} disabled={typeof situation === 'string' || !expected} onClick={() => void keep()}>
          {t('cases.keep')}
        </Button>
        <Button size="xs" variant="default" disabled={busy} onClick={onClose}>
          {t('common.cancel')}
        </Button>
      </div>
      {wrong && (
        <p role="alert" className={styles.problem}>
          {wrong}
        </p>
      )}
    </fieldset>
  );
}
