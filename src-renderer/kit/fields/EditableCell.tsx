import { useEffect, useId, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { problemText } from '#kit/notices/problem-text.ts';
import { useNotify } from '#kit/notices/useNotify.ts';
import type { Outcome } from '#link/attempt.ts';
import { untilShown } from '#link/board.ts';
import { useMay } from '#link/info.ts';
import styles from './EditableCell.module.css';
import { keepUnsaved, unsavedOf } from './unsaved.ts';

interface Editable {
  /** unique key of the cell: unsaved input is kept under it */
  readonly id: string;
  readonly value: string;
  /** accessible name of the field */
  readonly label: string;
  readonly align?: 'left' | 'right';
  /** shown instead of an empty value */
  readonly none?: string;
  /** Null when the text is valid, else the error. */
  readonly check: (text: string) => string | null;
  readonly onSave: (text: string) => Promise<Outcome<unknown>>;
}

interface Edit {
  readonly text: string;
  readonly isSaving: boolean;
  /** why the input could not be saved; null: not tried, or edited since */
  readonly refusal: string | null;
}

const begun = (text: string): Edit => ({ text, isSaving: false, refusal: null });

function keptEdit(id: string): Edit | null {
  const unsaved = unsavedOf(id);
  return unsaved && { ...unsaved, isSaving: false };
}

/**
 * Table text that turns into a field in place. Enter and leaving save, Esc cancels. Input that cannot be saved stays in the field, with the
 * reason beside it, until it is saved or cancelled.
 */
export function EditableCell({ id, value, label, align = 'left', none = '', check, onSave }: Editable) {
  const { t } = useTranslation();
  const teller = useNotify();
  const mayEdit = useMay('supervisor');
  const messageId = useId();
  const [edit, setEdit] = useState(() => keptEdit(id));
  /** the focused cell, while it turns from text to field and back */
  const takesFocus = useRef(false);
  const isMounted = useRef(true);
  useEffect(() => {
    isMounted.current = true;
    return () => {
      isMounted.current = false;
    };
  }, []);
  const place = (element: HTMLButtonElement | HTMLInputElement | null) => {
    if (!element || !takesFocus.current) return;
    takesFocus.current = false;
    element.focus();
    if (element instanceof HTMLInputElement) element.select();
  };
  const turn = (next: Edit | null, withFocus: boolean) => {
    takesFocus.current = withFocus;
    if (next) keepUnsaved(id, next.refusal === null ? null : { text: next.text, refusal: next.refusal });
    setEdit(next);
  };
  // A save whose answer was lost may have succeeded: then the value shows it.
  const isThere = edit !== null && edit.refusal !== null && edit.text.trim() === value;
  if (isThere) setEdit(null);
  const isGone = edit === null;
  useEffect(() => {
    if (isGone) keepUnsaved(id, null);
  }, [isGone, id]);

  if (!mayEdit)
    return (
      <span className={styles.shown} data-align={align} title={value}>
        {value || none}
      </span>
    );
  if (edit === null)
    return (
      <button
        type="button"
        ref={place}
        className={styles.shown}
        data-edit=""
        data-align={align}
        title={value}
        aria-label={`${label}: ${value || none}`}
        onClick={() => turn(begun(value), true)}
      >
        {value || none}
      </button>
    );
  const { text, isSaving, refusal } = edit;
  const problem = check(text);
  const message = problem ?? refusal;
  const save = async (field: HTMLInputElement) => {
    if (isSaving || problem !== null) return;
    if (text.trim() === value) return turn(null, document.activeElement === field);
    setEdit({ text, isSaving: true, refusal: null });
    const outcome = await onSave(text.trim());
    await untilShown(outcome);
    if (outcome.ok) return turn(null, document.activeElement === field);
    const said = problemText(outcome.problem, t);
    if (isMounted.current) return turn({ text, isSaving: false, refusal: said }, false);
    keepUnsaved(id, { text, refusal: said });
    teller.refused(said);
  };
  return (
    <span className={styles.editing}>
      <input
        className={styles.input}
        data-align={align}
        ref={place}
        aria-label={label}
        aria-invalid={message !== null}
        aria-describedby={message === null ? undefined : messageId}
        aria-busy={isSaving || undefined}
        readOnly={isSaving}
        value={text}
        onChange={(event) => turn(begun(event.currentTarget.value), false)}
        onBlur={(event) => {
          if (problem !== null && refusal === null) turn(null, false);
          else if (refusal === null) void save(event.currentTarget);
        }}
        onKeyDown={(event) => {
          if (event.key === 'Enter') void save(event.currentTarget);
          else if (event.key === 'Escape') {
            event.stopPropagation();
            if (!isSaving) turn(null, true);
          }
        }}
      />
      {message !== null && (
        <span className={styles.message} role="alert" id={messageId}>
          {message}
          {problem === null && <span className={styles.keys}>{t('cell.not_saved')}</span>}
        </span>
      )}
    </span>
  );
}
