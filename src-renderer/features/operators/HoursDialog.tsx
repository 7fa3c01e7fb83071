import { Button, Modal, Select, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNotify } from '#kit/notices/useNotify.ts';
import { useProblem } from '#kit/notices/useProblem.ts';
import { useCalmBoard } from '#link/board.ts';
import { PATTERN_DAYS_MAX, timeZone } from '#shared/contract/operator-hours.ts';
import { atEnds, defaultHours, starts } from '#shared/operator-hours.ts';
import { changeOperators } from './calls.ts';
import styles from './Operators.module.css';

const NONE = '';

/** Gives operators a schedule, or takes it away, and says how they keep it. */
export function HoursDialog({ ids, onClose }: { ids: readonly number[]; onClose: () => void }) {
  const { t } = useTranslation();
  const teller = useNotify();
  const { operators, schedules } = useCalmBoard();
  const { problem, sayFailure } = useProblem();
  const [busy, setBusy] = useState(false);
  const { name = '', hours = defaultHours } = operators[ids[0] ?? 0] ?? {};
  const [schedule, setSchedule] = useState(hours.schedule_id === null ? NONE : String(hours.schedule_id));
  const [offset, setOffset] = useState(String(hours.shift_offset));
  const [zone, setZone] = useState(hours.time_zone ?? '');
  const [start, setStart] = useState<string>(hours.start);
  const [at_end, setAtEnd] = useState<string>(hours.at_end);
  const isOffset = /^[-−]?\d{1,2}$/.test(offset.trim()) && Math.abs(Number(offset.replace('−', '-'))) < PATTERN_DAYS_MAX;
  const time_zone = zone.trim() || null;
  const isZone = time_zone === null || timeZone.safeParse(time_zone).success;
  const save = async (event: FormEvent) => {
    event.preventDefault();
    if (busy || !isOffset || !isZone) return;
    setBusy(true);
    const outcome = await changeOperators(ids, {
      do: 'set_hours',
      schedule_id: schedule === NONE ? null : Number(schedule),
      shift_offset: Number(offset.replace('−', '-')),
      ...(time_zone !== hours.time_zone && { time_zone }), // several operators keep each their own
      start: starts.find((one) => one === start) ?? 'auto',
      at_end: atEnds.find((one) => one === at_end) ?? 'keep',
    });
    setBusy(false);
    if (!outcome.ok) return sayFailure(outcome.problem);
    onClose();
    const { changed } = outcome.value;
    teller.changed(outcome, changed === 0 ? t('operators.tags_same') : t('schedules.given', { count: changed }));
  };
  const choice = <T extends string>(
    label: string,
    all: readonly { value: T; label: string }[],
    value: string,
    onChange: (value: string) => void,
    first = false,
  ) => (
    <Select
      {...(first && { 'data-autofocus': '' })}
      label={label}
      allowDeselect={false}
      comboboxProps={{ transitionProps: { duration: 0 } }}
      data={[...all]}
      value={value}
      onChange={(chosen) => onChange(chosen ?? value)}
    />
  );
  const known = Object.entries(schedules).map(([id, its]) => ({ value: id, label: its.name }));
  return (
    <Modal
      opened
      onClose={onClose}
      title={ids.length > 1 ? t('schedules.of_several', { count: ids.length }) : t('schedules.of', { name })}
      size={480}
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      <form className={styles.question} onSubmit={(event) => void save(event)}>
        {choice(t('schedules.schedule'), [{ value: NONE, label: t('schedules.none') }, ...known], schedule, setSchedule, true)}
        {known.length === 0 && <p className={styles.label}>{t('schedules.empty')}</p>}
        <TextInput
          label={t('schedules.offset')}
          description={t('schedules.offset_hint')}
          value={offset}
          error={isOffset ? undefined : t('schedules.wrong_offset', { max: PATTERN_DAYS_MAX - 1 })}
          onChange={(event) => setOffset(event.currentTarget.value)}
        />
        <TextInput
          label={t('schedules.zone')}
          description={t('schedules.zone_hint')}
          value={zone}
          error={isZone ? undefined : t('schedules.wrong_zone')}
          onChange={(event) => setZone(event.currentTarget.value)}
        />
        {choice(
          t('schedules.start'),
          starts.map((value) => ({ value, label: t(`schedules.starts.${value}`) })),
          start,
          setStart,
        )}
        {choice(
          t('schedules.at_end'),
          atEnds.map((value) => ({ value, label: t(`schedules.at_ends.${value}`) })),
          at_end,
          setAtEnd,
        )}
        <p className={styles.label}>{t('schedules.from_next')}</p>
        {problem && (
          <p role="alert" className={styles.problem}>
            {problem}
          </p>
        )}
        <div className={styles.foot}>
          <Button variant="default" disabled={busy} onClick={onClose}>
            {t('common.cancel')}
          </Button>
          <Button type="submit" loading={busy} disabled={!isOffset || !isZone}>
            {t('schedules.give')}
          </Button>
        </div>
      </form>
    </Modal>
  );
}
