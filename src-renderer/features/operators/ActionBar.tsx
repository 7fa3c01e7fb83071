import { Button, Kbd, Menu } from '@mantine/core';
import { memo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNotify } from '#kit/notices/useNotify.ts';
import marks from '#kit/table/Marks.module.css';
import { currentBoard, useBoard } from '#link/board.ts';
import { chosenReasons, type InactiveReason } from '#shared/contract/entities.ts';
import { type KeyName, shownKey } from '#shared/keys.ts';
import { changeOperators, takeOff } from './calls.ts';
import { HoursDialog } from './HoursDialog.tsx';
import { LimitDialog } from './LimitDialog.tsx';
import { askAbout, awayText, heldBy } from './leaving.ts';
import { clearMarks, meant, useMarks } from './marks.ts';
import { TagsDialog } from './TagsDialog.tsx';

/** Maximum number of names in a notice. */
const NAMED = 5;

/** Actions on the marked operators, or on the current row. Always visible, so that nothing moves, unless a low window has no room for it. */
export const ActionBar = memo(function ActionBar() {
  const { t } = useTranslation();
  const teller = useNotify();
  const marked = useMarks((state) => state.marked.size);
  const current = useMarks((state) => state.current);
  const name = useBoard((board) => (current === null ? '' : (board.operators[current]?.name ?? '')));
  const [limitOf, setLimitOf] = useState<readonly number[] | null>(null);
  const [hoursOf, setHoursOf] = useState<readonly number[] | null>(null);
  const [tagsOf, setTagsOf] = useState<readonly number[] | null>(null);
  const isNothing = marked === 0 && current === null;
  const putOn = async () => {
    const outcome = await changeOperators(meant(), { do: 'put_on' });
    const changed = outcome.ok ? outcome.value.changed : 0;
    teller.changed(outcome, changed === 0 ? t('operators.already_on') : t('operators.put_on', { count: changed }));
  };
  const leave = async (reason: InactiveReason) => {
    const ids = meant();
    if (heldBy(currentBoard(), ids) > 0) return askAbout({ ids, reason });
    const outcome = await takeOff(ids, reason, 'keep');
    const who = ids.length > 1 ? t('operators.several', { count: ids.length }) : name;
    teller.changed(outcome, awayText(t, { name: who, reason, handed_over: 0, waiting: 0, kept: 0 }));
  };
  const archive = async () => {
    const outcome = await changeOperators(meant(), { do: 'archive' });
    if (!outcome.ok) return teller.failure(outcome.problem);
    const { changed, holding } = outcome.value;
    const names = holding.slice(0, NAMED).map((id) => currentBoard().operators[id]?.name ?? '');
    const stay =
      holding.length > 0 &&
      t('operators.holding', { names: names.join(', ') }) + (holding.length > NAMED ? ` ${t('operators.leave_more', { count: holding.length - NAMED })}` : '');
    const said = [changed > 0 && t('operators.archived_now', { count: changed }), stay && `${stay}.`].filter(Boolean).join(' ');
    if (changed > 0) teller.changed(outcome, said);
    else teller.refused(said);
  };
  const key = (of: KeyName) => <Kbd size="xs">{shownKey(of).toUpperCase()}</Kbd>;
  return (
    <div className={marks.actions} data-needs="supervisor" data-idle={marked === 0 || undefined}>
      <span className={marks.meant} role="status">
        {marked > 0 ? t('contacts.marked', { count: marked }) : current === null ? t('contacts.none_meant') : name}
      </span>
      <Button variant="default" disabled={isNothing} data-put-on="" rightSection={key('put_on')} onClick={() => void putOn()}>
        {t('operators.come_back')}
      </Button>
      <Menu position="top-start" transitionProps={{ duration: 0 }} withInitialFocusPlaceholder={false}>
        <Menu.Target>
          <Button variant="default" disabled={isNothing} data-take-off="" rightSection={key('take_off')}>
            {t('operators.take_off')}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {chosenReasons.map((reason) => (
            <Menu.Item key={reason} onClick={() => void leave(reason)}>
              {t(`operators.leave.${reason}`)}
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
      <Button variant="default" disabled={isNothing} data-limit="" rightSection={key('limit')} onClick={() => setLimitOf(meant())}>
        {t('operators.change_limit')}
      </Button>
      <Button variant="default" disabled={isNothing} data-tags="" rightSection={key('tags')} onClick={() => setTagsOf(meant())}>
        {t('operators.change_tags')}
      </Button>
      <Button variant="default" disabled={isNothing} onClick={() => setHoursOf(meant())}>
        {t('schedules.change')}
      </Button>
      <Button variant="default" disabled={isNothing} data-archive="" rightSection={key('archive')} onClick={() => void archive()}>
        {t('common.archive')}
      </Button>
      {marked > 0 && (
        <Button variant="default" onClick={clearMarks}>
          {t('contacts.unmark')}
        </Button>
      )}
      {limitOf && <LimitDialog ids={limitOf} onClose={() => setLimitOf(null)} />}
      {hoursOf && <HoursDialog ids={hoursOf} onClose={() => setHoursOf(null)} />}
      {tagsOf && <TagsDialog ids={tagsOf} onClose={() => setTagsOf(null)} />}
    </div>
  );
});
