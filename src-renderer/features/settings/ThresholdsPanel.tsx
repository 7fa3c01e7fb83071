import { useTranslation } from 'react-i18next';
import { Panel } from '#kit/layout/Panel.tsx';
import table from '#kit/table/table.module.css';
import { useSettings } from '#link/settings.ts';
import { fallingFigures, type Limits, type ThresholdFigure, thresholdFigures } from '#shared/contract/settings.ts';
import { NumberField } from './NumberField.tsx';
import styles from './Settings.module.css';
import { useSave } from './useSave.ts';

const MOST: Record<ThresholdFigure, number> = {
  waiting: 1_000_000,
  oldest_wait_seconds: 1_000_000,
  load_percent: 100,
  active_operators: 1_000_000,
  service_level_percent: 100,
};
const ends = ['warning', 'critical'] as const satisfies (keyof Limits)[];

/** Whether the critical threshold is reached before the warning. */
function isNeverWarned(figure: ThresholdFigure, { warning, critical }: Limits): boolean {
  if (warning === null || critical === null) return false;
  return fallingFigures.has(figure) ? warning <= critical : warning >= critical;
}

/** Warning and critical thresholds of each figure of the pulse. */
export function ThresholdsPanel() {
  const { t } = useTranslation();
  const { thresholds } = useSettings();
  const save = useSave();
  return (
    <Panel title={t('settings.thresholds')} aside={<span className={styles.hint}>{t('settings.thresholds_hint')}</span>}>
      <table className={`${table.table} ${styles.thresholds}`}>
        <thead>
          <tr>
            <th scope="col">{t('settings.figure')}</th>
            <th scope="col">{t('settings.warning')}</th>
            <th scope="col">{t('settings.critical')}</th>
          </tr>
        </thead>
        <tbody>
          {thresholdFigures.map((figure) => (
            <tr key={figure}>
              <th scope="row">
                {t(`settings.figures.${figure}`)}{' '}
                <span className={styles.way}>{t(fallingFigures.has(figure) ? 'settings.and_below' : 'settings.and_above')}</span>
                {isNeverWarned(figure, thresholds[figure]) && (
                  <span role="status" className={styles.never}>
                    {t('settings.never_warned')}
                  </span>
                )}
              </th>
              {ends.map((end) => (
                <td key={end}>
                  <NumberField
                    label={`${t(`settings.figures.${figure}`)}: ${t(`settings.${end}`)}`}
                    value={thresholds[figure][end]}
                    min={0}
                    max={MOST[figure]}
                    mayBeEmpty
                    onSave={(value) => save({ thresholds: { [figure]: { [end]: value } } })}
                  />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </Panel>
  );
}
