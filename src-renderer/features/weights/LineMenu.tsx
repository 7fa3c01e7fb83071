import { Button, Kbd, Menu } from '@mantine/core';
import { ChevronDown } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { MAX_LINE } from '#shared/distribution/table.ts';
import { useWeights } from './store.ts';
import { useSetLine } from './useSetLine.ts';

/** The lines that the selected cells can be put on. */
export function LineMenu() {
  const { t } = useTranslation();
  const hasSelection = useWeights(({ area }) => area !== null);
  const setLine = useSetLine();
  return (
    <Menu position="bottom-end" transitionProps={{ duration: 0 }} withInitialFocusPlaceholder={false}>
      <Menu.Target>
        <Button variant="default" data-needs="supervisor" disabled={!hasSelection} rightSection={<ChevronDown size={14} aria-hidden="true" />}>
          {t('weights.line')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {Array.from({ length: MAX_LINE }, (_, i) => i + 1).map((line) => (
          <Menu.Item key={line} rightSection={<Kbd size="xs">{`Shift+${line}`}</Kbd>} onClick={() => setLine(line)}>
            {t('weights.nth_line', { line })}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
