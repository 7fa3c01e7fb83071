/** The one connection of this console: to the main process through the bridge, or to a headless host through a WebSocket. */
import { createTRPCClient, createWSClient, wsLink } from '@trpc/client';
import type { ConsoleRouter } from '#shared/contract/console.ts';
import { socketOver } from './bridge-socket.ts';
import { followChanges } from './changes-under-way.ts';
import { linkClosed, linkOpened } from './connection.ts';
import { hostNow } from './host-clock.ts';
import { SessionSocket } from './session-socket.ts';

const RETRY_MAX_MS = 5_000;
const PING_EVERY_MS = 10_000;
/** Longer than the largest change keeps a host on a slow machine busy: a link that is given up takes the answer to that change with it. A host that ends is noticed at once. */
const PONG_WITHIN_MS = 20_000;

function connect() {
  const bridge = window.switchyard;
  const webUrl = `${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/console/ws`;
  return createWSClient({
    ...(bridge
      ? { url: 'ipc://console', WebSocket: socketOver(bridge) }
      : { url: webUrl, WebSocket: SessionSocket, keepAlive: { enabled: true, intervalMs: PING_EVERY_MS, pongTimeoutMs: PONG_WITHIN_MS } }),
    retryDelayMs: (attempt) => Math.min(200 * 2 ** attempt, RETRY_MAX_MS),
    onOpen: linkOpened,
    onClose: () => linkClosed(hostNow()),
    onError: () => linkClosed(hostNow()),
  });
}

export const client = createTRPCClient<ConsoleRouter>({ links: [followChanges, wsLink({ client: connect() })] });
