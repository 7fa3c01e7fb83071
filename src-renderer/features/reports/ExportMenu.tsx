import { Button, Menu } from '@mantine/core';
import { ChevronDown } from 'lucide-react';
import { type FileFormat, fileFormats, type ReportQuery } from '#shared/contract/reports.ts';
import { useLanguage } from '../../kit/reading.ts';
import { useTeller } from '../../kit/tell.ts';
import { exportReport, printReport } from './exports.ts';
import styles from './Reports.module.css';
import { useTexts } from './texts.ts';

interface ExportMenuProps {
  readonly query: ReportQuery;
  /** of a report; a list of contacts is too long for paper, and for every day */
  readonly onSchedule?: () => void;
}

/** The report as a file: the same question, and all of its rows. */
export function ExportMenu({ query, onSchedule }: ExportMenuProps) {
  const t = useTexts();
  const teller = useTeller();
  const language = useLanguage();
  const save = async (format: FileFormat) => teller.valueIn(await exportReport(query, format, language));
  const print = async () => teller.valueIn(await printReport(query));
  const hints = { csv: t('csv_hint'), xlsx: t('xlsx_hint') };
  return (
    <Menu position="bottom-end" transitionProps={{ duration: 0 }}>
      <Menu.Target>
        <Button variant="default" rightSection={<ChevronDown size={14} aria-hidden="true" />}>
          {t('download')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {fileFormats.map((format) => (
          <Menu.Item key={format} rightSection={<span className={styles.dim}>{hints[format]}</span>} onClick={() => void save(format)}>
            {t('save_as', { format: format.toUpperCase() })}
          </Menu.Item>
        ))}
        {onSchedule && (
          <>
            <Menu.Item rightSection={<span className={styles.dim}>{t('pdf_hint')}</span>} onClick={() => void print()}>
              {t('print')}
            </Menu.Item>
            <Menu.Divider />
            <Menu.Item onClick={onSchedule}>{t('schedule')}</Menu.Item>
          </>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}
