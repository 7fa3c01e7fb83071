/** People who use the desk: what the API and consoles see of them, how they are invited, and how they sign in. */
import { z } from 'zod';
import { byId, command, query } from './call.ts';
import { id, name, text, time } from './entities.ts';
import { personRoles } from './principal.ts';
import type { Result } from './problems.ts';

const role = z.enum(personRoles).meta({
  description:
    '`administrator`: everything; `supervisor`: everything but people, erasing, restoring and settings of the host; `viewer`: looks and exports, and changes nothing; `operator`: the own page only',
});

const operatorId = id.nullable().meta({ description: 'Of a person with the role `operator`: which operator they are; else null' });

const personKey = z.object({ id, hint: z.string().meta({ description: 'The last four characters of the key' }), created_at: time });
export type PersonKey = z.infer<typeof personKey>;

export const person = z.object({
  id,
  name: z.string(),
  role,
  operator_id: operatorId,
  has_password: z.boolean().meta({ description: 'Whether the person can sign in' }),
  invited_until: time.nullable().meta({ description: 'Until when the invitation can be accepted; null: there is none' }),
  keys: z.array(personKey),
  created_at: time,
});
export type Person = z.infer<typeof person>;

export const personInput = z.object({ name, role, operator_id: operatorId.optional() });
export type PersonInput = z.infer<typeof personInput>;
export const personPatch = personInput.partial();
export type PersonPatch = z.infer<typeof personPatch>;

const invite_url = z.string().meta({ description: 'Opens the page on which the person chooses a password. Works once, for a day; shown only here' });
export const invitation = z.object({ invite_url, expires_at: time });
export type Invitation = z.infer<typeof invitation>;
export const invitedPerson = person.extend({ invite_url });
export type InvitedPerson = z.infer<typeof invitedPerson>;
/** The only response that ever contains the key. */
export const createdPersonKey = personKey.extend({ key: z.string() });
export type CreatedPersonKey = z.infer<typeof createdPersonKey>;

/** NIST SP 800-63B asks for at least eight characters and at most 64 or more, and for no rules on their kinds. */
const PASSWORD_MIN = 10;
const PASSWORD_MAX = 200;
/** Code points are counted, so that a character outside of the basic plane is one. */
const newPassword = text(2 * PASSWORD_MAX).refine((given) => Array.from(given).length >= PASSWORD_MIN && Array.from(given).length <= PASSWORD_MAX, {
  message: `must have ${PASSWORD_MIN} to ${PASSWORD_MAX} characters`,
});
export const passwordLimits = { min: PASSWORD_MIN, max: PASSWORD_MAX };

/** What proves that this browser has signed in as the person before; see guesses.ts. */
const device = text(200).optional().meta({ description: 'As an earlier answer gave it to this browser: guesses made elsewhere do not slow it down' });

export const signInInput = z.union([
  z.strictObject({ name: text(200), password: text(2 * PASSWORD_MAX), device }).meta({ description: 'Sign in' }),
  z.strictObject({ invitation: text(100), password: newPassword }).meta({ description: 'Accept an invitation with a password of one’s choice' }),
]);
export type SignInInput = z.infer<typeof signInInput>;

export const signedIn = z.object({
  id: id.meta({ description: 'Of the session' }),
  secret: z.string().meta({ description: 'Proves the session to the host, which keeps only its hash' }),
  device: z.string(),
});
export type SignedIn = z.infer<typeof signedIn>;

/** Who the console's user is. */
export interface Me {
  /** null: the administrator of the machine, who has not signed in */
  readonly id: number | null;
  readonly name: string | null;
  readonly role: z.infer<typeof role>;
  /** the operator that the person is; null: none */
  readonly operator_id: number | null;
}

export const peopleCalls = {
  /** By name. */
  people: query('admin').answers<Person[]>(),
  createPerson: command('admin', personInput).answers<Result<InvitedPerson>>(),
  updatePerson: command('admin', byId.extend({ patch: personPatch })).answers<Result<Person>>(),
  /** Ends the person's sessions, keys and invitation. Undoing it brings the person back, who has to be invited again. */
  removePerson: command('admin', byId).answers<Result<null>>(),
  /** A new link, also for who has forgotten the password; the one before becomes invalid, the password stays until a new one is chosen. */
  invitePerson: command('admin', byId).answers<Result<Invitation>>(),
  signOutPerson: command('admin', byId).answers<Result<null>>(),
};
