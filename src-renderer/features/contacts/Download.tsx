import { Button, Menu } from '@mantine/core';
import { ChevronDown } from 'lucide-react';
import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import { exportContacts } from '#kit/files/exports.ts';
import { useLanguage } from '#kit/locale/locale.ts';
import type { ContactFilters } from '#kit/navigation/list-filters.ts';
import { Jobs } from '#kit/notices/Jobs.tsx';
import { useNotify } from '#kit/notices/useNotify.ts';
import { type FileFormat, fileFormats } from '#shared/contract/reports.ts';
import styles from './Contacts.module.css';

/** Exports everything that the current filters find, not only the loaded rows. */
export const Download = memo(function Download({ now }: { now: ContactFilters }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const teller = useNotify();
  const save = async (format: FileFormat) => teller.valueIn(await exportContacts(now, format, language));
  const hints = { csv: t('files.csv_hint'), xlsx: t('files.xlsx_hint') };
  return (
    <>
      <Jobs />
      <Menu position="bottom-end" transitionProps={{ duration: 0 }}>
        <Menu.Target>
          <Button variant="default" rightSection={<ChevronDown size={14} aria-hidden="true" />}>
            {t('files.download')}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {fileFormats.map((format) => (
            <Menu.Item key={format} rightSection={<span className={styles.hint}>{hints[format]}</span>} onClick={() => void save(format)}>
              {t('files.save_as', { format: format.toUpperCase() })}
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
    </>
  );
});
