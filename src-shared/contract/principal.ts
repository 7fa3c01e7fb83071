/** Who is asking, by what right, and whom a call admits. Every HTTP route and every call of a console is decided here. */

/** The author of a change, as the journal records it. `desk`: the desk itself, for scheduled work, or when it finishes what a stop interrupted. */
export type Actor = 'admin' | 'console' | 'demo' | 'desk' | `source:${number}`;

/** What a principal may do. */
type Role = 'administrator' | 'source';

export interface Principal {
  readonly actor: Actor;
  readonly role: Role;
  /** the only source within reach; null: every source */
  readonly source_id: number | null;
}

/** Whom a call admits. `console`: the pages of the console, which anyone may load and which give no access by themselves. */
export type Access = 'anyone' | 'console' | 'source' | 'admin';

const admitted: Readonly<Record<Access, readonly (Role | 'nobody')[]>> = {
  anyone: ['nobody', 'source', 'administrator'],
  console: ['nobody', 'source', 'administrator'],
  source: ['source', 'administrator'],
  admin: ['administrator'],
};

/**
 * Whether a call is open to a principal; null: to callers who have not said who they are. The call itself limits what the principal reaches to its
 * `source_id`: anything else does not exist for it.
 */
export const may = (principal: Principal | null, { access }: { readonly access: Access }): boolean => admitted[access].includes(principal?.role ?? 'nobody');

/** The bearer of the admin token. */
export const adminPrincipal: Principal = { actor: 'admin', role: 'administrator', source_id: null };
/** The user of a console: of the machine's window, or of a browser that has proved its session. */
export const consolePrincipal: Principal = { actor: 'console', role: 'administrator', source_id: null };
/** The bearer of a source's key. */
export const sourcePrincipal = (source_id: number): Principal => ({ actor: `source:${source_id}`, role: 'source', source_id });
