import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Empty } from '#kit/layout/Empty.tsx';
import { go, setParams } from '#kit/navigation/route.ts';

/** Shown instead of the grid. @param lacks what is missing: operators, sources, or operators that match the search */
export function NoCells({ lacks }: { lacks: 'operators' | 'sources' | 'found' }) {
  const { t } = useTranslation();
  if (lacks === 'found')
    return (
      <Empty title={t('lists.nothing')} action={<Button onClick={() => setParams({})}>{t('lists.clear_search')}</Button>}>
        {t('operators.none_found')}
      </Empty>
    );
  return (
    <Empty title={t('weights.empty')} action={<Button onClick={() => go(lacks)}>{lacks === 'operators' ? t('operators.add') : t('sources.add')}</Button>}>
      {t('weights.empty_text')}
    </Empty>
  );
}
