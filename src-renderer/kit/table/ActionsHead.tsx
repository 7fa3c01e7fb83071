import { useTranslation } from 'react-i18next';

/** Header of the actions column, for screen readers only, since the buttons speak for themselves. */
export function ActionsHead() {
  const { t } = useTranslation();
  return (
    <th scope="col">
      <span className="sr-only">{t('common.actions')}</span>
    </th>
  );
}
