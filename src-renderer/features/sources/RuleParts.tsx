import { Checkbox, Select, TextInput } from '@mantine/core';
import { Plus, X } from 'lucide-react';
import { type KeyboardEvent, type ReactNode, useMemo } from 'react';
import { useFormats } from '#kit/locale/locale.ts';
import table from '#kit/table/table.module.css';
import { useBoard } from '#link/board.ts';
import styles from './Rule.module.css';
import { badHoles, fresh, type Hole, neededByNobody, type Part, parts, type RuleDraft, tooSmallFor, withoutPart } from './rule-draft.ts';

interface RulePartsProps {
  readonly source_id: number;
  readonly draft: RuleDraft;
  readonly problemId: string;
  readonly edit: (part: Partial<RuleDraft>) => void;
  readonly replace: (draft: RuleDraft) => void;
  readonly leave: (event: KeyboardEvent<HTMLInputElement>) => void;
}

/** The parts of a rule that are added to its sentence when they are wanted: own operator, target, urgency, tags, further messages, cost. */
export function RuleParts({ source_id, draft, problemId, edit, replace, leave }: RulePartsProps) {
  const { t } = useFormats();
  const bad = badHoles(draft);
  const hole = (name: Hole, value: string, onChange: (text: string) => void, wide = false) => (
    <TextInput
      className={(wide ? styles.attributes : styles.seconds) ?? ''}
      aria-label={t(`rules.holes.${name}`)}
      aria-describedby={bad.includes(name) ? problemId : undefined}
      inputMode={wide ? 'text' : 'numeric'}
      onKeyDown={leave}
      value={value}
      error={bad.includes(name)}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
  const part = (name: Part, children: ReactNode) => (
    <span className={styles.line} key={name}>
      {children}
      <button
        type="button"
        className={styles.remove}
        aria-label={t(`rules.remove.${name}`)}
        title={t(`rules.remove.${name}`)}
        onClick={() => replace(withoutPart(draft, name))}
      >
        <X size={12} aria-hidden="true" />
      </button>
    </span>
  );
  const { owner, target, urgency, needs, repeat, cost, accept, close, hours } = draft;
  const schedules = Object.entries(useBoard((board) => board.schedules)).map(([value, its]) => ({ value, label: its.name }));
  const offered = parts.filter((name) => draft[name] === undefined && (name !== 'hours' || schedules.length > 0));
  return (
    <div className={styles.words}>
      {owner &&
        part(
          'owner',
          <>
            {t('rules.owner_before')}
            <Select
              className={styles.mode ?? ''}
              aria-label={t('rules.holes.mode')}
              onKeyDown={leave}
              allowDeselect={false}
              comboboxProps={{ transitionProps: { duration: 0 } }}
              data={(['days', 'open'] as const).map((value) => ({ value, label: t(`rules.modes.${value}`) }))}
              value={owner.mode}
              onChange={(mode) => edit({ owner: { ...owner, mode: mode === 'open' ? 'open' : 'days' } })}
            />
            {owner.mode === 'days' && hole('days', owner.days, (days) => edit({ owner: { ...owner, days } }))}
            {owner.mode === 'days' && t('rules.days_after')}
            {` ${t('rules.wait_before')}`}
            {hole('wait', owner.wait, (wait) => edit({ owner: { ...owner, wait } }))}
            {t('rules.hole_after')}
          </>,
        )}
      {needs &&
        part(
          'needs',
          <>
            {t('rules.needs_before')}
            {hole('attributes', needs.attributes, (attributes) => edit({ needs: { ...needs, attributes } }), true)}
            {t('rules.needs_for')}
            {hole('needs_for', needs.seconds, (seconds) => edit({ needs: { ...needs, seconds } }))}
            {t('rules.hole_after')}
          </>,
        )}
      {target &&
        part(
          'target',
          <>
            {t('rules.target_before')}
            {hole('target', target.seconds, (seconds) => edit({ target: { ...target, seconds } }))}
            {t('rules.hole_after')}
            <Checkbox
              size="xs"
              label={t('rules.accepts')}
              checked={target.accepts}
              onChange={(event) => edit({ target: { ...target, accepts: event.currentTarget.checked } })}
            />
          </>,
        )}
      {urgency !== undefined &&
        part(
          'urgency',
          <>
            {t('rules.urgency_before')}
            {hole('urgency', urgency, (text) => edit({ urgency: text }))}
          </>,
        )}
      {repeat &&
        part(
          'repeat',
          <>
            {t('rules.repeat_before')}
            {hole('within', repeat.minutes, (minutes) => edit({ repeat: { minutes } }))}
            {t('rules.repeat_after')}
          </>,
        )}
      {cost !== undefined &&
        part(
          'cost',
          <>
            {t('rules.cost_before')}
            {hole('cost', cost, (text) => edit({ cost: text }))}
          </>,
        )}
      {accept !== undefined &&
        part(
          'accept',
          <>
            {t('rules.accept_before')}
            {hole('accept', accept, (text) => edit({ accept: text }))}
            {t('rules.hole_after')}
            {target && Number(accept) > Number(target.seconds) && <span className={styles.warn}>{t('rules.accept_above_target')}</span>}
          </>,
        )}
      {close !== undefined &&
        part(
          'close',
          <>
            {t('rules.close_before')}
            {hole('close', close, (text) => edit({ close: text }))}
            {t('rules.close_after')}
          </>,
        )}
      {hours !== undefined &&
        part(
          'hours',
          <>
            {t('rules.hours_before')}
            <Select
              className={styles.mode ?? ''}
              aria-label={t('rules.holes.hours')}
              aria-describedby={bad.includes('hours') ? problemId : undefined}
              onKeyDown={leave}
              allowDeselect={false}
              comboboxProps={{ transitionProps: { duration: 0 } }}
              data={schedules}
              value={hours}
              error={bad.includes('hours')}
              onChange={(id) => edit({ hours: id ?? '' })}
            />
          </>,
        )}
      {offered.map((name) => (
        <button
          key={name}
          type="button"
          className={`${table.link} ${styles.add}`}
          onClick={() => edit({ [name]: name === 'hours' ? (schedules[0]?.value ?? '') : fresh[name] })}
        >
          <Plus size={12} aria-hidden="true" />
          {t(`rules.add.${name}`)}
        </button>
      ))}
      {needs && <NeededByNobody source_id={source_id} draft={draft} />}
      {cost !== undefined && <TooSmallLimits source_id={source_id} draft={draft} />}
    </div>
  );
}

/** Says which attributes no operator of the source has a tag for: contacts that have them would wait. */
function NeededByNobody({ source_id, draft }: { source_id: number; draft: RuleDraft }) {
  const { t } = useFormats();
  const weights = useBoard((board) => board.weights[source_id]);
  const operators = useBoard((board) => board.operators);
  const nobody = useMemo(() => {
    const tags = Object.keys(weights ?? {}).flatMap((id) => operators[Number(id)]?.tags ?? []);
    return neededByNobody(draft, tags);
  }, [weights, operators, draft]);
  return nobody.length === 0 ? null : <span className={styles.warn}>{t('rules.tag_of_nobody', { attributes: nobody.join(', '), tag: `${nobody[0]}:…` })}</span>;
}

/** Names who could never take a contact of this cost: it is above their limit. */
function TooSmallLimits({ source_id, draft }: { source_id: number; draft: RuleDraft }) {
  const { t } = useFormats();
  const weights = useBoard((board) => board.weights[source_id]);
  const operators = useBoard((board) => board.operators);
  const takers = Object.entries(weights ?? {}).flatMap(([id, weight]) => (weight > 0 ? (operators[Number(id)] ?? []) : []));
  const small = tooSmallFor(draft, takers);
  if (small.length === 0) return null;
  if (small.length === takers.length) return <span className={styles.warn}>{t('rules.cost_above_all')}</span>;
  const names = small.map((id) => operators[id]?.name ?? '');
  return <span className={styles.warn}>{t('rules.cost_above', { names: names.join(', ') })}</span>;
}
