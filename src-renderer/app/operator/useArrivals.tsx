import { Button } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { useFormats } from '#kit/locale/locale.ts';
import { askToNotify, mayAskToNotify, showBrowserNotification } from '#kit/notices/browser-notifications.ts';
import { play } from '#kit/notices/sound.ts';
import type { OwnDesk } from '#shared/contract/own-page.ts';

/** Tells of contacts that have just been assigned: by a sound, in the title, and by a notification where the browser may show one. It names nobody. */
export function useArrivals({ contacts, held }: OwnDesk): void {
  const { t } = useFormats();
  const known = useRef<ReadonlySet<number> | null>(null);
  useEffect(() => {
    document.title = `${held > 0 ? `(${held}) ` : ''}${t('own.title')} · Switchyard`;
  }, [held, t]);
  useEffect(() => {
    const before = known.current;
    known.current = new Set(contacts.map(({ id }) => id));
    const fresh = before === null ? [] : contacts.filter(({ id }) => !before.has(id));
    if (fresh.length === 0) return;
    void play('warn');
    showBrowserNotification(t('own.arrived', { count: fresh.length }), [...new Set(fresh.map(({ source }) => source.name))].join(', '), () => {});
  }, [contacts, t]);
}

/** Asks the browser for leave to show notifications, once. */
export function NotifyButton() {
  const { t } = useFormats();
  const [isAsked, setAsked] = useState(!mayAskToNotify());
  if (isAsked) return null;
  return (
    <Button variant="default" size="xs" onClick={() => void askToNotify().then(() => setAsked(true))}>
      {t('own.notify')}
    </Button>
  );
}
