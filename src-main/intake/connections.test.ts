import { EventEmitter, once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { describe, expect, onTestFinished, test } from 'vitest';
import { Connections, MAX_CONNECTIONS, type Owner } from './connections.ts';
import { ADMIN_TOKEN, Port } from './testing/port.ts';

async function scene() {
  const port = await Port.open();
  const sockets: Socket[] = [];
  onTestFinished(async () => {
    for (const socket of sockets) socket.destroy();
    await port.close();
  });
  const open = async (host = '127.0.0.1') => {
    const socket = connect(port.port, host).on('error', () => {});
    sockets.push(socket);
    await once(socket, 'connect');
    return socket;
  };
  const request = (path: string, token: string | null) =>
    `GET ${path} HTTP/1.1\r\nHost: 127.0.0.1:${port.port}\r\n${token === null ? '' : `Authorization: Bearer ${token}\r\n`}\r\n`;
  const ask = async (socket: Socket, token: string | null) => {
    socket.write(request(token === null ? '/health' : '/contacts', token));
    return String((await once(socket, 'data'))[0]).slice(9, 12);
  };
  const counted = async (count: number) => {
    while (port.connections.size !== count) await new Promise((resolve) => setImmediate(resolve));
  };
  return { port, open, ask, request, counted };
}

describe('connections', () => {
  test('are counted over both addresses, and one more takes the place of the one that has been silent longest', async () => {
    const { port, open, ask, counted } = await scene();
    const first = await open();
    const gone = once(first, 'close');
    for (let i = 1; i < MAX_CONNECTIONS; i++) await open(i % 2 === 0 ? '127.0.0.1' : '::1');
    await counted(MAX_CONNECTIONS);
    const one = await open('::1');
    await gone;
    expect([port.connections.size, await ask(one, null)]).toEqual([MAX_CONNECTIONS, '200']);
  });

  test('of strangers give way before that of a bot that has shown its key, however long it has been silent', async () => {
    const { open, ask, counted } = await scene();
    const bot = await open();
    expect(await ask(bot, ADMIN_TOKEN)).toBe('200');
    const stranger = await open();
    const gone = once(stranger, 'close');
    for (let i = 2; i < MAX_CONNECTIONS; i++) await open();
    await counted(MAX_CONNECTIONS);
    await open();
    await gone;
    expect(await ask(bot, ADMIN_TOKEN)).toBe('200');
  });

  test('whose answers nobody reads give way as the silent ones do', async () => {
    const { port, open, request } = await scene();
    const accepted = once(port.app.server, 'connection');
    const deaf = await open();
    const [ours] = await accepted;
    deaf.pause();
    deaf.write(request('/openapi.json', null).repeat(200));
    for (let i = 0; i < 3 * MAX_CONNECTIONS && !ours.destroyed; i++) await open();
    expect([ours.destroyed, port.connections.size]).toEqual([true, MAX_CONNECTIONS]);
  });
});

test('whoever holds most connections gives way, the longest silent first: a source, the admin, or all who have shown no token', () => {
  const connections = new Connections();
  const many = (owner: Owner, count: number) =>
    Array.from({ length: count }, () => {
      const socket = new EventEmitter() as unknown as Socket; // all that is asked of one, with the next line
      socket.destroy = () => socket.emit('close') as unknown as Socket;
      const state = { closed: false };
      socket.once('close', () => Object.assign(state, { closed: true }));
      connections.add(socket);
      const connection = connections.of(socket);
      if (connection) connection.owner = owner;
      return state;
    });
  const held = [many(undefined, 100), many(null, 100), many(1, 101), many(2, 211)];
  expect(connections.size).toBe(MAX_CONNECTIONS);
  many(undefined, 40);
  const closed = held.map((states) => states.map((state) => state.closed));
  expect(closed).toEqual([held[0]?.map(() => false), held[1]?.map(() => false), held[2]?.map(() => false), held[3]?.map((_, i) => i < 40)]);
  expect(connections.size).toBe(MAX_CONNECTIONS);
});
