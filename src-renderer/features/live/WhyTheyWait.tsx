import { useTranslation } from 'react-i18next';
import { reasonText } from '#kit/board/reason-text.ts';
import { useNextChange } from '#kit/board/useNextChange.ts';
import { useClock } from '#kit/locale/clock.ts';
import { useFormats } from '#kit/locale/locale.ts';
import { hashOf } from '#kit/navigation/route.ts';
import { useCalmBoard } from '#link/board.ts';
import { costAt, waitingBySource } from '#link/derive.ts';
import type { WaitingContact } from '#shared/board.ts';
import type { WaitingReason } from '#shared/distribution/table.ts';
import { type Remedy, remediesFor } from '#shared/remedies.ts';
import styles from './Live.module.css';
import { useHeldStill } from './useHeldStill.ts';
import { useRemedy } from './useRemedy.ts';

type Reason = WaitingReason | 'tag_or_owner';

/** Whether more places or people help: those who have room are passed over for other reasons. */
const isRemedied = (reason: Reason): boolean => reason === 'all_full' || reason === 'nobody_active' || reason === 'no_positive_weight';

/** Whether contacts wait for particular people while others have room. Help is offered if any of those could be had. */
const isForSome = (reason: Reason): boolean => reason === 'nobody_fits' || reason === 'owner_busy' || reason === 'tag_or_owner';

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
      {waitingBySource(board, now).map(({ source_id, count, reason }) => (
        <li key={source_id} data-testid={`waiting-source-${source_id}`}>
          <span className={styles['reason-count']}>{number(count)}</span>
          <a className={styles.reason} href={hashOf('contacts', { status: 'waiting', source: source_id })}>
            <b>{board.sources[source_id]?.name}</b>
            {` — ${reason ? reasonText(reason, costAt(board, source_id), t) : t('reasons.going')}`}
            <NextChange contact={board.queue.find((item) => item.source_id === source_id)} />
          </a>
          {reason && <Remedies source_id={source_id} reason={reason} remedies={remediesFor(board, source_id, now).slice(0, OFFERED)} />}
        </li>
      ))}
    </ul>
  );
}

/** What changes next by itself for the one that has waited longest. */
function NextChange({ contact }: { contact: WaitingContact | undefined }) {
  const next = useNextChange(contact);
  return next === '' ? null : `: ${next}`;
}

function Remedies({ source_id, reason, remedies }: { source_id: number; reason: Reason; remedies: readonly Remedy[] }) {
  const { t } = useTranslation();
  if (!isRemedied(reason) && !(isForSome(reason) && remedies.length > 0)) return null;
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
    <button
      type="button"
      data-needs="supervisor"
      className={styles.remedy}
      aria-disabled={busy || undefined}
      title={t('help.lets_go', { count: remedy.helps })}
      onClick={apply}
    >
      {label}
    </button>
  );
}
