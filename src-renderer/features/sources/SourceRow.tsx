import { SegmentedControl } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { ConfirmButton } from '#kit/fields/ConfirmButton.tsx';
import { checkName } from '#kit/fields/checks.ts';
import { EditableCell } from '#kit/fields/EditableCell.tsx';
import { useFormats } from '#kit/locale/locale.ts';
import { hashOf } from '#kit/navigation/route.ts';
import { useNotify } from '#kit/notices/useNotify.ts';
import table from '#kit/table/table.module.css';
import { useBoard } from '#link/board.ts';
import { sourceSums } from '#link/derive.ts';
import { useMay } from '#link/info.ts';
import { type ExternalIds, externalIds, type Source } from '#shared/contract/entities.ts';
import { Keys } from './Keys.tsx';
import { RuleRow } from './RuleRow.tsx';
import { toggleRule, useRuleDrafts } from './rule-drafts.ts';
import { SourceFlow } from './SourceFlow.tsx';
import styles from './Sources.module.css';
import { archiveSource, renameSource, setExternalIds } from './store.ts';

/** of the table, see SourcesScreen.tsx */
const COLUMNS = 5;

export function SourceRow({ source }: { source: Source }) {
  const { t } = useTranslation();
  const { number } = useFormats();
  const teller = useNotify();
  const mayChange = useMay('supervisor');
  const { id, name } = source;
  const operators = useBoard((board) => sourceSums(board, id).operators);
  const isRuleOpen = useRuleDrafts((drafts) => drafts[id] !== undefined);
  const rename = async (text: string) => {
    const outcome = await renameSource(id, text);
    if (outcome.ok && outcome.step !== undefined) teller.changed(outcome, t('sources.saved', { name: text }));
    return outcome;
  };
  const setIds = async (external_ids: ExternalIds) =>
    teller.changed(await setExternalIds(id, external_ids), t('sources.ids_saved', { name, ids: t(`sources.ids.${external_ids}`) }));
  const archive = async () => teller.changed(await archiveSource(id), t('sources.now_archived', { name }));
  return (
    <>
      <tr data-row="" tabIndex={-1} className={styles.source} data-testid={`source-${id}`}>
        <td className={table.free}>
          <EditableCell id={`source-${id}-name`} value={name} label={t('sources.name')} check={(text) => checkName(text, t)} onSave={rename} />
        </td>
        <td>
          <Keys source={source} />
        </td>
        <td>
          <SegmentedControl
            size="xs"
            aria-label={t('sources.external_ids_of', { name })}
            data={externalIds.options.map((value) => ({ value, label: t(`sources.ids.${value}`) }))}
            value={source.external_ids}
            disabled={!mayChange}
            onChange={(value) => void setIds(value === 'own' ? 'own' : 'shared')}
          />
        </td>
        <td className={table.number}>
          {operators === 0 ? (
            <a className={styles.warn} href={hashOf('weights')}>
              {t('sources.no_operators')}
            </a>
          ) : (
            number(operators)
          )}
        </td>
        <td className={table.number}>
          <button
            type="button"
            className={table.link}
            data-open=""
            data-needs="supervisor"
            aria-expanded={isRuleOpen}
            aria-label={t('rules.of', { name })}
            onClick={() => toggleRule(id)}
          >
            {t('rules.rule')}
          </button>
          <ConfirmButton needs="supervisor" name={t('sources.archive_of', { name })} className={table.link} onConfirm={() => void archive()}>
            {t('common.archive')}
          </ConfirmButton>
        </td>
      </tr>
      <tr className={styles.below}>
        <td colSpan={COLUMNS}>
          <SourceFlow id={id} />
        </td>
      </tr>
      <RuleRow source_id={id} columns={COLUMNS} />
    </>
  );
}
