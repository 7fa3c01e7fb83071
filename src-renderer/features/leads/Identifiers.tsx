import { useTranslation } from 'react-i18next';
import { CopyButton } from '#kit/fields/CopyButton.tsx';
import { useClock } from '#kit/locale/clock.ts';
import { formatHandle, formatMoment } from '#kit/locale/format.ts';
import { useFormats } from '#kit/locale/reading.ts';
import type { LeadDetail } from '#shared/contract/entities.ts';
import styles from './Leads.module.css';

type Identifier = LeadDetail['identifiers'][number];

const kinds: readonly Identifier['kind'][] = ['phone', 'external_id', 'email'];

/** Grouped by kind, each in the order first seen. */
export function Identifiers({ identifiers }: { identifiers: readonly Identifier[] }) {
  const { t } = useTranslation();
  return (
    <section>
      <h3>{t('leads.identifiers')}</h3>
      <ul className={styles.identifiers}>
        {kinds.flatMap((kind) =>
          identifiers
            .filter((identifier) => identifier.kind === kind)
            .map((identifier) => <Item key={`${kind} ${identifier.value}`} identifier={identifier} />),
        )}
      </ul>
    </section>
  );
}

function Item({ identifier: { kind, value, created_at } }: { identifier: Identifier }) {
  const { t } = useTranslation();
  const { language, zone } = useFormats();
  const since = useClock((now) => formatMoment(Date.parse(created_at), now, language, zone));
  return (
    <li>
      <span className={styles.kind}>{t(`leads.kind.${kind}`)}</span>
      <b title={value}>{kind === 'phone' ? formatHandle(value) : value}</b>
      <time dateTime={created_at}>{since}</time>
      <CopyButton text={() => value} />
    </li>
  );
}
