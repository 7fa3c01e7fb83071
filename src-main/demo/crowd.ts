/** Generates visits: who writes next, by which channel, and what. Some people are new, others return, sometimes by another channel. */
import messages from '../../resources/demo/messages.json' with { type: 'json' };
import { dictated, makePerson, type Person } from './people.ts';
import { byShare, oneOf, type Random } from './random.ts';

export type Channel = 'telegram' | 'whatsapp' | 'vk' | 'site';
export type Language = 'ru' | 'en';

/** A body for POST /contacts. */
export interface VisitBody {
  readonly external_id?: string;
  readonly phone?: string;
  readonly email?: string;
  readonly name?: string;
  readonly message: string;
  readonly attributes?: Readonly<Record<string, string>>;
}

export interface Visit<Door> {
  readonly door: Door;
  readonly body: VisitBody;
}

/** A channel, with its share of visits in percent. */
export interface Way {
  readonly channel: Channel;
  readonly share: number;
}

interface Guest<Door> {
  readonly person: Person;
  readonly usual: Door;
}

/** Number of latest people who may return. */
const REMEMBERED = 600;

/** A population of fictitious people. The same seed makes the same visits. */
export class Crowd<Door extends Way> {
  readonly #random: Random;
  readonly #language: Language;
  readonly #returning: number;
  readonly #guests: Guest<Door>[] = [];
  #met = 0;

  /** @param returning share of visits by returning people, 0 … 1 */
  constructor({ random, language, returning = 0.3 }: { random: Random; language: Language; returning?: number }) {
    this.#random = random;
    this.#language = language;
    this.#returning = returning;
  }

  /** The next visit. @param doors the channels available now; at least one */
  next(doors: readonly Door[]): Visit<Door> {
    const random = this.#random;
    const isReturning = this.#guests.length > 20 && random() < this.#returning;
    if (!isReturning) {
      const door = byShare(random, doors);
      const person = makePerson(random);
      this.#guests[this.#met++ % REMEMBERED] = { person, usual: door };
      return { door, body: this.#body(person, door.channel, { isReturning, shows: 0.3 }) };
    }
    const { person, usual } = oneOf(random, this.#guests);
    const comesAsUsual = doors.includes(usual) && random() < 0.7;
    // a person on another channel can only be recognised by telephone number
    return comesAsUsual
      ? { door: usual, body: this.#body(person, usual.channel, { isReturning, shows: 0.5 }) }
      : this.#elsewhere(person, byShare(random, doors), isReturning);
  }

  #elsewhere(person: Person, door: Door, isReturning: boolean): Visit<Door> {
    return { door, body: this.#body(person, door.channel, { isReturning, shows: 1 }) };
  }

  /** @param shows probability that the person gives a telephone number where it is not required */
  #body(person: Person, channel: Channel, { isReturning, shows }: { isReturning: boolean; shows: number }): VisitBody {
    const random = this.#random;
    const { first, again, form } = messages[this.#language];
    const name = person.name === null ? {} : { name: person.name };
    const phone = { phone: dictated(random, person.phone) };
    const given = random() < shows ? phone : {};
    const message = oneOf(random, isReturning ? again : first);
    switch (channel) {
      case 'telegram':
        return { external_id: person.telegram, ...given, ...name, message };
      case 'vk':
        return { external_id: person.vk, ...given, ...name, message };
      case 'whatsapp':
        return { ...phone, ...name, message };
      case 'site': {
        const email = random() < 0.65 ? { email: person.email } : {};
        const attributes = { page: oneOf(random, ['/', '/ceny', '/kontakty', '/akcii', '/katalog']) };
        const reachable = 'email' in email && random() > shows && random() < 0.4 ? email : { ...phone, ...email };
        return { ...reachable, ...name, message: isReturning ? message : oneOf(random, form), attributes };
      }
      default:
        return channel satisfies never;
    }
  }
}
