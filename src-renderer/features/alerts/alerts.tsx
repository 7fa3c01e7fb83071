/** Alerts about figures past their thresholds: sounds and notices, as the workspace's settings say. */
import type { TFunction } from 'i18next';
import { formatDuration, formatNumber, formatPercent, type Language } from '#kit/locale/format.ts';
import { hashOf, isWallboard } from '#kit/navigation/route.ts';
import { showBrowserNotification } from '#kit/notices/browser-notifications.ts';
import { isMuted } from '#kit/notices/muted.ts';
import { play } from '#kit/notices/sound.ts';
import { toast } from '#kit/notices/toast.tsx';
import { listenForAlerts } from '#link/alerts.ts';
import { currentBoard } from '#link/board.ts';
import { type Alert, causes, limitOf, worstOf } from '#shared/alerts.ts';
import { Heard } from './Heard.tsx';

/** One alert in words: `Ждут 5 обращений`. */
function alertText({ figure, reading }: Alert, t: TFunction, language: Language): string {
  switch (figure) {
    case 'waiting':
    case 'active_operators':
      return t(`alerts.${figure}`, { count: reading, n: formatNumber(reading, language) });
    case 'oldest_wait_seconds':
      return t(`alerts.${figure}`, { time: formatDuration(reading * 1000, t) });
    case 'load_percent':
    case 'service_level_percent':
      return t(`alerts.${figure}`, { percent: formatPercent(reading / 100, language) });
  }
}

/** The threshold passed, in words: `порог 5`. */
function limitText({ figure }: Alert, limit: number, t: TFunction, language: Language): string {
  const written =
    figure === 'oldest_wait_seconds'
      ? formatDuration(limit * 1000, t)
      : figure === 'load_percent' || figure === 'service_level_percent'
        ? formatPercent(limit / 100, language)
        : formatNumber(limit, language);
  return t('alerts.limit', { limit: written });
}

/** Shows alerts of the host as toasts, notifications and sounds. Call once. */
export function startAlerts(t: TFunction, language: () => Language): void {
  listenForAlerts((alerts) => {
    const { settings } = currentBoard();
    const worst = worstOf(alerts);
    if (!worst) return;
    const title = t(`alerts.title_${worst.tone}`);
    const text = (alert: Alert) => alertText(alert, t, language());
    if (settings.notifications)
      showBrowserNotification(title, alerts.map(text).join('\n'), () => {
        if (!isWallboard()) location.hash = hashOf(causes[worst.figure]);
      });
    if (!settings.sounds || isMuted()) return;
    void play(worst.tone).then((wasHeard) => {
      // Nobody clicks anything on a wallboard: the tile shows the alert, and a notice appears only when the sound could not be played.
      if (document.hidden || (wasHeard && isWallboard())) return;
      const lines = alerts.map((alert) => {
        const limit = limitOf(alert, settings.thresholds);
        return limit === null ? text(alert) : `${text(alert)} · ${limitText(alert, limit, t, language())}`;
      });
      toast({ id: 'heard', close: t('common.close'), tone: worst.tone === 'bad' ? 'bad' : 'calm', message: <Heard {...{ t, title, lines, wasHeard }} /> });
    });
  });
}
