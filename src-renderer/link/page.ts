/** Whether this page is still the version that its host serves; checked whenever the link goes up or down. */
import { create } from 'zustand';
import { useConnection } from './connection.ts';

/** `older`: the host has been updated since this page was loaded. */
export type PageState = 'current' | 'older';

export const usePage = create<{ state: PageState }>(() => ({ state: 'current' }));

/** Its name contains a hash of its whole content. */
const ownScript = document.querySelector('script[type="module"][src]')?.getAttribute('src') ?? '';

let asking = false;

async function look(): Promise<void> {
  if (asking) return;
  asking = true;
  try {
    const answer = await fetch(location.pathname, { cache: 'no-store' });
    if (answer.ok) usePage.setState({ state: (await answer.text()).includes(ownScript) ? 'current' : 'older' });
  } catch {
    // The host is unreachable: its version is unknown.
  } finally {
    asking = false;
  }
}

/** In the desktop window page and host are one program. */
if (!window.switchyard) {
  let wasUp = false; // the first time the page has just been served
  useConnection.subscribe(({ is_up }) => {
    if (wasUp) void look();
    wasUp ||= is_up;
  });
}
