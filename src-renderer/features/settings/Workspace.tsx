import { Button, SegmentedControl, Select } from '@mantine/core';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { TimeField } from '#kit/fields/dates/TimeField.tsx';
import { Toggle } from '#kit/fields/Toggle.tsx';
import { Panel } from '#kit/layout/Panel.tsx';
import { useFormats } from '#kit/locale/locale.ts';
import { hashOf } from '#kit/navigation/route.ts';
import { askToNotify, leaveToNotify } from '#kit/notices/browser-notifications.ts';
import { play } from '#kit/notices/sound.ts';
import { useMay } from '#link/info.ts';
import { useSettings } from '#link/settings.ts';
import { phoneRegions } from '#shared/contract/phone-regions.ts';
import { NumberField } from './NumberField.tsx';
import { Row } from './Row.tsx';
import styles from './Settings.module.css';
import { SharedValues } from './SharedValues.tsx';
import { useSave } from './useSave.ts';

const merges = ['auto', 'ask'] as const;
const NIGHT = { from: '22:00', to: '08:00' };

/** Settings of the whole workspace. */
export function Workspace() {
  const { t } = useTranslation();
  const { language, collator } = useFormats();
  const settings = useSettings();
  const save = useSave();
  const mayAdminister = useMay('admin');
  const regions = useMemo(() => {
    const names = new Intl.DisplayNames(language, { type: 'region' });
    return phoneRegions.map((code) => ({ value: code, label: `${names.of(code) ?? code} (${code})` })).sort((a, b) => collator.compare(a.label, b.label));
  }, [language, collator]);
  const { quiet_hours } = settings;
  return (
    <Panel title={t('settings.workspace')} aside={<span className={styles.hint}>{t('settings.workspace_hint')}</span>}>
      <Row name={t('settings.phone_region')} text={t('settings.phone_region_text')}>
        <Select
          searchable
          allowDeselect={false}
          className={styles.select ?? ''}
          comboboxProps={{ transitionProps: { duration: 0 } }}
          aria-label={t('settings.phone_region')}
          nothingFoundMessage={t('settings.no_region')}
          data={regions}
          value={settings.phone_region}
          onChange={(value) => {
            const phone_region = phoneRegions.find((code) => code === value);
            if (phone_region) void save({ phone_region });
          }}
        />
      </Row>
      <Row name={t('settings.merges_across_sources')} text={t('settings.merges_text')}>
        <SegmentedControl
          size="xs"
          aria-label={t('settings.merges_across_sources')}
          data={merges.map((value) => ({ value, label: t(`settings.merges.${value}`) }))}
          value={settings.merges_across_sources}
          onChange={(value) => void save({ merges_across_sources: value === 'ask' ? 'ask' : 'auto' })}
        />
      </Row>
      <Row name={t('settings.shared_values')} text={t('settings.shared_values_text')}>
        <SharedValues values={settings.shared_values} onSave={(shared_values) => save({ shared_values })} />
      </Row>
      <Row name={t('settings.service_level_seconds')} text={t('settings.service_level_text')}>
        <NumberField
          label={t('settings.service_level_seconds')}
          value={settings.service_level_seconds}
          min={1}
          max={86_400}
          onSave={(value) => save({ service_level_seconds: value ?? 1 })}
        />
      </Row>
      <Row name={t('settings.no_answer_misses')} text={t('settings.no_answer_misses_text')}>
        <NumberField
          label={t('settings.no_answer_misses')}
          value={settings.no_answer_misses}
          min={1}
          max={100}
          mayBeEmpty
          onSave={(no_answer_misses) => save({ no_answer_misses })}
        />
      </Row>
      <Row name={t('settings.sounds')} text={t('settings.sounds_text')}>
        <Toggle on={settings.sounds} busy={false} label={t('settings.sounds')} onToggle={(sounds) => void save({ sounds })} />
        <Button variant="default" onClick={() => void play('warn')}>
          {t('settings.listen')}
        </Button>
      </Row>
      <Row name={t('settings.notifications')} text={t('settings.notifications_text')}>
        <Toggle on={settings.notifications} busy={false} label={t('settings.notifications')} onToggle={(notifications) => void save({ notifications })} />
        {settings.notifications && <LeaveToNotify />}
      </Row>
      <Row name={t('settings.quiet_hours')} text={t('settings.quiet_text')}>
        <Toggle on={quiet_hours !== null} busy={false} label={t('settings.quiet_hours')} onToggle={(on) => void save({ quiet_hours: on ? NIGHT : null })} />
        {quiet_hours && (
          <>
            <TimeField label={t('settings.quiet_from')} time={quiet_hours.from} onChange={(from) => void save({ quiet_hours: { from } })} />
            <span aria-hidden="true">–</span>
            <TimeField label={t('settings.quiet_to')} time={quiet_hours.to} onChange={(to) => void save({ quiet_hours: { to } })} />
          </>
        )}
      </Row>
      {mayAdminister && (
        <>
          <Row name={t('settings.backup_days')} text={t('settings.backup_text')}>
            <NumberField
              label={t('settings.backup_days')}
              value={settings.backup_days}
              min={1}
              max={30}
              onSave={(value) => save({ backup_days: value ?? 1 })}
            />
            <a href={hashOf('backups')}>{t('settings.second_folder')}</a>
          </Row>
          <Row name={t('settings.port')} text={t('settings.port_text')}>
            <NumberField label={t('settings.port')} value={settings.port} min={1} max={65_535} onSave={(value) => save({ port: value ?? 1 })} />
          </Row>
        </>
      )}
    </Panel>
  );
}

/** A browser shows notifications only with the reader's permission. */
function LeaveToNotify() {
  const { t } = useTranslation();
  const [leave, setLeave] = useState(leaveToNotify);
  if (leave === 'default')
    return (
      <Button variant="default" onClick={() => void askToNotify().then(() => setLeave(leaveToNotify()))}>
        {t('settings.notify_allow')}
      </Button>
    );
  if (leave === 'denied' || leave === 'missing') return <span className={styles.text}>{t(`settings.notify_${leave}`)}</span>;
  return null;
}
