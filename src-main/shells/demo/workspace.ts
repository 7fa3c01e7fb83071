/** The desk that the demo shows: its operators, sources and weights, and the people who write to it. */
import type { Language } from '#shells/language.ts';

interface DemoOperator {
  readonly name: string;
  readonly max_load: number;
  readonly is_active: boolean;
  /** by the sources' order; null: no competence */
  readonly weights: readonly (number | null)[];
}
export interface DemoWorkspace {
  readonly sources: readonly string[];
  readonly operators: readonly DemoOperator[];
  readonly leads: readonly string[];
  readonly messages: readonly string[];
}

/** One table for both languages: places differ in their loads and weights, people in their names. The last source is short of people on purpose. */
const places: readonly Omit<DemoOperator, 'name'>[] = [
  { max_load: 10, is_active: true, weights: [300, 100, 200, null] },
  { max_load: 10, is_active: true, weights: [300, 200, 100, null] },
  { max_load: 8, is_active: false, weights: [400, 100, 100, null] },
  { max_load: 12, is_active: true, weights: [700, 50, 100, null] },
  { max_load: 6, is_active: true, weights: [null, 300, 100, null] },
  { max_load: 5, is_active: true, weights: [null, 150, 400, 100] },
  { max_load: 4, is_active: true, weights: [100, 0, 200, 50] },
  { max_load: 3, is_active: false, weights: [50, 50, null, 200] },
];

const staff = (names: readonly string[]): DemoOperator[] =>
  names.map((name, nth) => {
    const place = places[nth];
    if (!place) throw new Error('more names than places');
    return { name, ...place };
  });

export const demoWorkspaces: Record<Language, DemoWorkspace> = {
  ru: {
    sources: ['Telegram', 'ВКонтакте', 'Сайт', 'Авито'],
    operators: staff(['Анна Петрова', 'Борис Ким', 'Вера Ли', 'Глеб Орлов', 'Дарья Соколова', 'Егор Титов', 'Жанна Белова', 'Захар Юдин']),
    leads: ['Ирина', 'Константин', 'Лариса', 'Михаил', 'Наталья', 'Олег', 'Полина', 'Руслан', 'Светлана', 'Тимур', 'Ульяна', 'Фёдор'],
    messages: [
      'Здравствуйте! Подскажите цену.',
      'Есть ли доставка в Казань?',
      'Перезвоните, пожалуйста, после 18:00.',
      'Хочу записаться на субботу.',
      'Где мой заказ?',
      'Нужен счёт для юрлица.',
    ],
  },
  en: {
    sources: ['Telegram', 'VK', 'Website', 'Marketplace'],
    operators: staff(['Anna Peters', 'Boris Kim', 'Vera Lee', 'Gleb Orloff', 'Daria Falcon', 'Egor Titus', 'Jane White', 'Zachary Young']),
    leads: ['Irene', 'Constantine', 'Laura', 'Michael', 'Natalie', 'Oliver', 'Pauline', 'Russell', 'Stella', 'Timothy', 'Ursula', 'Frederick'],
    messages: [
      'Hello! What does it cost?',
      'Do you deliver to Leeds?',
      'Please call me back after six.',
      'I would like to book for Saturday.',
      'Where is my order?',
      'I need an invoice for my company.',
    ],
  },
};
