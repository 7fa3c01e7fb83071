import { memo, useMemo, useState } from 'react';
import { AcceptBy } from '#kit/board/AcceptBy.tsx';
import { LoadBar } from '#kit/board/LoadBar.tsx';
import { Toggle } from '#kit/fields/Toggle.tsx';
import { Ago, Lasting } from '#kit/locale/Ago.tsx';
import { useFormats } from '#kit/locale/locale.ts';
import { contactsLink } from '#kit/navigation/list-filters.ts';
import { hashOf, openContact } from '#kit/navigation/route.ts';
import { currentBoard, useBoard } from '#link/board.ts';
import { assignedOn, type Unaccepted as UnacceptedContact } from '#shared/board.ts';
import type { TileKind } from './groups.ts';
import styles from './Operators.module.css';
import { ShareToday } from './ShareToday.tsx';
import { useActivity } from './store.ts';
import { type Drop, useDrop } from './useDrop.ts';
import { useToggle } from './useToggle.ts';

/** Above this many assignments per second tiles no longer light up: all would glow, at the cost of a layer per tile. */
const GLOWS_A_SECOND = 10;

function canBeFollowed(): boolean {
  const { recent } = currentBoard();
  const [latest, earlier] = [recent[0], recent[GLOWS_A_SECOND]];
  return !latest || !earlier || latest.at - earlier.at > 1000;
}

/** Whether the tile lights up briefly after its latest assignment; decided when that arrives. */
function useGlow(last_assigned_at: number | null | undefined): boolean {
  const [first] = useState(last_assigned_at);
  return useMemo(() => last_assigned_at !== first && canBeFollowed(), [first, last_assigned_at]);
}

/** How many contacts the operator has not accepted, and how long there is for the first of them. */
function Unaccepted({ contacts }: { contacts: readonly UnacceptedContact[] }) {
  const { t, number } = useFormats();
  const first = contacts.reduce((a, b) => (b.accept_by < a.accept_by ? b : a));
  return (
    <button type="button" className={styles.unaccepted} title={t('live.unaccepted_title')} onClick={() => openContact(first.contact_id)}>
      {t('live.unaccepted', { n: number(contacts.length) })} <AcceptBy at={first.accept_by} />
    </button>
  );
}

/** One operator. Selects its own, so that changes of others render nothing here. */
export const OperatorTile = memo(function OperatorTile({ id, kind, onDrop }: { id: number; kind: TileKind; onDrop: Drop }) {
  const { t, number, day } = useFormats();
  const operator = useBoard((board) => board.operators[id]);
  const going = useActivity((state) => state.going[id]);
  const toggle = useToggle();
  const { taking, marks, handlers } = useDrop(operator, onDrop);
  const glows = useGlow(operator?.last_assigned_at);
  const links = useMemo(
    () => ({
      held: contactsLink({ status: 'assigned', operator_id: id }),
      today: contactsLink({ operator_id: id, period_of: 'assigned', from: day, to: day }),
    }),
    [id, day],
  );
  if (!operator) return null;
  const on = going ?? operator.is_active;
  const { last_assigned_at } = operator;
  const isWide = kind === 'wide';
  return (
    <li
      data-row=""
      tabIndex={-1}
      data-testid={`operator-row-${id}`}
      data-off={!on || undefined}
      data-glows={glows || undefined}
      data-kind={kind}
      className={styles.tile}
      {...marks}
      {...handlers}
    >
      {glows && <span key={last_assigned_at} className={styles.glow} aria-hidden="true" />}
      <span className={styles.who} title={operator.name}>
        <a className={styles.name} href={hashOf('contacts', { operator: id })} data-open="">
          {operator.name}
        </a>
        {operator.unaccepted && <Unaccepted contacts={operator.unaccepted} />}
        {(taking === 'full' || taking === 'holder') && <span className={styles.refuses}>{t(`live.refuses.${taking}`)}</span>}
      </span>
      {!isWide && !on && (
        <span className={styles.away}>
          {operator.inactive_reason && <span>{t(`inactive.${operator.inactive_reason}`)}</span>}
          <Lasting since={operator.active_changed_at} />
        </span>
      )}
      {(on || isWide || operator.load > 0) && (
        <a className={styles.behind} href={links.held} title={t('live.held_title')}>
          {on || isWide ? <LoadBar load={operator.load} max={operator.max_load} isShort={!isWide} /> : `${operator.load} / ${operator.max_load}`}
        </a>
      )}
      {isWide && (
        <>
          <a className={`${styles.behind} ${styles.figure}`} href={links.today} title={t('live.today_title')}>
            {number(assignedOn(operator, day))}
          </a>
          <span className={styles.figure}>
            <ShareToday operator_id={id} />
          </span>
          <span className={styles.figure}>
            <Ago at={last_assigned_at} />
          </span>
        </>
      )}
      <Toggle
        needs="supervisor"
        on={on}
        busy={going !== undefined}
        label={t('live.active_of', { name: operator.name })}
        onToggle={(value) => toggle(id, value)}
      />
      {isWide && (
        <>
          <span className={styles.state}>{on ? t('live.on') : operator.inactive_reason ? t(`inactive.${operator.inactive_reason}`) : t('live.off')}</span>
          <span className={styles.since}>
            <Lasting since={operator.active_changed_at} />
          </span>
        </>
      )}
    </li>
  );
});
