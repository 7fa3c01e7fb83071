import { once } from 'node:events';
import { connect } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { Arrivals, MOST_TURNS } from './arrivals.ts';
import { Port } from './testing/port.ts';

const turn = () => new Promise((resolve) => setImmediate(resolve));

test('connections that arrive together are all accepted before work on the first begins', async () => {
  const together = MOST_TURNS - 10;
  const sizes: number[] = [];
  const port = await Port.open((app) => {
    app.get('/console/size', async () => {
      sizes.push(port.connections.size);
      return '';
    });
  });
  onTestFinished(() => port.close());
  const sockets = Array.from({ length: together }, () => connect(port.port, '127.0.0.1'));
  const ends = sockets.map((socket) => once(socket, 'close'));
  for (const socket of sockets) {
    socket.write(`GET /console/size HTTP/1.1\r\nHost: 127.0.0.1:${port.port}\r\nConnection: close\r\n\r\n`);
    socket.resume();
  }
  await Promise.all(ends);
  expect([sizes.length, sizes[0]]).toEqual([together, together]);
});

test('work waits while connections arrive, for a limited number of turns, and continues in a turn without one', async () => {
  const arrivals = new Arrivals();
  let goneOn = 0;
  arrivals.onGoOn(() => {
    goneOn += 1;
  });
  expect(arrivals.holdWork).toBe(false);
  arrivals.add();
  for (let turns = 1; turns < MOST_TURNS; turns++) {
    await turn();
    expect([turns, goneOn, arrivals.holdWork]).toEqual([turns, 0, true]);
    arrivals.add();
  }
  await turn();
  expect([goneOn, arrivals.holdWork]).toEqual([1, false]);
  arrivals.add();
  await turn();
  expect([goneOn, arrivals.holdWork]).toEqual([1, true]); // its turn has not ended: another connection may come
  await turn();
  expect([goneOn, arrivals.holdWork]).toEqual([2, false]);
});
