import { Button, PasswordInput, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { problemText } from '#kit/notices/problem-text.ts';
import { acceptInvitation, type SignInFailure, signIn } from '#link/session.ts';
import { passwordLimits } from '#shared/contract/people.ts';
import { OWN_PAGE_PATH } from '#shared/contract/sessions.ts';
import styles from './Closed.module.css';

/** Signs a person in with name and password. */
export function SignIn() {
  const { t } = useTranslation();
  const [name, setName] = useState('');
  const { fields, submit } = usePassword((typed) => signIn(name, typed), 'current-password');
  return (
    <form className={styles.form} onSubmit={submit}>
      <TextInput
        label={t('sign_in.name')}
        autoComplete="username"
        required
        withAsterisk={false}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      {fields(t('sign_in.submit'), name === '')}
      <p className={styles.quiet}>{t('sign_in.forgotten')}</p>
    </form>
  );
}

/** Accepts an invitation with a password of the person's choice. */
export function Accept({ name }: { name: string }) {
  const { t } = useTranslation();
  const { password, fields, submit } = usePassword(acceptInvitation, 'new-password');
  const isShort = Array.from(password).length < passwordLimits.min;
  return (
    <form className={styles.form} onSubmit={submit}>
      <p>{t('sign_in.choose')}</p>
      <input type="hidden" autoComplete="username" value={name} readOnly />
      {fields(t(location.pathname === OWN_PAGE_PATH ? 'sign_in.accept_own' : 'sign_in.accept'), isShort)}
      <p className={styles.quiet}>{t('sign_in.rule', passwordLimits)}</p>
    </form>
  );
}

/** A password field with its button, and what went wrong. */
function usePassword(send: (password: string) => Promise<SignInFailure | 'unreachable' | null>, autoComplete: string) {
  const { t } = useTranslation();
  const [password, setPassword] = useState('');
  const [isBusy, setBusy] = useState(false);
  const [failure, setFailure] = useState<SignInFailure | 'unreachable' | null>(null);
  const run = async () => {
    setBusy(true);
    setFailure(await send(password));
    setBusy(false);
  };
  const said = () => {
    if (failure === null) return null;
    if (failure === 'unreachable') return t('sign_in.unreachable');
    if (failure.code === 'rate_limited') return t('sign_in.wait', { seconds: failure.retryAfterSeconds ?? 1 });
    if (failure.code === 'sign_in_failed' && autoComplete === 'new-password') return t('sign_in.spent');
    return problemText({ code: failure.code, detail: '' }, t);
  };
  return {
    password,
    submit: (event: FormEvent) => {
      event.preventDefault();
      void run();
    },
    fields: (action: string, isIncomplete: boolean) => (
      <>
        <PasswordInput
          label={t('sign_in.password')}
          autoComplete={autoComplete}
          required
          withAsterisk={false}
          maxLength={passwordLimits.max}
          visibilityToggleButtonProps={{ 'aria-label': t('sign_in.show') }}
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
          error={said()}
          errorProps={{ role: 'alert' }}
        />
        <Button type="submit" loading={isBusy} disabled={isIncomplete || password === ''}>
          {action}
        </Button>
      </>
    ),
  };
}
