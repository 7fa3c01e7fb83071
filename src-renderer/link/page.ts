/** Whether this page is still the one its host gives out: asked anew whenever the link comes or goes. */
import { create } from 'zustand';
import { useConnection } from './connection.ts';

/** `older`: the host has been updated since this page was loaded. */
export type PageState = 'current' | 'older';

export const usePage = create<{ state: PageState }>(() => ({ state: 'current' }));

/** Its name carries a hash of all that belongs to it. */
const ownScript = document.querySelector('script[type="module"][src]')?.getAttribute('src') ?? '';

let asking = false;

async function look(): Promise<void> {
  if (asking) return;
  asking = true;
  try {
    const answer = await fetch(location.pathname, { cache: 'no-store' });
    if (answer.ok) usePage.setState({ state: (await answer.text()).includes(ownScript) ? 'current' : 'older' });
  } catch {
    // The host is away: what it gives out is not known.
  } finally {
    asking = false;
  }
}

/** In the desktop's window page and host are one program. */
if (!window.switchyard) {
  let wasUp = false; // the first time it has just been given out
  useConnection.subscribe(({ is_up }) => {
    if (wasUp) void look();
    wasUp ||= is_up;
  });
}
