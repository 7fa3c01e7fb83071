import { EventEmitter, once } from 'node:events';
import type { ServerResponse } from 'node:http';
import { connect, type Socket } from 'node:net';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { AT_ONCE, type Connection, Connections, MAX_CONNECTIONS, MAX_PIPELINED, type Owner, REQUEST_TIMEOUT_MS } from './connections.ts';
import { ADMIN_TOKEN, Port } from './testing/port.ts';

const turn = () => new Promise((resolve) => setImmediate(resolve));
/** Waits until newly accepted connections no longer hold work back. */
const calm = async () => {
  for (let i = 0; i < 2; i++) await turn();
};

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
  test('are counted over both addresses, and one more replaces the one that has been silent longest', async () => {
    const { port, open, ask, counted } = await scene();
    const first = await open();
    const gone = once(first, 'close');
    for (let i = 1; i < MAX_CONNECTIONS; i++) await open(i % 2 === 0 ? '127.0.0.1' : '::1');
    await counted(MAX_CONNECTIONS);
    const one = await open('::1');
    await gone;
    expect([port.connections.size, await ask(one, null)]).toEqual([MAX_CONNECTIONS, '200']);
  });

  test('without a token are closed before that of a bot that has sent its key, however long it has been silent', async () => {
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

  test('whose answers are not read are closed like silent ones', async () => {
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

describe('pipelined requests', () => {
  /** A page that is answered on command, requested over a connection whose client may stop reading. */
  async function slowPage() {
    const answers: (() => void)[] = [];
    const port = await Port.open((app) => {
      app.get('/console/slow', () => new Promise((resolve) => answers.push(() => resolve('done'))));
    });
    const accepted = once(port.app.server, 'connection');
    const socket = connect(port.port, '127.0.0.1').on('error', () => {});
    onTestFinished(async () => {
      socket.destroy();
      await port.close();
    });
    const [ours] = await accepted;
    const request = (path: string, padding = 0) => `GET ${path} HTTP/1.1\r\nHost: 127.0.0.1:${port.port}\r\nX-Padding: ${'x'.repeat(padding)}\r\n\r\n`;
    return { answers, connections: port.connections, socket, ours, request };
  }
  test('are begun a few at a time, nothing more is read meanwhile, and each is eventually answered', async () => {
    const { answers, socket, ours, request } = await slowPage();
    let heard = '';
    socket.setEncoding('latin1').on('data', (text: string) => {
      heard += text;
    });
    const count = 5000;
    socket.write(request('/console/slow', 4000).repeat(count)); // 20 MB
    while (answers.length < AT_ONCE) await turn();
    for (let i = 0; i < 100; i++) await turn();
    expect([answers.length, ours.bytesRead < 1024 * 1024]).toEqual([AT_ONCE, true]);
    for (let done = 0; done < count; await turn()) for (; done < answers.length; done++) answers[done]?.();
    const heads = () => heard.split('HTTP/1.1 200 OK').length - 1;
    while (heads() < count) await turn();
    expect([answers.length, heads()]).toEqual([count, count]);
  });

  test('are not late while the host has stopped reading', async () => {
    const { answers, connections, socket, ours, request } = await slowPage();
    let heard = '';
    socket.setEncoding('latin1').on('data', (text: string) => {
      heard += text;
    });
    const whole = request('/console/slow');
    const timeout = Object.assign(new Error(), { code: 'ERR_HTTP_REQUEST_TIMEOUT' }); // Node's error for a partially received request
    socket.write(whole.repeat(AT_ONCE + 1) + whole.slice(0, 30));
    while (connections.of(ours)?.pipelined !== 1) await turn();
    ours.server.emit('clientError', timeout, ours);
    expect(ours.destroyed).toBe(false);
    socket.write(whole.slice(30));
    for (let done = 0; done < AT_ONCE + 2; await turn()) for (; done < answers.length; done++) answers[done]?.();
    while (heard.split('HTTP/1.1 200 OK').length < AT_ONCE + 3) await turn();
    ours.server.emit('clientError', timeout, ours);
    expect(ours.destroyed).toBe(true);
  });

  test.each([
    ['headers', false],
    ['body', true],
  ])('have the usual time to send the rest of their %s once they are read again, and no longer', async (_what, isLatest) => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    onTestFinished(() => void vi.useRealTimers());
    const endsWhen = async (becomesWhole: boolean) => {
      const connections = new Connections();
      const socket = new FakeSocket() as unknown as Socket; // the parts that are used
      connections.add(socket);
      await calm();
      const connection = connections.of(socket) as Connection; // it was added
      const serve = (complete: boolean) => {
        const response = Object.assign(new EventEmitter(), { req: { complete } });
        connection.serve(response as unknown as ServerResponse, () => {}); // it is only listened to
        return response;
      };
      const all = Array.from({ length: AT_ONCE + 1 }, (_, i) => serve(!isLatest || i < AT_ONCE));
      let hasEnded = false;
      connection.putOff(() => {
        hasEnded = true;
      });
      vi.advanceTimersByTime(2 * REQUEST_TIMEOUT_MS);
      expect(hasEnded, 'while it is held up').toBe(false);
      for (const response of all) response.emit('close');
      vi.advanceTimersByTime(REQUEST_TIMEOUT_MS - 1);
      const late = isLatest ? all.at(-1) : becomesWhole ? serve(false) : undefined;
      if (becomesWhole && late) late.req.complete = true;
      expect(hasEnded, 'in its time').toBe(false);
      vi.advanceTimersByTime(1);
      return hasEnded;
    };
    expect([await endsWhen(false), await endsWhen(true)]).toEqual([true, false]);
  });

  test('are not begun while the client does not read the answers', async () => {
    const { connections, socket, ours, request } = await slowPage();
    socket.pause();
    socket.write(request('/openapi.json').repeat(1000)); // answers of some 60 MB, more than the system buffers
    const waiting = () => connections.of(ours)?.pipelined ?? 0;
    for (let known = -1, calm = 0; calm < 100; await turn()) {
      calm = waiting() === known && ours.writableLength > 0 ? calm + 1 : 0;
      known = waiting();
    }
    expect(waiting()).toBeGreaterThan(100);
  });

  test('wait up to a limit, then the connection with most of them is closed', async () => {
    const connections = new Connections();
    const open = async (requests: number) => {
      const socket = new FakeSocket();
      connections.add(socket as unknown as Socket); // the parts that are used
      await calm();
      const connection = connections.of(socket as unknown as Socket) as Connection; // it was added
      let begun = 0;
      for (let i = 0; i < requests; i++) connection.serve(new EventEmitter() as ServerResponse, () => void begun++); // it is only listened to
      return { socket, begun };
    };
    const modest = await open(AT_ONCE + 1000);
    const greedy = await open(AT_ONCE + MAX_PIPELINED - 1000);
    expect([modest.begun, greedy.begun, greedy.socket.destroyed, connections.size]).toEqual([AT_ONCE, AT_ONCE, false, 2]);
    const third = await open(AT_ONCE + 1);
    expect([modest.socket.destroyed, greedy.socket.destroyed, third.socket.destroyed, connections.size]).toEqual([false, true, false, 2]);
    expect((await open(AT_ONCE + 1500)).socket.destroyed).toBe(false);
  });
});

class FakeSocket extends EventEmitter {
  destroyed = false;
  isPaused = () => false;
  pause = () => this;
  resume = () => this;
  destroy(): this {
    this.destroyed = true;
    this.emit('close');
    return this;
  }
}

test('whoever holds most connections loses one, the longest silent first: a source, the admin, or all clients without a token', () => {
  const connections = new Connections();
  const many = (owner: Owner, count: number) =>
    Array.from({ length: count }, () => {
      const fake = new FakeSocket();
      const socket = fake as unknown as Socket; // the parts that are used
      connections.add(socket);
      const connection = connections.of(socket);
      if (connection) connection.owner = owner;
      return fake;
    });
  const held = [many(undefined, 100), many(null, 100), many(1, 101), many(2, 211)];
  expect(connections.size).toBe(MAX_CONNECTIONS);
  many(undefined, 40);
  const closed = held.map((sockets) => sockets.map(({ destroyed }) => destroyed));
  expect(closed).toEqual([held[0]?.map(() => false), held[1]?.map(() => false), held[2]?.map(() => false), held[3]?.map((_, i) => i < 40)]);
  expect(connections.size).toBe(MAX_CONNECTIONS);
});
