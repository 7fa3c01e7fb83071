/**
 * Routing by the address's hash: `#/live`, `#/contacts?status=waiting&source=3`, `#/weights?contact=17`.
 * Works over HTTP and in the desktop window alike; an address survives a reload and can be shared.
 */
import { useMemo, useSyncExternalStore } from 'react';

export const screens = ['live', 'contacts', 'leads', 'weights', 'operators', 'sources', 'reports', 'refused', 'audit', 'backups', 'settings'] as const;
export type Screen = (typeof screens)[number];

/** Parameters of an address besides its screen; null, undefined and '' are omitted. */
export type Params = Readonly<Record<string, string | number | null | undefined>>;

export interface Route {
  readonly screen: Screen;
  /** contact with an open decision card */
  readonly contact_id: number | null;
  /** lead with an open card */
  readonly lead_id: number | null;
  /** remaining parameters, the screen's filters: `status=waiting&source=3` */
  readonly query: string;
}

/** A whole number from 1, else null. */
export function idIn(text: string | null): number | null {
  const id = Number(text);
  return Number.isSafeInteger(id) && id > 0 ? id : null;
}

const CARDS = ['contact', 'lead'] as const;

/** The route of an address. An unknown screen is the live screen. */
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

/** The address of the wallboard, which replaces all screens. */
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

/** Filters in the address, without screen and cards; the same object while they are the same. */
export function useParams(): URLSearchParams {
  const query = useRoute((route) => route.query);
  return useMemo(() => new URLSearchParams(query), [query]);
}

/** Shows a screen, as a new entry of the browser's history. */
export function go(screen: Screen, params: Params = {}): void {
  location.hash = hashOf(screen, params);
}

/** Replaces the filters in the current screen's address; cards stay open. Adds no history entry, since filters change while typing. */
export function setParams(params: Params): void {
  const { screen, contact_id, lead_id } = parseRoute(location.hash);
  history.replaceState(history.state, '', hashOf(screen, { ...params, lead: lead_id, contact: contact_id }));
  window.dispatchEvent(new HashChangeEvent('hashchange')); // replaceState fires no event
}

/** The same with a history entry that Back undoes: for deliberate choices. */
export function chooseParams(params: Params): void {
  const { screen, contact_id, lead_id } = parseRoute(location.hash);
  location.hash = hashOf(screen, { ...params, lead: lead_id, contact: contact_id });
}

function openCard(card: (typeof CARDS)[number], id: number | null): void {
  const { screen, query, contact_id, lead_id } = parseRoute(location.hash);
  location.hash = hashOf(screen, { ...Object.fromEntries(new URLSearchParams(query)), lead: lead_id, contact: contact_id, [card]: id });
}

/** Opens the decision card over the current screen; null closes it. */
export const openContact = (contact_id: number | null): void => openCard('contact', contact_id);

/** Opens a lead's card over the current screen; null closes it. */
export const openLead = (lead_id: number | null): void => openCard('lead', lead_id);
