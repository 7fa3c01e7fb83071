import { Button, Textarea, TextInput } from '@mantine/core';
import { type FormEvent, type KeyboardEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { FieldError } from '#shared/contract/problems.ts';
import { type MendableFields, mendableFieldNames } from '#shared/contract/refused-contacts.ts';
import { fieldErrorText } from './field-error-text.ts';
import styles from './Refused.module.css';

interface MendFormProps {
  /** the fields as the bot sent them */
  readonly sent: MendableFields;
  /** the errors to show */
  readonly errors: readonly FieldError[];
  readonly busy: boolean;
  /** @param fields those that were edited */
  readonly onHandIn: (fields: Partial<MendableFields>) => Promise<void>;
  readonly onCancel: () => void;
}

/** The fields of a refused body with their errors, to be edited and resubmitted. Edits stay if it is refused again. */
export function MendForm({ sent, errors, busy, onHandIn, onCancel }: MendFormProps) {
  const { t } = useTranslation();
  const [before, setBefore] = useState(sent);
  const [fields, setFields] = useState(sent);
  const edited = Object.fromEntries(Object.entries(fields).filter(([name, text]) => text !== before[name as keyof MendableFields])); // entries of the record
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    await onHandIn(edited);
    setBefore(fields); // if refused again, it is stored with the edits
  };
  return (
    <form className={styles.form} aria-label={t('refused.edit_form')} onSubmit={(event) => void submit(event)}>
      {mendableFieldNames.map((name, nth) => {
        const Input = name === 'message' ? Textarea : TextInput;
        return (
          <Input
            key={name}
            label={t(`refused.fields.${name}`)}
            value={fields[name]}
            error={errorOf(errors, name)
              .map(({ message }) => fieldErrorText(message, t))
              .join('; ')}
            autoFocus={nth === firstFaulty(errors)} // oxlint-disable-line jsx-a11y/no-autofocus -- opened by the button before it
            size="xs"
            {...(name === 'message' && { rows: 3 })}
            onKeyDown={(event: KeyboardEvent) => {
              if (event.key !== 'Escape') return;
              event.stopPropagation();
              onCancel();
            }}
            onChange={({ currentTarget: { value } }: { currentTarget: { value: string } }) => setFields({ ...fields, [name]: value })}
          />
        );
      })}
      <div className={styles.actions}>
        <Button type="submit" loading={busy}>
          {t('refused.again')}
        </Button>
        <Button variant="default" disabled={busy} onClick={onCancel}>
          {t('common.cancel')}
        </Button>
      </div>
    </form>
  );
}

const errorOf = (errors: readonly FieldError[], field: string): FieldError[] => errors.filter(({ path }) => path === `/${field}`);

/** The first field with an error; the first field if none has one. */
const firstFaulty = (errors: readonly FieldError[]): number =>
  Math.max(
    0,
    mendableFieldNames.findIndex((name) => errorOf(errors, name).length > 0),
  );

/** Whether the form shows this error beside a field. */
export const isBesideField = ({ path }: FieldError): boolean => mendableFieldNames.some((name) => path === `/${name}`);
