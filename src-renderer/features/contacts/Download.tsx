import { Button, Menu } from '@mantine/core';
import { ChevronDown } from 'lucide-react';
import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import { type FileFormat, fileFormats } from '#shared/contract/reports.ts';
import { exportContacts } from '../../kit/exports.ts';
import { Jobs } from '../../kit/Jobs.tsx';
import type { ContactFilters } from '../../kit/list-filters.ts';
import { useLanguage } from '../../kit/reading.ts';
import { useTeller } from '../../kit/tell.ts';
import styles from './Contacts.module.css';

/** Exports everything that the current filters find, not only the loaded rows. */
export const Download = memo(function Download({ now }: { now: ContactFilters }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const teller = useTeller();
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
