import { useMemo } from 'react';
import { useFormats } from '#kit/locale/locale.ts';
import { useParams } from '#kit/navigation/route.ts';
import { addressOf, shownIn } from './address.ts';
import { ContactList } from './ContactList.tsx';
import { useWriter } from './cells.ts';
import styles from './Reports.module.css';
import { ReportView } from './ReportView.tsx';

/** Reports as tables and charts, down to the contacts behind each number. */
export function ReportsScreen() {
  const params = useParams();
  const { zone } = useFormats();
  const shown = useMemo(() => shownIn(params), [params]);
  const writer = useWriter(zone);
  return (
    <section className={styles.screen} data-testid="reports">
      {shown.list ? (
        <ContactList key={params.get('list')} query={shown.list} writer={writer} back={addressOf({ ...shown, list: null })} />
      ) : (
        <ReportView shown={shown} writer={writer} />
      )}
    </section>
  );
}
