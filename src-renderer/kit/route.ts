/** Where the reader is, as the address says it: `#/live`, `#/weights?contact=17`. Works over http and in the desktop window alike. */
import { useSyncExternalStore } from 'react';

export const screens = ['live', 'weights', 'operators', 'sources', 'refused', 'backups'] as const;
export type Screen = (typeof screens)[number];

export interface Route {
  readonly screen: Screen;
  /** whose decision card is open */
  readonly contact_id: number | null;
}

export function parseRoute(hash: string): Route {
  const [path = '', query = ''] = hash.replace(/^#\/?/, '').split('?');
  const screen = screens.find((name) => name === path) ?? 'live';
  const contact = Number(new URLSearchParams(query).get('contact'));
  return { screen, contact_id: Number.isSafeInteger(contact) && contact > 0 ? contact : null };
}

export const hashOf = (screen: Screen, contact_id: number | null = null): string => `#/${screen}${contact_id === null ? '' : `?contact=${contact_id}`}`;

function subscribe(listener: () => void): () => void {
  window.addEventListener('hashchange', listener);
  return () => window.removeEventListener('hashchange', listener);
}

/** Renders again only when what `select` reads of the route changes. */
export const useRoute = <T extends string | number | null>(select: (route: Route) => T): T =>
  useSyncExternalStore(subscribe, () => select(parseRoute(location.hash)));

export function go(screen: Screen): void {
  location.hash = hashOf(screen);
}

/** Opens the decision card over the screen one is on; null closes it. */
export function openContact(contact_id: number | null): void {
  location.hash = hashOf(parseRoute(location.hash).screen, contact_id);
}
