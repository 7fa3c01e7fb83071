import { Button, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ConfirmButton } from '#kit/fields/ConfirmButton.tsx';
import { Panel } from '#kit/layout/Panel.tsx';
import { problemText } from '#kit/notices/problem-text.ts';
import { useNotify } from '#kit/notices/useNotify.ts';
import table from '#kit/table/table.module.css';
import type { Failure } from '#link/attempt.ts';
import styles from './Backups.module.css';
import { causeOf } from './list.ts';
import { setSecondFolder, useBackups } from './store.ts';

/** Folder that each backup is also copied to: another disk or a share. */
export function SecondFolder({ folder }: { folder: string | null }) {
  const { t } = useTranslation();
  const [isEditing, edit] = useState(false);
  return (
    <Panel title={t('backups.second')} aside={<span className={styles.quiet}>{t('backups.second_why')}</span>} testId="second-folder">
      {folder === null || isEditing ? <FolderForm former={folder} onDone={() => edit(false)} /> : <CurrentFolder folder={folder} onChange={() => edit(true)} />}
    </Panel>
  );
}

function CurrentFolder({ folder, onChange }: { folder: string; onChange: () => void }) {
  const { t } = useTranslation();
  const teller = useNotify();
  const unset = async () => {
    const outcome = await setSecondFolder(null);
    if (outcome.ok) teller.done(t('backups.second_unset'));
    else teller.failure(outcome.problem);
  };
  return (
    <div className={styles.folder}>
      <code className={styles.path}>{folder}</code>
      <button type="button" className={table.link} data-needs="admin" onClick={onChange}>
        {t('backups.second_change')}
      </button>
      <ConfirmButton needs="admin" name={t('backups.second_stop')} className={table.link} onConfirm={() => void unset()}>
        {t('backups.second_stop')}
      </ConfirmButton>
    </div>
  );
}

function FolderForm({ former, onDone }: { former: string | null; onDone: () => void }) {
  const { t } = useTranslation();
  const teller = useNotify();
  const busy = useBackups((state) => state.busy);
  const [path, setPath] = useState(former ?? '');
  const [problem, setProblem] = useState<string | null>(null);
  const said = ({ code, detail, ...rest }: Failure) =>
    code === 'folder_unusable' ? `${t('backups.second_refused')} ${t(`backups.cause.${causeOf(detail)}`)}` : problemText({ code, detail, ...rest }, t);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const folder = path.trim();
    if (folder === '') {
      setProblem(t('backups.second_blank'));
      return;
    }
    setProblem(null);
    const outcome = await setSecondFolder(folder);
    if (outcome.ok) {
      teller.done(t('backups.second_set'));
      onDone();
    } else setProblem(said(outcome.problem));
  };
  return (
    <form className={styles.folder} data-needs="admin" onSubmit={(event) => void submit(event)}>
      <TextInput
        className={styles.field ?? ''}
        aria-label={t('backups.second_path')}
        placeholder={t('backups.second_example')}
        value={path}
        error={problem}
        errorProps={{ role: 'alert', fz: 12 }}
        spellCheck={false}
        autoComplete="off"
        onChange={(event) => {
          setPath(event.currentTarget.value);
          setProblem(null);
        }}
      />
      <Button type="submit" loading={busy?.with === 'folder'} disabled={busy !== null}>
        {t('backups.second_take')}
      </Button>
      {former !== null && (
        <Button variant="default" onClick={onDone}>
          {t('backups.second_keep')}
        </Button>
      )}
    </form>
  );
}
