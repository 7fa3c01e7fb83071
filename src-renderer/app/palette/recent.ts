/** Recently chosen palette items: ids, kept in this browser. */
const KEPT_AS = 'switchyard.palette';
const MOST = 6;

/** Ids of the items used last, latest first. */
export function recentIds(): string[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(KEPT_AS) ?? '[]');
    return Array.isArray(kept) ? kept.filter((id) => typeof id === 'string').slice(0, MOST) : [];
  } catch {
    return [];
  }
}

/** Puts an item at the front of the recent ones. */
export function remember(id: string): void {
  localStorage.setItem(KEPT_AS, JSON.stringify([id, ...recentIds().filter((other) => other !== id)].slice(0, MOST)));
}
