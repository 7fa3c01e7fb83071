import { Select } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ConfirmButton } from '#kit/fields/ConfirmButton.tsx';
import { NameForm } from '#kit/fields/NameForm.tsx';
import { Panel } from '#kit/layout/Panel.tsx';
import { formatMoment } from '#kit/locale/format.ts';
import { useFormats } from '#kit/locale/locale.ts';
import { readingText } from '#kit/notices/problem-text.ts';
import { useNotify } from '#kit/notices/useNotify.ts';
import { useBoard } from '#link/board.ts';
import { hostNow } from '#link/host-clock.ts';
import { createPerson, invitePerson, removePerson, signOutPerson, updatePerson } from '#link/people.ts';
import type { Person } from '#shared/contract/people.ts';
import { personRoles, type Rights } from '#shared/contract/principal.ts';
import { Invitation, type ShownInvitation } from './Invitation.tsx';
import { followPeople, loadPeople, usePeople } from './people-store.ts';
import { Row } from './Row.tsx';
import styles from './Settings.module.css';
import { loadSessions, useSessions } from './sessions-store.ts';

/** More operators than this are searched by typing. */
const MANY = 8;

/** People who can sign in, with their roles, and an invitation for another one. */
export function People() {
  const { t } = useTranslation();
  const { people, failure } = usePeople();
  const [rights, setRights] = useState<Rights>({ role: 'supervisor', operator_id: null });
  const { role, operator_id } = rights;
  const operatorName = useBoard(({ operators }) => (operator_id === null ? undefined : operators[operator_id]?.name));
  const [shown, setShown] = useState<ShownInvitation | null>(null);
  useEffect(followPeople, []);
  const add = async (name: string) => {
    const outcome = await createPerson({ name, ...rights });
    if (outcome.ok)
      setShown({ person_id: outcome.value.id, name: outcome.value.name, url: outcome.value.invite_url, expires_at: outcome.value.invited_until ?? '' });
    void loadPeople();
    return outcome;
  };
  return (
    <Panel title={t('people.title')} aside={<span className={styles.hint}>{t('people.hint')}</span>} testId="people">
      {failure && (
        <p role="alert" className={styles.failure}>
          {readingText(failure, t)}
        </p>
      )}
      {people?.length === 0 && <Row name={t('people.none')} />}
      {people?.map((person) => (
        <PersonRow key={person.id} person={person} onInvited={setShown} onGone={() => setShown((now) => (now?.person_id === person.id ? null : now))} />
      ))}
      {shown && <Invitation key={shown.url} shown={shown} />}
      <div className={styles.add}>
        <NameForm key={operator_id} label={t('people.name')} button={t('people.invite')} initial={operatorName ?? ''} onName={add}>
          <RoleSelect label={t('people.role')} value={rights} onChange={setRights} />
        </NameForm>
        <span className={styles.text}>
          {t(`people.roles.${role}`)}: {t(`people.role_texts.${role}`)}
        </span>
      </div>
    </Panel>
  );
}

interface PersonRowProps {
  readonly person: Person;
  readonly onInvited: (shown: ShownInvitation) => void;
  readonly onGone: () => void;
}

function PersonRow({ person, onInvited, onGone }: PersonRowProps) {
  const { t } = useTranslation();
  const teller = useNotify();
  const { id, name } = person;
  const invite = async () => {
    const made = teller.valueIn(await invitePerson(id));
    if (made) onInvited({ person_id: id, name, url: made.invite_url, expires_at: made.expires_at });
    void loadPeople();
  };
  const change = async (wanted: Rights) => {
    teller.changed(await updatePerson(id, { ...wanted }), t('people.role_changed', { name, role: t(`people.roles.${wanted.role}`) }));
    void loadPeople();
  };
  const signOut = async () => {
    const outcome = await signOutPerson(id);
    if (outcome.ok) teller.done(t('people.signed_out', { name }));
    else teller.failure(outcome.problem);
    void loadSessions();
  };
  const remove = async () => {
    teller.changed(await removePerson(id), t('people.removed', { name }));
    onGone();
    void loadPeople();
    void loadSessions();
  };
  return (
    <div className={styles.person}>
      <Row name={name} text={useAccessText(person)}>
        <RoleSelect label={t('people.role_of', { name })} value={person} onChange={(wanted) => void change(wanted)} />
      </Row>
      <div className={styles.actions}>
        <button type="button" className={styles.end} aria-label={t('people.new_link_for', { name })} onClick={() => void invite()}>
          {t('people.new_link')}
        </button>
        <ConfirmButton name={t('people.sign_out_of', { name })} className={styles.end} onConfirm={() => void signOut()}>
          {t('people.sign_out')}
        </ConfirmButton>
        <ConfirmButton name={t('people.remove_of', { name })} className={styles.end} onConfirm={() => void remove()}>
          {t('people.remove')}
        </ConfirmButton>
      </div>
    </div>
  );
}

/** Whether the person can sign in, and how many consoles are open. */
function useAccessText({ id, has_password, invited_until }: Person): string {
  const { t } = useTranslation();
  const { language, zone } = useFormats();
  const count = useSessions(({ sessions }) => (sessions ?? []).reduce((sum, one) => sum + (one.person_id === id ? one.consoles : 0), 0));
  const parts = [
    has_password && t('people.has_password'),
    invited_until !== null && t('people.invited_until', { time: formatMoment(Date.parse(invited_until), hostNow(), language, zone) }),
    !has_password && invited_until === null && t('people.no_access'),
    count > 0 && t('people.open_now', { count }),
  ];
  return parts.filter(Boolean).join(' · ');
}

/** Chooses a role, or which operator the person is. */
function RoleSelect({ label, value, onChange }: { label: string; value: Rights; onChange: (rights: Rights) => void }) {
  const { t } = useTranslation();
  const operators = useBoard((board) => board.operators);
  const inUse = Object.values(operators).filter(({ id, is_archived }) => !is_archived || id === value.operator_id);
  const choices = new Map<string, Rights & { readonly label: string }>([
    ...personRoles.filter((role) => role !== 'operator').map((role) => [role, { role, operator_id: null, label: t(`people.roles.${role}`) }] as const),
    ...inUse.map(({ id, name }) => [`operator ${id}`, { role: 'operator', operator_id: id, label: t('people.operator', { name }) }] as const),
  ]);
  const options = [...choices].map(([key, choice]) => ({ value: key, label: choice.label }));
  const isOperators = ({ value: key }: { value: string }) => choices.get(key)?.role === 'operator';
  const present = value.operator_id === null ? value.role : `operator ${value.operator_id}`;
  return (
    <Select
      size="xs"
      className={styles.role ?? ''}
      allowDeselect={false}
      searchable={inUse.length > MANY}
      comboboxProps={{ transitionProps: { duration: 0 } }}
      aria-label={label}
      data={[
        { group: t('people.other_roles'), items: options.filter((one) => !isOperators(one)) },
        { group: t('people.operators'), items: options.filter(isOperators) },
      ].filter(({ items }) => items.length > 0)}
      value={present}
      onChange={(key) => {
        const chosen = choices.get(key ?? '');
        if (chosen && key !== present) onChange({ role: chosen.role, operator_id: chosen.operator_id });
      }}
    />
  );
}
