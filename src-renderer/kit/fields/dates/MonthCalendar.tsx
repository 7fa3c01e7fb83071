import '@mantine/dates/styles.css';
import 'dayjs/locale/ru';
import { DatePicker } from '@mantine/dates';
import { useTranslation } from 'react-i18next';
import { useDay, useLanguage } from '#kit/locale/locale.ts';
import styles from './Dates.module.css';

/** 0 Sunday … 6 Saturday */
const FIRST_WEEKDAY = { ru: 1, en: 0 } as const;

/** Calendar to choose a day from, also by arrow keys. Loaded when first opened, since it brings a library. */
export default function MonthCalendar({ day, onChoose }: { day: string | null; onChoose: (day: string) => void }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const today = useDay();
  return (
    <DatePicker
      size="xs"
      value={day}
      defaultDate={day ?? today}
      getDayProps={(one) => (one === (day ?? today) ? { autoFocus: true } : {})}
      locale={language}
      firstDayOfWeek={FIRST_WEEKDAY[language]}
      weekendDays={[]}
      highlightToday
      classNames={{ day: styles.day ?? '', calendarHeaderLevel: styles.level ?? '', weekday: styles.weekday ?? '' }}
      ariaLabels={{
        previousMonth: t('dates.previous_month'),
        nextMonth: t('dates.next_month'),
        previousYear: t('dates.previous_year'),
        nextYear: t('dates.next_year'),
        previousDecade: t('dates.previous_decade'),
        nextDecade: t('dates.next_decade'),
      }}
      onChange={(chosen) => {
        if (chosen !== null) onChoose(chosen);
      }}
    />
  );
}
