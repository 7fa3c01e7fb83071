/** The figures of the pulse, formatted: each with its target, its total, and a link to its cause. */
import { useTranslation } from 'react-i18next';
import { useClock } from '#kit/locale/clock.ts';
import { formatDuration } from '#kit/locale/format.ts';
import { useDay, useFormats } from '#kit/locale/locale.ts';
import { contactsLink } from '#kit/navigation/list-filters.ts';
import { hashOf, useRoute } from '#kit/navigation/route.ts';
import { useBoard } from '#link/board.ts';
import { useSettings } from '#link/settings.ts';
import { useToday } from '#link/today.ts';
import { pulseOf, readingsOf, serviceLevel, type Tone, toneOf } from '#shared/figures.ts';

export interface ShownFigure {
  readonly name: 'waiting' | 'oldest' | 'load' | 'service' | 'active' | 'today';
  readonly value: string;
  /** the total, beside the value */
  readonly aside: string;
  readonly label: string;
  /** the target; '' when there is none */
  readonly target: string;
  readonly tone: Tone;
  /** the address of its cause */
  readonly href: string;
}

const SECOND = 1000;

/** The desk's figures with their tones and texts, in the order of the pulse. */
export function useFigures(): readonly ShownFigure[] {
  const { t } = useTranslation();
  const { number, percent } = useFormats();
  const day = useDay();
  const board = useBoard((now) => now);
  const known = useToday((state) => state.today);
  const { thresholds, service_level_seconds } = useSettings();
  const screen = useRoute((route) => route.screen);
  const now = useClock((moment) => (board.queue.length === 0 ? 0 : Math.floor(moment / SECOND) * SECOND));
  const pulse = pulseOf(board, now);
  const today = known?.day === day ? known : null;
  const readings = readingsOf(pulse, today, now);
  const { waiting, oldest, load, capacity, active, operators } = pulse;
  const level = serviceLevel(today);
  const tone = (figure: keyof typeof readings) => toneOf(figure, readings[figure], thresholds);
  const lasting = (seconds: number) => formatDuration(seconds * SECOND, t);
  const below = (figure: keyof typeof readings, write: (limit: number) => string) => {
    const limit = thresholds[figure].warning;
    return limit === null ? '' : t('pulse.target_below', { limit: write(limit) });
  };
  const above = (figure: keyof typeof readings, write: (limit: number) => string) => {
    const limit = thresholds[figure].warning;
    return limit === null ? '' : t('pulse.target_above', { limit: write(limit) });
  };
  const of100 = (value: number) => percent(value / 100);
  return [
    {
      name: 'waiting',
      value: number(waiting),
      aside: '',
      label: t('pulse.waiting', { count: waiting }),
      target: below('waiting', number),
      tone: tone('waiting'),
      href: hashOf('contacts', { status: 'waiting' }),
    },
    {
      name: 'oldest',
      value: oldest === null ? '–' : lasting(readings.oldest_wait_seconds ?? 0),
      aside: '',
      label: t('pulse.oldest'),
      target: below('oldest_wait_seconds', lasting),
      tone: tone('oldest_wait_seconds'),
      href: oldest === null ? hashOf('live') : hashOf(screen, { contact: oldest.contact_id }),
    },
    {
      name: 'load',
      value: capacity === 0 ? '–' : percent(load / capacity),
      aside: capacity === 0 ? '' : t('pulse.free', { n: number(capacity - load) }),
      label: t('pulse.load'),
      target: below('load_percent', of100),
      tone: tone('load_percent'),
      href: hashOf('contacts', { status: 'assigned' }),
    },
    {
      name: 'service',
      value: level === null ? '–' : percent(level),
      aside: t('pulse.within', { time: lasting(service_level_seconds) }),
      label: t('pulse.service'),
      target: above('service_level_percent', of100),
      tone: tone('service_level_percent'),
      href: hashOf('reports'),
    },
    {
      name: 'active',
      value: `${number(active)} / ${number(operators)}`,
      aside: active === 0 && operators > 0 ? t('pulse.nobody_active') : operators > active ? t('pulse.paused', { n: number(operators - active) }) : '',
      label: t('pulse.active'),
      target: above('active_operators', number),
      tone: tone('active_operators'),
      href: hashOf('operators'),
    },
    {
      name: 'today',
      value: today === null ? '–' : number(today.assigned),
      aside: today === null ? '' : t('pulse.of_came', { n: number(today.came) }),
      label: t('pulse.assigned_today'),
      target: '',
      tone: 'calm',
      href: contactsLink({ period_of: 'assigned', from: day, to: day }),
    },
  ];
}
