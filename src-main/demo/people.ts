/** Fictitious people: names as typed into forms, telephone numbers as dictated, ids as channels assign them. */
import people from '../../resources/demo/people.json' with { type: 'json' };
import { between, oneOf, type Random } from './random.ts';

export interface Person {
  /** as the person writes it, in Cyrillic or Latin letters; null when not given */
  readonly name: string | null;
  /** ten digits after the country code: 9001234567 */
  readonly phone: string;
  readonly email: string;
  readonly telegram: string;
  readonly vk: string;
}

/** A fictitious person with name, telephone number and ids. */
export function makePerson(random: Random): Person {
  const isFemale = random() < 0.55;
  const { first, patronymic } = isFemale ? people.female : people.male;
  const given = oneOf(random, first);
  const family = familyName(oneOf(random, people.last), isFemale);
  const [name, surname] = [latin(given), latin(family)];
  return {
    name: typed(random, { given, patronymic: oneOf(random, patronymic), family }),
    phone: `9${between(random, 0, 999_999_999).toString().padStart(9, '0')}`,
    email:
      `${oneOf(random, [`${name}.${surname}`, `${surname}.${name[0]}`, `${name}${surname}`])}${between(random, 1, 9999)}@${oneOf(random, people.email_domains)}`.toLowerCase(),
    telegram: `tg-${between(random, 100_000_000, 7_999_999_999)}`,
    vk: `vk${between(random, 1_000_000, 899_999_999)}`,
  };
}

function typed(random: Random, { given, patronymic, family }: { given: string; patronymic: string; family: string }): string | null {
  const x = random();
  if (x < 0.32) return given;
  if (x < 0.62) return `${given} ${family}`;
  if (x < 0.7) return `${given} ${patronymic}`;
  if (x < 0.78) return `${family} ${given} ${patronymic}`;
  if (x < 0.85) return given.toLowerCase();
  if (x < 0.95) return `${latin(given)} ${latin(family)}`;
  return null;
}

/** The surname in its feminine form, if it has one. */
function familyName(male: string, isFemale: boolean): string {
  if (!isFemale) return male;
  if (/(ов|ев|ёв|ин)$/.test(male)) return `${male}а`;
  return male.replace(/ский$/, 'ская').replace(/цкий$/, 'цкая');
}

const LETTERS: Record<string, string> = {
  ...{ а: 'a', б: 'b', в: 'v', г: 'g', д: 'd', е: 'e', ё: 'e', ж: 'zh', з: 'z', и: 'i', й: 'y', к: 'k', л: 'l', м: 'm', н: 'n', о: 'o', п: 'p' },
  ...{ р: 'r', с: 's', т: 't', у: 'u', ф: 'f', х: 'kh', ц: 'ts', ч: 'ch', ш: 'sh', щ: 'shch', ъ: '', ы: 'y', ь: '', э: 'e', ю: 'yu', я: 'ya' },
};

/** Informal transliteration of Russian, as people write it themselves. */
function latin(russian: string): string {
  return russian.replace(/[а-яё]/gi, (letter) => {
    const small = LETTERS[letter.toLowerCase()] ?? letter;
    return letter === letter.toLowerCase() ? small : small.charAt(0).toUpperCase() + small.slice(1);
  });
}

/** The number in one of the formats that people and bots use. */
export function dictated(random: Random, phone: string): string {
  const [code, three, two, last] = [phone.slice(0, 3), phone.slice(3, 6), phone.slice(6, 8), phone.slice(8)];
  return oneOf(random, [
    `8 (${code}) ${three}-${two}-${last}`,
    `8(${code})${three}${two}${last}`,
    `+7 ${code} ${three} ${two} ${last}`,
    `+7 (${code}) ${three}-${two}-${last}`,
    `+7${phone}`,
    `8${phone}`,
    `8 ${code} ${three}${two}${last}`,
    `8-${code}-${three}-${two}-${last}`,
  ]);
}
