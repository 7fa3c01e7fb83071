import { Button, Modal, Textarea, TextInput } from '@mantine/core';
import { Pencil, X } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { patternText } from '#kit/board/schedule-text.ts';
import { useNotify } from '#kit/notices/useNotify.ts';
import { useProblem } from '#kit/notices/useProblem.ts';
import table from '#kit/table/table.module.css';
import { untilShown, useCalmBoard } from '#link/board.ts';
import { scheduleInput } from '#shared/contract/schedules.ts';
import type { Interval, Schedule } from '#shared/schedule.ts';
import { mondayOf, textOfDay } from '#shared/zone.ts';
import { removeSchedule, saveSchedule } from './calls.ts';
import styles from './Operators.module.css';
import { dayIn, dayLine, daysIn } from './pattern-text.ts';

/** What is edited; id null: a new schedule. */
interface Edited {
  readonly id: number | null;
  readonly schedule: Schedule | null;
}

/** The schedules of the workspace. They are given to operators by the actions of the list, and to sources by their rules. */
export function SchedulesDialog() {
  const { t } = useTranslation();
  const [isOpen, setOpen] = useState(false);
  const [edited, setEdited] = useState<Edited | null>(null);
  const close = () => {
    setOpen(false);
    setEdited(null);
  };
  return (
    <>
      <Button variant="default" data-needs="supervisor" onClick={() => setOpen(true)}>
        {t('schedules.open')}
      </Button>
      <Modal opened={isOpen} onClose={close} title={t('schedules.title')} size={760} closeButtonProps={{ 'aria-label': t('common.close') }}>
        {edited ? <ScheduleForm edited={edited} onDone={() => setEdited(null)} /> : <List onEdit={setEdited} />}
      </Modal>
    </>
  );
}

function List({ onEdit }: { onEdit: (edited: Edited) => void }) {
  const { t } = useTranslation();
  const teller = useNotify();
  const { schedules, operators, rules, sources } = useCalmBoard();
  const { problem, setProblem, sayFailure } = useProblem();
  const remove = async (id: number, name: string) => {
    setProblem(null);
    const outcome = await removeSchedule(id);
    if (outcome.ok) teller.changed(outcome, t('schedules.removed', { name }));
    else sayFailure(outcome.problem);
  };
  const usersOf = (id: number) => {
    const people = Object.values(operators).filter((one) => !one.is_archived && one.hours?.schedule_id === id).length;
    const open = Object.entries(rules).flatMap(([key, rule]) => (rule.schedule_id === id ? (sources[Number(key)]?.name ?? []) : []));
    return [people > 0 && t('schedules.people', { count: people }), open.length > 0 && t('schedules.sources', { names: open.join(', ') })]
      .filter(Boolean)
      .join('; ');
  };
  const all = Object.entries(schedules).map(([id, schedule]) => ({ id: Number(id), ...schedule }));
  return (
    <div className={styles.question}>
      {all.length === 0 ? (
        <p className={styles.plain}>{t('schedules.empty')}</p>
      ) : (
        <table className={table.table} data-testid="work-schedules">
          <thead>
            <tr>
              <th scope="col" className={styles.schedule}>
                {t('schedules.name')}
              </th>
              <th scope="col">{t('schedules.days')}</th>
              <th scope="col" className={styles['col-whose']}>
                {t('schedules.whose')}
              </th>
              <th scope="col" className={styles['col-edit']}>
                <span className="sr-only">{t('common.actions')}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {all.map(({ id, name, days, time_zone }) => (
              <tr key={id}>
                <th scope="row" className={styles.schedule}>
                  {name}
                </th>
                <td className={styles.pattern}>
                  {patternText(days, t)}
                  <span className={styles.label}> {time_zone}</span>
                </td>
                <td className={styles.pattern}>{usersOf(id) || t('schedules.nobody')}</td>
                <td className={table.number}>
                  <button
                    type="button"
                    className={table.link}
                    aria-label={t('schedules.edit_of', { name })}
                    title={t('schedules.edit_of', { name })}
                    onClick={() => onEdit({ id, schedule: schedules[id] ?? null })}
                  >
                    <Pencil size={14} aria-hidden="true" />
                  </button>
                  <button
                    type="button"
                    className={table.link}
                    aria-label={t('schedules.remove_of', { name })}
                    title={t('schedules.remove_of', { name })}
                    onClick={() => void remove(id, name)}
                  >
                    <X size={14} aria-hidden="true" />
                  </button>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <p className={styles.label}>{t('schedules.hint')}</p>
      {problem && (
        <p role="alert" className={styles.problem}>
          {problem}
        </p>
      )}
      <div className={styles.foot}>
        <Button data-autofocus="" onClick={() => onEdit({ id: null, schedule: null })}>
          {t('schedules.add')}
        </Button>
      </div>
    </div>
  );
}

/** Patterns to begin with. */
const usual = { week: ['9-18', '9-18', '9-18', '9-18', '9-18', '', ''], two: ['9-21', '9-21', '', ''], day: ['8-8', '', ''] } as const;

/** Monday of this week. */
const thisMonday = (): string => textOfDay(mondayOf(Math.floor((Date.now() - 60_000 * new Date().getTimezoneOffset()) / 86_400_000)));

function ScheduleForm({ edited: { id, schedule }, onDone }: { edited: Edited; onDone: () => void }) {
  const { t } = useTranslation();
  const teller = useNotify();
  const { problem, sayFailure } = useProblem();
  const [busy, setBusy] = useState(false);
  const [name, setName] = useState(schedule?.name ?? '');
  const [zone, setZone] = useState(schedule?.time_zone ?? Intl.DateTimeFormat().resolvedOptions().timeZone);
  const [anchor, setAnchor] = useState(schedule?.anchor_date ?? thisMonday());
  const words = { lunch: t('inactive.lunch'), free: t('schedules.free') };
  const linesOf = (days: readonly (readonly Interval[])[]) => days.map((day) => dayLine(day, words)).join('\n');
  const usualLines = (one: keyof typeof usual) => linesOf(usual[one].map((line) => dayIn(line) ?? []));
  const [text, setText] = useState(schedule ? linesOf(schedule.days) : usualLines('week'));
  const { days, wrong } = daysIn(text);
  const parsed = scheduleInput.safeParse({ name, time_zone: zone.trim(), anchor_date: anchor, days, exceptions: schedule?.exceptions ?? [] });
  const isBad = (field: string) => !parsed.success && parsed.error.issues.some(({ path }) => path[0] === field);
  const save = async (event: FormEvent) => {
    event.preventDefault();
    if (!parsed.success || wrong !== null || busy) return;
    setBusy(true);
    const outcome = await saveSchedule(id, parsed.data);
    await untilShown(outcome);
    setBusy(false);
    if (!outcome.ok) return sayFailure(outcome.problem);
    onDone();
    teller.changed(outcome, t('schedules.saved', { name: outcome.value.name }));
  };
  return (
    <form className={styles.question} onSubmit={(event) => void save(event)}>
      <TextInput data-autofocus="" label={t('schedules.name')} value={name} onChange={(event) => setName(event.currentTarget.value)} />
      <Textarea
        label={t('schedules.lines')}
        description={t('schedules.lines_hint')}
        autosize
        minRows={4}
        maxRows={14}
        value={text}
        error={wrong !== null ? t('schedules.wrong_line', { n: wrong }) : isBad('days') ? t('schedules.wrong_days') : undefined}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <div className={styles.form}>
        {(['week', 'two', 'day'] as const).map((one) => (
          <Button key={one} size="xs" variant="default" onClick={() => setText(usualLines(one))}>
            {t(`schedules.usual.${one}`)}
          </Button>
        ))}
      </div>
      <p role="status" className={styles.plain}>
        {wrong === null && patternText(days, t)}
      </p>
      <div className={styles.pair}>
        <TextInput
          type="date"
          label={t('schedules.anchor')}
          value={anchor}
          error={isBad('anchor_date')}
          onChange={(event) => setAnchor(event.currentTarget.value)}
        />
        <TextInput
          label={t('schedules.zone')}
          value={zone}
          error={isBad('time_zone') ? t('schedules.wrong_zone') : undefined}
          onChange={(event) => setZone(event.currentTarget.value)}
        />
      </div>
      {problem && (
        <p role="alert" className={styles.problem}>
          {problem}
        </p>
      )}
      <div className={styles.foot}>
        <Button variant="default" disabled={busy} onClick={onDone}>
          {t('common.cancel')}
        </Button>
        <Button type="submit" loading={busy} disabled={!parsed.success || wrong !== null}>
          {t('schedules.save')}
        </Button>
      </div>
    </form>
  );
}
