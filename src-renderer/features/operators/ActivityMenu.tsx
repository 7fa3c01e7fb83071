import { Menu, UnstyledButton } from '@mantine/core';
import { ChevronDown } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Lasting } from '#kit/locale/Ago.tsx';
import { useNotify } from '#kit/notices/useNotify.ts';
import { useBoard } from '#link/board.ts';
import { useMay } from '#link/info.ts';
import { chosenReasons, type InactiveReason } from '#shared/contract/entities.ts';
import { leaveOperator, updateOperator } from './calls.ts';
import { askAbout } from './leaving.ts';
import styles from './Operators.module.css';

/** On line, or away for a reason; asks what to do with the operator's contacts, if any. */
export function ActivityMenu({ id }: { id: number }) {
  const { t } = useTranslation();
  const teller = useNotify();
  const mayChange = useMay('supervisor');
  const operator = useBoard((board) => board.operators[id]);
  if (!operator) return null;
  const { name, is_active, inactive_reason, held, active_changed_at } = operator;
  const state = is_active ? t('live.on') : inactive_reason ? t(`inactive.${inactive_reason}`) : t('live.off');
  const leave = async (reason: InactiveReason) => {
    if (held > 0) askAbout({ ids: [id], reason });
    else teller.changed(await leaveOperator({ id, reason, contacts: 'keep' }), t('operators.now_away', { name, reason: t(`inactive.${reason}`) }));
  };
  const comeBack = async () => teller.changed(await updateOperator(id, { is_active: true }), t('live.now_on', { name }));
  const shown = (
    <>
      <span className="sr-only">{t('operators.state_of', { name })} </span>
      <span>{state}</span>
      <span className={styles.since}>
        <Lasting since={active_changed_at} />
      </span>
    </>
  );
  if (!mayChange)
    return (
      <span className={styles.activity} data-off={!is_active || undefined}>
        {shown}
      </span>
    );
  return (
    <Menu position="bottom-start" transitionProps={{ duration: 0 }} withInitialFocusPlaceholder={false}>
      <Menu.Target>
        <UnstyledButton className={styles.activity} data-off={!is_active || undefined}>
          {shown}
          <ChevronDown size={13} aria-hidden="true" />
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        {!is_active && <Menu.Item onClick={() => void comeBack()}>{t('operators.come_back')}</Menu.Item>}
        {chosenReasons.map((reason) => (
          <Menu.Item key={reason} onClick={() => void leave(reason)}>
            {t(`operators.leave.${reason}`)}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
