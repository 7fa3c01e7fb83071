/**
 * Where the reader is, as the address says it: `#/live`, `#/contacts?status=waiting&source=3`, `#/weights?contact=17`.
 * Works over http and in the desktop window alike; what the address says survives a reload and can be sent to a colleague.
 */
import { useMemo, useSyncExternalStore } from 'react';

export const screens = ['live', 'contacts', 'leads', 'weights', 'operators', 'sources', 'reports', 'refused', 'audit', 'backups', 'settings'] as const;
export type Screen = (typeof screens)[number];

/** What an address says beside its screen; null, undefined and '' are left out. */
export type Params = Readonly<Record<string, string | number | null | undefined>>;

export interface Route {
  readonly screen: Screen;
  /** whose decision card is open */
  readonly contact_id: number | null;
  /** whose lead card is open */
  readonly lead_id: number | null;
  /** the rest, for the screen to read: its filters. `status=waiting&source=3` */
  readonly query: string;
}

/** A whole number from 1, else null. */
export function idIn(text: string | null): number | null {
  const id = Number(text);
  return Number.isSafeInteger(id) && id > 0 ? id : null;
}

const CARDS = ['contact', 'lead'] as const;

export function parseRoute(hash: string): Route {
  const [path = '', query = ''] = hash.replace(/^#\/?/, '').split('?');
  const params = new URLSearchParams(query);
  const [contact_id, lead_id] = [idIn(params.get('contact')), idIn(params.get('lead'))];
  for (const card of CARDS) params.delete(card);
  return { screen: screens.find((name) => name === path) ?? 'live', contact_id, lead_id, query: params.toString() };
}

/** The address of a screen, with its filters: `hashOf('contacts', { status: 'waiting' })`. */
export function hashOf(screen: Screen, params: Params = {}): string {
  const said = new URLSearchParams();
  for (const [key, value] of Object.entries(params)) if (value !== null && value !== undefined && value !== '') said.set(key, String(value));
  const query = said.toString();
  return `#/${screen}${query === '' ? '' : `?${query}`}`;
}

/** The address of the wallboard: no screen among the others, but one instead of them all. */
export const WALLBOARD = '#/wallboard';
export const isWallboard = (): boolean => location.hash === WALLBOARD;
export const useIsWallboard = (): boolean => useSyncExternalStore(subscribe, isWallboard);

function subscribe(listener: () => void): () => void {
  window.addEventListener('hashchange', listener);
  return () => window.removeEventListener('hashchange', listener);
}

/** Renders again only when what `select` reads of the route changes. */
export const useRoute = <T extends string | number | null>(select: (route: Route) => T): T =>
  useSyncExternalStore(subscribe, () => select(parseRoute(location.hash)));

/** What the address says beside screen and cards, the same object as long as it says the same. */
export function useParams(): URLSearchParams {
  const query = useRoute((route) => route.query);
  return useMemo(() => new URLSearchParams(query), [query]);
}

export function go(screen: Screen, params: Params = {}): void {
  location.hash = hashOf(screen, params);
}

/** Says these filters, and no others, in the address of the screen one is on; cards stay open. No step in the history: filters are set by typing. */
export function setParams(params: Params): void {
  const { screen, contact_id, lead_id } = parseRoute(location.hash);
  history.replaceState(history.state, '', hashOf(screen, { ...params, lead: lead_id, contact: contact_id }));
  window.dispatchEvent(new HashChangeEvent('hashchange')); // replaceState itself tells nobody
}

/** The same as a step in the history, which the browser's Back takes back: for what is chosen. */
export function chooseParams(params: Params): void {
  const { screen, contact_id, lead_id } = parseRoute(location.hash);
  location.hash = hashOf(screen, { ...params, lead: lead_id, contact: contact_id });
}

function openCard(card: (typeof CARDS)[number], id: number | null): void {
  const { screen, query, contact_id, lead_id } = parseRoute(location.hash);
  location.hash = hashOf(screen, { ...Object.fromEntries(new URLSearchParams(query)), lead: lead_id, contact: contact_id, [card]: id });
}

/** Opens the decision card over the screen one is on; null closes it. */
export const openContact = (contact_id: number | null): void => openCard('contact', contact_id);

/** Opens a lead's card over the screen one is on; null closes it. */
export const openLead = (lead_id: number | null): void => openCard('lead', lead_id);
