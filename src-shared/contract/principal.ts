/** Who is asking, by what right, and whom a call admits. Every HTTP route and every call of a console is decided here. */

/** The author of a change, as the journal records it. `desk`: the desk itself, for scheduled work, or when it finishes what a stop interrupted. */
export type Actor = 'admin' | 'console' | 'demo' | 'desk' | `source:${number}` | `person:${number}`;

/** What a person may do: everything; everything but people, erasing, restoring and settings of the host; look and export; the own page, see contract/me.ts. */
export const personRoles = ['administrator', 'supervisor', 'viewer', 'operator'] as const;
export type PersonRole = (typeof personRoles)[number];

/** What a person may do, and as whom. */
export interface Rights {
  readonly role: PersonRole;
  /** of a person with the role `operator`; else null */
  readonly operator_id: number | null;
}

/** What a principal may do. `source`: a bot, through the key of its source. */
type Role = PersonRole | 'source';

export interface Principal {
  readonly actor: Actor;
  readonly role: Role;
  /** the only source within reach; null: every source */
  readonly source_id: number | null;
  /** the operator that the person is, whose own contacts are all that is within reach; null: none */
  readonly operator_id: number | null;
}

/**
 * Whom a call admits, by the least of them. `console`: the pages of the console, which anyone may load and which give no access by themselves. `source`: what a bot
 * does with the contacts of its source; `source_read`: what it reads of them; `holder`: what operators do with contacts that they hold, as the bot and supervisors
 * do for them; `operator`: the own page; `person`: every person.
 */
export type Access = 'anyone' | 'console' | 'source' | 'source_read' | 'holder' | 'operator' | 'person' | 'viewer' | 'supervisor' | 'admin';

const admitted: Readonly<Record<Access, readonly (Role | 'nobody')[]>> = {
  anyone: ['nobody', 'source', 'operator', 'viewer', 'supervisor', 'administrator'],
  console: ['nobody', 'source', 'operator', 'viewer', 'supervisor', 'administrator'],
  source: ['source', 'supervisor', 'administrator'],
  source_read: ['source', 'viewer', 'supervisor', 'administrator'],
  holder: ['source', 'operator', 'supervisor', 'administrator'],
  operator: ['operator'],
  person: ['operator', 'viewer', 'supervisor', 'administrator'],
  viewer: ['viewer', 'supervisor', 'administrator'],
  supervisor: ['supervisor', 'administrator'],
  admin: ['administrator'],
};

/** Whether what is open to `access` is open to a role; null: to callers who have not said who they are. */
export const admits = (access: Access, role: Role | null): boolean => admitted[access].includes(role ?? 'nobody');

/**
 * Whether a call is open to a principal; null: to callers who have not said who they are. The call itself limits what the principal reaches to its
 * `source_id` or `operator_id`: anything else does not exist for it.
 */
export const may = (principal: Principal | null, { access }: { readonly access: Access }): boolean => admits(access, principal?.role ?? null);

/** The bearer of the admin token. */
export const adminPrincipal: Principal = { actor: 'admin', role: 'administrator', source_id: null, operator_id: null };
/** The user of the machine's window, or of a browser that a link of the machine has let in. */
export const consolePrincipal: Principal = { actor: 'console', role: 'administrator', source_id: null, operator_id: null };
/** The bearer of a source's key. */
export const sourcePrincipal = (source_id: number): Principal => ({ actor: `source:${source_id}`, role: 'source', source_id, operator_id: null });
/** A person who has signed in, or the bearer of one of the person's keys. */
export const personPrincipal = ({ id, role, operator_id }: Rights & { readonly id: number }): Principal => ({
  actor: `person:${id}`,
  role,
  source_id: null,
  operator_id,
});

/** The id of the person that an actor is; null for other actors. */
export const personOf = (actor: string): number | null => (actor.startsWith('person:') ? Number(actor.slice('person:'.length)) : null);
