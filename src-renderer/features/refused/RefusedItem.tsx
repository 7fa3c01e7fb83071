import { Button } from '@mantine/core';
import { useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import { useTranslation } from 'react-i18next';
import code from '#kit/fields/code.module.css';
import { Scrollable } from '#kit/layout/Scrollable.tsx';
import { useClock } from '#kit/locale/clock.ts';
import { formatMoment } from '#kit/locale/format.ts';
import { useFormats } from '#kit/locale/locale.ts';
import { hashOf, openContact } from '#kit/navigation/route.ts';
import { problemText } from '#kit/notices/problem-text.ts';
import { useNotify } from '#kit/notices/useNotify.ts';
import { useBoard } from '#link/board.ts';
import type { MendableFields } from '#shared/contract/refused-contacts.ts';
import { countsOthers, fieldErrorText } from './field-error-text.ts';
import { isBesideField, MendForm } from './MendForm.tsx';
import styles from './Refused.module.css';
import { dismiss, fieldsOf, handInAgain, type ShownRefusal, useRefused, whole } from './store.ts';

export function RefusedItem({ item }: { item: ShownRefusal }) {
  const { t } = useTranslation();
  const { language, zone } = useFormats();
  const teller = useNotify();
  const source = useBoard((board) => board.sources[item.source_id]?.name ?? '');
  const busy = useRefused((state) => state.busy_id === item.id);
  const when = useClock((now) => formatMoment(Date.parse(item.refused_at), now, language, zone));
  const [full, setFull] = useState<{ payload: unknown } | null>(null);
  const cause = problemText({ code: item.code, detail: item.detail }, t);
  const [editing, setEditing] = useState<MendableFields | null>(null);
  const errors = editing ? item.errors.filter((error) => !isBesideField(error)) : item.errors;
  const again = async (fields: Partial<MendableFields> = {}) => {
    const contact = teller.valueIn(await handInAgain(item.id, fields));
    if (contact)
      teller.done(contact.operator ? t('refused.taken_by', { name: contact.operator.name }) : t('refused.taken_waits'), {
        label: t('common.why'),
        run: () => openContact(contact.id),
      });
  };
  const editButton = useRef<HTMLButtonElement>(null);
  const close = () => {
    flushSync(() => setEditing(null));
    editButton.current?.focus();
  };
  const edit = async () => {
    const outcome = await fieldsOf(item.id);
    if (outcome.ok) setEditing(outcome.value);
    else teller.failure(outcome.problem);
  };
  const showWhole = async () => {
    const outcome = await whole(item.id);
    if (outcome.ok) setFull({ payload: outcome.value.payload });
    else teller.failure(outcome.problem);
  };
  const leave = async () => {
    const outcome = await dismiss(item.id);
    if (outcome.ok) teller.done(t('refused.dismissed'));
    else teller.failure(outcome.problem);
  };
  return (
    <li className={styles.item} data-row="" tabIndex={-1} data-testid={`refused-${item.id}`}>
      <div className={styles.what}>
        <p className={styles.meta}>
          <span>{when}</span>
          <span>{source}</span>
          <span>{t('refused.attempts', { count: item.attempts })}</span>
        </p>
        <p className={styles.cause}>{cause}</p>
        {item.code === 'source_has_no_competences' && (
          <p className={styles.remedy}>
            <a href={hashOf('weights')}>{t('refused.set_weights')}</a>
          </p>
        )}
        {errors.length > 0 && (
          <ul className={styles.errors}>
            {errors.map((error) => (
              <li key={`${error.path} ${error.message}`}>
                {!countsOthers(error) && <code>{error.path || '/'}</code>} {fieldErrorText(error.message, t)}
              </li>
            ))}
          </ul>
        )}
        {editing ? (
          <MendForm sent={editing} errors={item.errors} busy={busy} onHandIn={again} onCancel={close} />
        ) : (
          <div className={styles.actions} data-needs="supervisor">
            <Button loading={busy} onClick={() => void again()}>
              {t('refused.again')}
            </Button>
            <Button ref={editButton} variant="default" disabled={busy} onClick={() => void edit()}>
              {t('refused.edit')}
            </Button>
            <Button variant="default" disabled={busy} onClick={() => void leave()}>
              {t('refused.dismiss')}
            </Button>
          </div>
        )}
      </div>
      <Scrollable label={t('refused.payload')} className={`${code.code} ${styles.payload}`}>
        <pre>{item.is_cut && !full ? `${String(item.payload)}…` : bodyText((full ?? item).payload)}</pre>
        {item.is_cut && !full && (
          <Button variant="default" onClick={() => void showWhole()}>
            {t('refused.whole')}
          </Button>
        )}
      </Scrollable>
    </li>
  );
}

/** A body that is not unambiguous JSON is stored as text. */
const bodyText = (payload: unknown): string => (typeof payload === 'string' ? payload : JSON.stringify(payload, null, 2));
