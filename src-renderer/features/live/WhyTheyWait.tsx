import { useTranslation } from 'react-i18next';
import { useNextLine } from '#kit/board/useNextLine.ts';
import { useClock } from '#kit/locale/clock.ts';
import { useFormats } from '#kit/locale/locale.ts';
import { hashOf } from '#kit/navigation/route.ts';
import { useCalmBoard } from '#link/board.ts';
import { waitingBySource } from '#link/derive.ts';
import type { WaitingContact } from '#shared/board.ts';
import type { WaitingReason } from '#shared/distribution/table.ts';
import { type Remedy, remediesFor } from '#shared/remedies.ts';
import styles from './Live.module.css';
import { useHeldStill } from './useHeldStill.ts';
import { useRemedy } from './useRemedy.ts';

/** Whether more places or people help: those who have room are passed over for other reasons. */
const isRemedied = (reason: WaitingReason | 'tag_or_owner'): boolean => reason === 'all_full' || reason === 'nobody_active' || reason === 'no_positive_weight';

/** Remedies offered per source: a few to choose from, not a list. */
const OFFERED = 2;

const MINUTE_MS = 60_000;
/** The beginning of the minute. */
const minute = (now: number): number => now - (now % MINUTE_MS);

/** Why contacts wait, by source, with remedies that take one click to apply and one to undo. */
export function WhyTheyWait() {
  const { t } = useTranslation();
  const { number } = useFormats();
  const { held: board, handlers } = useHeldStill(useCalmBoard());
  const now = useClock(minute);
  return (
    <ul className={styles.reasons} aria-label={t('live.why_they_wait')} {...handlers}>
      {waitingBySource(board).map(({ source_id, count, reason }) => (
        <li key={source_id} data-testid={`waiting-source-${source_id}`}>
          <span className={styles['reason-count']}>{number(count)}</span>
          <a className={styles.reason} href={hashOf('contacts', { status: 'waiting', source: source_id })}>
            <b>{board.sources[source_id]?.name}</b>
            {` — ${reason ? t(`reasons.${reason}`) : t('reasons.going')}`}
            <NextLine contact={board.queue.find((item) => item.source_id === source_id && !item.is_returned)} />
          </a>
          {reason && isRemedied(reason) && <Remedies source_id={source_id} remedies={remediesFor(board, source_id, now).slice(0, OFFERED)} />}
        </li>
      ))}
    </ul>
  );
}

/** When the next line opens for the one that has waited longest. */
function NextLine({ contact }: { contact: WaitingContact | undefined }) {
  const next = useNextLine(contact);
  return next === '' ? null : `: ${next}`;
}

function Remedies({ source_id, remedies }: { source_id: number; remedies: readonly Remedy[] }) {
  const { t } = useTranslation();
  if (remedies.length === 0)
    return (
      <span className={styles.help}>
        <a href={hashOf('weights', { source: source_id })}>{t('help.nobody')}</a>
      </span>
    );
  return (
    <span className={styles.help}>
      {remedies.map((remedy) => (
        <RemedyButton key={remedy.kind} remedy={remedy} />
      ))}
    </span>
  );
}

function RemedyButton({ remedy }: { remedy: Remedy }) {
  const { t } = useTranslation();
  const { label, apply, busy } = useRemedy(remedy);
  return (
    <button type="button" className={styles.remedy} aria-disabled={busy || undefined} title={t('help.lets_go', { count: remedy.helps })} onClick={apply}>
      {label}
    </button>
  );
}
