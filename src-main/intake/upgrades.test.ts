import { once } from 'node:events';
import { connect } from 'node:net';
import type { Duplex } from 'node:stream';
import { expect, onTestFinished, test } from 'vitest';
import { Desk } from '#engine/testing/desk.ts';
import { listen } from './listen.ts';
import { createIntake } from './server.ts';
import { ADMIN_TOKEN } from './testing/port.ts';
import { MAX_ASKING, takeUpgrades, type Upgrade } from './upgrades.ts';

async function scene(take: (upgrade: Upgrade) => void) {
  const desk = new Desk();
  const app = createIntake({ engine: desk.engine, adminToken: ADMIN_TOKEN, version: '1.2.3', log: { error: () => {} } });
  const listening = await listen(app, { port: 0 });
  const stop = takeUpgrades(listening, take);
  const { port, connections } = listening;
  onTestFinished(async () => {
    stop();
    await app.close();
    desk.engine.close();
  });
  /** Requests an upgrade and never closes the connection itself. */
  const upgrade = async (to: string, line = 'GET /console/ws HTTP/1.1', ...more: string[]) => {
    const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true }).on('error', () => {});
    onTestFinished(() => void socket.destroy());
    await once(socket, 'connect');
    socket.write([line, `Host: 127.0.0.1:${port}`, 'Connection: Upgrade', `Upgrade: ${to}`, ...more].join('\r\n'));
    return socket;
  };
  return { connections, desk, port, upgrade };
}

const END = ['', ''];

test('a refused WebSocket gets an answer and is closed, even if its client keeps it open', async () => {
  const refused: Duplex[] = [];
  const { connections, upgrade } = await scene(({ socket, refuse }) => {
    refused.push(socket);
    refuse();
  });
  const socket = await upgrade('websocket', undefined, ...END);
  expect(String((await once(socket, 'data'))[0])).toBe('HTTP/1.1 403 Forbidden\r\nConnection: close\r\nContent-Length: 0\r\n\r\n');
  while (refused[0]?.destroyed !== true) await new Promise((resolve) => setImmediate(resolve));
  expect(connections.size).toBe(0);
});

test('pending upgrades take no connection from a bot, and the oldest one is closed first', async () => {
  const asking: Upgrade[] = [];
  const { connections, upgrade } = await scene((one) => asking.push(one));
  for (let i = 0; i < MAX_ASKING; i++) await upgrade('WebSocket', undefined, ...END);
  while (asking.length < MAX_ASKING) await new Promise((resolve) => setImmediate(resolve));
  expect(connections.size).toBe(0);
  asking[0]?.letIn();
  await upgrade('websocket', undefined, ...END);
  await upgrade('websocket', undefined, ...END);
  while (asking.length < MAX_ASKING + 2) await new Promise((resolve) => setImmediate(resolve));
  expect(asking.map(({ socket }) => socket.destroyed).slice(0, 3)).toEqual([false, true, false]);
});

test('HTTP/2 offers are ignored: curl and Java make them, and their contacts are accepted', async () => {
  const { desk, upgrade } = await scene(({ refuse }) => refuse());
  const source_id = await desk.source('bot');
  await desk.weights(source_id, { [await desk.operator('Anna', 1)]: 1 });
  const body = `{"source_id":${source_id},"external_id":"a"}`;
  const headers = ['HTTP2-Settings: AAEAAEAAAAIAAAAB', `Authorization: Bearer ${ADMIN_TOKEN}`, 'Content-Type: application/json'];
  const socket = await upgrade('h2c', 'POST /contacts HTTP/1.1', ...headers, `Content-Length: ${body.length}`, '', body);
  expect(String((await once(socket, 'data'))[0])).toMatch(/^HTTP\/1\.1 201 Created\r\n/);
});
