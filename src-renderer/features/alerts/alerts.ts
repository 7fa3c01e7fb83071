/** What is told of figures past their thresholds: heard and shown, as the workspace has settled it. */
import type { TFunction } from 'i18next';
import type { Alert } from '#shared/alerts.ts';
import { formatDuration, formatNumber, formatPercent, type Language } from '../../kit/format.ts';
import { notify } from '../../kit/notify.ts';
import { play } from '../../kit/sound.ts';
import { listenForAlerts } from '../../link/alerts.ts';
import { currentBoard } from '../../link/board.ts';

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

export function startAlerts(t: TFunction, language: () => Language): void {
  listenForAlerts((alerts) => {
    const { settings } = currentBoard();
    const worst = alerts.some(({ tone }) => tone === 'bad') ? 'bad' : 'warn';
    if (settings.sounds) play(worst);
    if (settings.notifications) notify(t(`alerts.title_${worst}`), alerts.map((alert) => alertText(alert, t, language())).join('\n'));
  });
}
