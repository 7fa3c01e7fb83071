/** Signing in: with name and password, or by an invitation, which is accepted with a password. */
import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { acceptInvitation, invitedBy } from '#engine/configuration/people.ts';
import type { Engine } from '#engine/core/engine.ts';
import type { SignedIn, SignInInput } from '#shared/contract/people.ts';
import { personPrincipal } from '#shared/contract/principal.ts';
import { fail, ok, type Result } from '#shared/contract/problems.ts';
import { nameKey } from '#shared/plain-text.ts';
import { allPeople, type PersonRow, personNamed } from '#store/tables/people.ts';
import { Guesses } from './guesses.ts';
import { isPassword, storedPassword } from './passwords.ts';
import type { Browser, Sessions } from './sessions.ts';

/** Passwords are hashed one at a time, which bounds memory and keeps the other processor free for contacts. More than this many waiting are refused. */
const MOST_WAITING = 20;
const PASSWORD_ID_BYTES = 16;

export interface SignInOptions {
  readonly engine: Pick<Engine, 'read' | 'write'>;
  readonly sessions: Pick<Sessions, 'openFor' | 'endAll'>;
  readonly now: () => number;
  /** devices known under a different token are unknown */
  readonly adminToken: string;
}

type Credentials = Extract<SignInInput, { name: string }>;
type Acceptance = Extract<SignInInput, { invitation: string }>;

/** Where a person signs in from. */
export interface SigningIn extends Browser {
  readonly address: string;
}

/** The same for a wrong name, a wrong password, and an invitation that is none. */
const failed = fail('sign_in_failed', 'Name and password do not match, or the invitation was used, was replaced, or has expired.');

/** Opens sessions for people. */
export class SignIn {
  readonly #options: SignInOptions;
  readonly #guesses: Guesses;
  #turn: Promise<unknown> = Promise.resolve();
  #waiting = 0;

  constructor(options: SignInOptions) {
    this.#options = options;
    this.#guesses = new Guesses(options.now);
  }

  /** Whether anybody can sign in with a password. */
  isUsed(): boolean {
    return allPeople(this.#options.engine.read.store.reading).some(({ password }) => password !== null);
  }

  /** The name of whom an invitation is for; null: it is not valid. */
  invited(token: string): string | null {
    const { engine, now } = this.#options;
    return invitedBy(engine.read.store.reading, token, now())?.name ?? null;
  }

  /** Fails with `sign_in_failed`, with `rate_limited` after too many failures, and with `overloaded`. @throws as `engine.write` does */
  async open(input: SignInInput, from: SigningIn): Promise<Result<SignedIn>> {
    if (this.#waiting >= MOST_WAITING) return fail('overloaded', 'Too many people are signing in. Try again.');
    return 'invitation' in input ? this.#accept(input, from) : this.#signIn(input, from);
  }

  async #signIn(given: Credentials, from: SigningIn): Promise<Result<SignedIn>> {
    const slowed = () => {
      const counted = this.#counted(given, from);
      const wait = this.#guesses.waitMs(counted);
      return { counted, problem: wait > 0 ? tooSoon(wait) : null };
    };
    const first = slowed().problem;
    if (first) return first;
    return this.#inTurn(async () => {
      const { counted, problem } = slowed(); // those ahead of it may have failed meanwhile
      if (problem) return problem;
      const person = this.#named(given.name);
      if (!(await isPassword(given.password, person?.password ?? null)) || !person || !this.#isAsBefore(person)) {
        this.#guesses.failed(counted);
        return failed;
      }
      this.#guesses.succeeded(counted[0] ?? '');
      return ok(this.#opened(person, from));
    });
  }

  /** An invitation cannot be guessed, so attempts are not counted; only a valid one has a password hashed. */
  async #accept({ invitation, password }: Acceptance, from: SigningIn): Promise<Result<SignedIn>> {
    const { engine, sessions, now } = this.#options;
    const invited = invitedBy(engine.read.store.reading, invitation, now());
    if (!invited) return failed;
    return this.#inTurn(async () => {
      const stored = await storedPassword(password);
      const accepted = await engine.write(personPrincipal(invited).actor, (write) =>
        acceptInvitation(write, invitation, { password: stored, password_id: randomBytes(PASSWORD_ID_BYTES) }),
      );
      if (!accepted.ok) return accepted;
      const person = accepted.value;
      if (!person) return failed;
      await sessions.endAll(person.id);
      return ok(this.#opened(person, from));
    });
  }

  #named(name: string): PersonRow | undefined {
    return personNamed(this.#options.engine.read.store.reading, name);
  }

  /** The person was not changed while the password was hashed. */
  #isAsBefore({ name, password_id }: PersonRow): boolean {
    const present = this.#named(name)?.password_id;
    return !!present && !!password_id && Buffer.from(present).equals(password_id);
  }

  #opened(person: PersonRow, from: SigningIn): SignedIn {
    return { ...this.#options.sessions.openFor(person.id, from), device: this.#deviceOf(person) };
  }

  /** What attempts are counted under: the name and the address, or a browser that the person is known to use. */
  #counted({ name, device }: Credentials, { address }: SigningIn): string[] {
    const person = device === undefined ? undefined : this.#named(name);
    if (person && device !== undefined && this.#isDeviceOf(device, person)) return [`device ${device}`];
    return [`name ${nameKey(name)}`, `address ${address}`];
  }

  #deviceOf(person: PersonRow): string {
    const nonce = randomBytes(16).toString('base64url');
    return `${nonce}.${this.#signature(nonce, person).toString('base64url')}`;
  }

  #isDeviceOf(device: string, person: PersonRow): boolean {
    const [nonce = '', given = ''] = device.split('.');
    const signature = this.#signature(nonce, person);
    const claimed = Buffer.from(given, 'base64url');
    return claimed.length === signature.length && timingSafeEqual(claimed, signature);
  }

  /** A new password makes all devices unknown. */
  #signature(nonce: string, { id, password_id }: PersonRow): Buffer {
    return createHmac('sha256', this.#options.adminToken)
      .update(`device|${id}|${Buffer.from(password_id ?? []).toString('hex')}|${nonce}`)
      .digest();
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    this.#waiting += 1;
    const done = this.#turn.then(work).finally(() => {
      this.#waiting -= 1;
    });
    this.#turn = done.catch(() => undefined);
    return done;
  }
}

const tooSoon = (wait: number) => {
  const retry_after_s = Math.ceil(wait / 1000);
  return fail('rate_limited', `Too many wrong passwords. Try again in ${retry_after_s} s.`, { params: { retry_after_s } });
};
