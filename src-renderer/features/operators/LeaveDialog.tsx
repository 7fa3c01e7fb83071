import { Button, Modal, Radio } from '@mantine/core';
import { useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useHandOut } from '#kit/board/hand-out.ts';
import { useClock } from '#kit/locale/clock.ts';
import { formatNumber } from '#kit/locale/format.ts';
import { useFormats } from '#kit/locale/locale.ts';
import { useNotify } from '#kit/notices/useNotify.ts';
import { useProblem } from '#kit/notices/useProblem.ts';
import { currentBoard, useBoard, useCalmBoard } from '#link/board.ts';
import type { InactiveReason } from '#shared/contract/entities.ts';
import type { HeldContact, HeldContacts } from '#shared/contract/operators.ts';
import { heldContacts, takeOff } from './calls.ts';
import { previewLeave } from './leave-preview.ts';
import { askAbout, awayText, heldBy, useLeaving } from './leaving.ts';
import styles from './Operators.module.css';

/** Asks what to do with the contacts of an operator who leaves, with the expected outcome of each choice. */
export function LeaveDialog() {
  const { t } = useTranslation();
  const leaving = useLeaving((state) => state.leaving);
  const whose = useBoard((board) => board.operators[leaving?.ids[0] ?? 0]?.name ?? '');
  const name = leaving && leaving.ids.length > 1 ? t('operators.several', { count: leaving.ids.length }) : whose;
  return (
    <Modal
      opened={leaving !== null}
      onClose={() => askAbout(null)}
      title={leaving ? t('operators.leave_title', { name, reason: t(`inactive.${leaving.reason}`) }) : ''}
      size={560}
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      {leaving && <Question key={`${leaving.ids.join()}-${leaving.reason}`} ids={leaving.ids} name={name} reason={leaving.reason} />}
    </Modal>
  );
}

const ways = ['keep', 'hand_over', 'put_back'] as const satisfies HeldContacts[];
const MINUTE_MS = 60_000;
/** The beginning of the minute. */
const minute = (now: number): number => now - (now % MINUTE_MS);

/** Keeps the place of a text that is fetched, so that no button moves away under the pointer when it arrives. */
const NOTHING_YET = '\u00a0';

/** Takers named. */
const NAMED = 5;

function Question({ ids, name, reason }: { ids: readonly number[]; name: string; reason: InactiveReason }) {
  const { t } = useTranslation();
  const { language } = useFormats();
  const teller = useNotify();
  const handOut = useHandOut();
  const holding = useBoard((board) => heldBy(board, ids));
  const leavers = ids.length > 1 ? 'several' : 'one';
  const [way, setWay] = useState<HeldContacts>(reason === 'sick' ? 'put_back' : 'keep'); // an operator who is ill does not return to the contacts today
  const [held, setHeld] = useState<readonly HeldContact[] | null>(null);
  const { problem, sayFailure } = useProblem();
  const [busy, setBusy] = useState(false);
  // biome-ignore lint/correctness/useExhaustiveDependencies: held contacts are fetched again when their number changes
  useEffect(() => {
    let isOver = false;
    void heldContacts(ids).then((outcome) => {
      if (isOver) return;
      if (outcome.ok) setHeld(outcome.value);
      else sayFailure(outcome.problem);
    });
    return () => {
      isOver = true;
    };
  }, [ids, holding, sayFailure]);
  // others go off line or fill up meanwhile, so an old preview is no longer true
  const board = useCalmBoard();
  const now = useClock(minute);
  const preview = useMemo(() => held && previewLeave(board, ids, held, now), [board, ids, held, now]);
  const leave = async () => {
    setBusy(true);
    const outcome = await takeOff(ids, reason, way);
    setBusy(false);
    if (!outcome.ok) return sayFailure(outcome.problem);
    askAbout(null);
    const [only, ...others] = ids;
    const action = only !== undefined && others.length === 0 ? handOut(only, outcome.value.kept) : undefined;
    teller.changed(outcome, awayText(t, { name, reason, ...outcome.value }), undefined, action);
  };
  const range = ([least, most]: readonly [number, number]) => (least === most ? String(least) : `${least}–${most}`);
  const expected = (one: HeldContacts): string => {
    if (one === 'keep') return t(`operators.leave_keep_text.${leavers}`, { count: holding });
    if (!preview) return NOTHING_YET;
    const { taken, takers } = preview;
    if (taken[1] === 0) return t(one === 'hand_over' ? `operators.leave_nobody_keeps.${leavers}` : 'operators.leave_nobody_waits', { count: holding });
    const named = takers
      .slice(0, NAMED)
      .map(({ operator_id, average }) => `${currentBoard().operators[operator_id]?.name ?? ''} ≈ ${formatNumber(Math.round(average * 10) / 10, language)}`);
    const rest: readonly [number, number] = [holding - taken[1], holding - taken[0]];
    const more = takers.length > NAMED ? ` ${t('operators.leave_more', { count: takers.length - NAMED })}` : '';
    const others = t('operators.leave_takers', { taken: range(taken), names: named.join(', ') + more });
    if (rest[1] <= 0) return others;
    return `${others} ${t(one === 'hand_over' ? `operators.leave_rest_keeps.${leavers}` : 'operators.leave_rest_waits', { rest: range(rest) })}`;
  };
  return (
    <form
      className={styles.question}
      onSubmit={(event) => {
        event.preventDefault();
        void leave();
      }}
    >
      <Radio.Group
        label={t(`operators.leave_ask.${leavers}`, { count: holding })}
        value={way}
        onChange={(value) => setWay(ways.find((one) => one === value) ?? 'keep')}
      >
        {ways.map((one) => (
          <Radio
            key={one}
            size="sm"
            className={styles.way ?? ''}
            classNames={{ description: one === 'keep' ? '' : (styles.expected ?? '') }}
            value={one}
            label={t(`operators.leave_way.${one}`)}
            description={expected(one)}
          />
        ))}
      </Radio.Group>
      {problem && (
        <p role="alert" className={styles.problem}>
          {problem}
        </p>
      )}
      <div className={styles.foot}>
        <Button variant="default" disabled={busy} onClick={() => askAbout(null)}>
          {t('common.cancel')}
        </Button>
        <Button type="submit" loading={busy} data-autofocus="">
          {t('operators.leave_do')}
        </Button>
      </div>
    </form>
  );
}
