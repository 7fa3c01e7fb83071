import { useTranslation } from 'react-i18next';

/** Heads the column of what can be done with a row: what is there says it, so that only those who cannot see it are told. */
export function ActionsHead() {
  const { t } = useTranslation();
  return (
    <th scope="col">
      <span className="sr-only">{t('common.actions')}</span>
    </th>
  );
}
