import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { Scrollable } from '#kit/layout/Scrollable.tsx';
import { useClock } from '#kit/locale/clock.ts';
import { formatMoment } from '#kit/locale/format.ts';
import { useFormats } from '#kit/locale/locale.ts';
import table from '#kit/table/table.module.css';
import type { Contact, ContactMessage } from '#shared/contract/entities.ts';
import styles from './Decision.module.css';
import type { Card } from './store.ts';

/** The further messages of the lead that were added to this contact, oldest first. */
export function Messages({ card, contact: { messages: count, lead } }: { card: Card; contact: Contact }) {
  const { t } = useTranslation();
  const messages = useStore(card.store, (state) => state.messages);
  const known = [lead.name, lead.phone, lead.email, lead.external_id];
  return (
    <div className={styles.further}>
      <h3>
        {t('decision.messages')} <span className={styles.count}>{count}</span>
      </h3>
      {messages.length > 0 && (
        <Scrollable label={t('decision.messages')} className={styles.messages} testId="messages">
          <ol>
            {messages.map((message) => (
              <Message key={message.id} message={message} known={known} />
            ))}
          </ol>
          {messages.length < count && (
            <button type="button" className={table.link} onClick={() => void card.readMoreMessages()}>
              {t('decision.messages_more')}
            </button>
          )}
        </Scrollable>
      )}
    </div>
  );
}

/** @param known what the card says of the lead already */
function Message({ message: its, known }: { message: ContactMessage; known: readonly (string | null)[] }) {
  const { created_at, message, attributes, name, phone, email, external_id } = its;
  const { t } = useTranslation();
  const { language, zone } = useFormats();
  const moment = useClock((now) => formatMoment(Date.parse(created_at), now, language, zone));
  const others = [
    ...[name, phone, email, external_id].filter((value) => !known.includes(value)),
    ...Object.entries(attributes).map(([key, value]) => `${key}: ${typeof value === 'string' ? value : JSON.stringify(value)}`),
  ];
  return (
    <li>
      <time dateTime={created_at}>{moment}</time>
      <div>
        {message === null ? <span className={styles.none}>{t('decision.message_without_text')}</span> : <bdi>{message}</bdi>}
        {others.length > 0 && (
          <small>
            {others.map((one) => (
              <bdi key={one}>{one}</bdi>
            ))}
          </small>
        )}
      </div>
    </li>
  );
}
