import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import type { takeUpgrades as careful } from '../../../src-main/intake/upgrades.ts';

export const isWebSocket = () => true;

export const takeUpgrades: typeof careful = ({ servers }, take) => {
  const onUpgrade = (request: IncomingMessage, socket: Duplex, head: Buffer) =>
    take({ request, socket, head, letIn: () => {}, refuse: () => socket.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\nContent-Length: 0\r\n\r\n') });
  for (const server of servers) server.on('upgrade', onUpgrade);
  return () => {
    for (const server of servers) server.off('upgrade', onUpgrade);
  };
};
