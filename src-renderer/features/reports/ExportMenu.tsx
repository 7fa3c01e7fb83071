import { Button, Menu } from '@mantine/core';
import { ChevronDown } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { exportReport, printReport } from '#kit/files/exports.ts';
import { useLanguage } from '#kit/locale/locale.ts';
import { useNotify } from '#kit/notices/useNotify.ts';
import { type FileFormat, fileFormats, type ReportQuery } from '#shared/contract/reports.ts';
import styles from './Reports.module.css';
import { useTexts } from './texts.ts';
import { MOST_PRINTED } from './useContactPages.ts';

interface ExportMenuProps {
  readonly query: ReportQuery;
  /** present for reports that make sense every day */
  readonly onSchedule?: () => void;
  /** for a paged list: its length, and a function that fetches all that fits on paper */
  readonly list?: { readonly row_count: number; readonly all: () => Promise<boolean> };
}

/** Exports the report: the same query, with all of its rows. */
export function ExportMenu({ query, onSchedule, list }: ExportMenuProps) {
  const t = useTexts();
  const { t: common } = useTranslation();
  const teller = useNotify();
  const language = useLanguage();
  const save = async (format: FileFormat) => teller.valueIn(await exportReport(query, format, language));
  const print = async () => {
    if (!list || (await list.all())) teller.valueIn(await printReport(query, language));
  };
  const hints = { csv: common('files.csv_hint'), xlsx: common('files.xlsx_hint') };
  const isTooLong = list !== undefined && list.row_count > MOST_PRINTED;
  return (
    <Menu position="bottom-end" transitionProps={{ duration: 0 }}>
      <Menu.Target>
        <Button variant="default" rightSection={<ChevronDown size={14} aria-hidden="true" />}>
          {common('files.download')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {fileFormats.map((format) => (
          <Menu.Item key={format} rightSection={<span className={styles.dim}>{hints[format]}</span>} onClick={() => void save(format)}>
            {common('files.save_as', { format: format.toUpperCase() })}
          </Menu.Item>
        ))}
        <Menu.Item
          disabled={isTooLong}
          rightSection={
            <span className={styles.dim}>{isTooLong ? t('pdf_too_long', { most: new Intl.NumberFormat(language).format(MOST_PRINTED) }) : t('pdf_hint')}</span>
          }
          onClick={() => void print()}
        >
          {t('print')}
        </Menu.Item>
        {onSchedule && (
          <>
            <Menu.Divider />
            <Menu.Item onClick={onSchedule}>{t('schedule')}</Menu.Item>
          </>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}
