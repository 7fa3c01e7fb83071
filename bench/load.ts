/**
 * The load generator, in its own process so that it does not share the host's event loop. It receives its order from the parent process,
 * posts contacts, each with its own telephone number and Idempotency-Key, and replies with a LoadReport.
 */
import { Agent, request } from 'node:http';
import autocannon from 'autocannon';
import { type Latencies, latencies, phoneOf } from './measure.ts';

export interface LoadOrder {
  readonly url: string;
  readonly token: string;
  readonly connections: number;
  readonly seconds: number;
  /** contacts per second, regardless of the host; null: each connection sends its next contact as soon as the last one is answered */
  readonly rate: number | null;
  /** index of the first contact's number and key; later loads of the same host must not reuse them */
  readonly first: number;
  /** numbers and keys in random order, as in practice; otherwise ascending, which touches the same few pages of every index */
  readonly scattered?: boolean;
}

export interface LoadReport extends Latencies {
  readonly accepted: number;
  readonly failed: number;
  readonly perSecond: number;
}

const messages = ['Здравствуйте! Подскажите цену.', 'Перезвоните, пожалуйста, после 18:00.', 'Есть ли доставка в Казань?'];

/** Each number below 10^9 once, in scrambled order: 387,420,489 and 10^9 are coprime. */
const scatter = (n: number): number => Number((BigInt(n) * 387_420_489n) % 1_000_000_000n);

function contact(nth: number, scattered = false): { body: string; key: string } {
  const n = scattered ? scatter(nth) : nth;
  const body = JSON.stringify({ phone: phoneOf(n), name: 'Анна Петрова', message: messages[n % messages.length], attributes: { utm_source: 'bench' } });
  return { body, key: `bench-${n}` };
}

const headersOf = (token: string, key: string) => ({
  authorization: `Bearer ${token}`,
  'content-type': 'application/json',
  'idempotency-key': key,
});

/** Closed loop: a fixed number of connections, each always busy. */
function closedLoop({ url, token, connections, seconds, first, scattered }: LoadOrder): Promise<LoadReport> {
  let n = first;
  const taken: number[] = [];
  let failed = 0;
  const setupRequest = (sent: autocannon.Request): autocannon.Request => {
    const { body, key } = contact(n++, scattered);
    return { ...sent, body, headers: headersOf(token, key) };
  };
  const { promise, resolve, reject } = Promise.withResolvers<LoadReport>();
  const instance = autocannon({ url, connections, duration: seconds, requests: [{ method: 'POST', path: '/contacts', setupRequest }] }, (error, result) => {
    if (error) reject(error);
    else resolve({ accepted: taken.length, failed: failed + result.errors, perSecond: taken.length / result.duration, ...latencies(taken) });
  });
  instance.on('response', (_client, statusCode, _bytes, responseTime) => {
    if (statusCode === 201) taken.push(responseTime);
    else failed += 1;
  });
  return promise;
}

/**
 * Open loop: contacts are sent at an even rate, however slow the host is. Latency is measured from the scheduled send time, so that a stall
 * shows in everything it delayed. autocannon's own rate option sends each second's share in one burst per connection, which measures something else.
 */
function openLoop({ url, token, connections, seconds, first, scattered }: LoadOrder, rate: number): Promise<LoadReport> {
  const agent = new Agent({ keepAlive: true, maxSockets: connections, scheduling: 'fifo' });
  const target = new URL('/contacts', url);
  const taken: number[] = [];
  const all = rate * seconds;
  let sent = 0;
  let done = 0;
  let failed = 0;
  const { promise, resolve } = Promise.withResolvers<LoadReport>();
  const started = performance.now();
  const finish = (isAccepted: boolean, dueAt: number) => {
    done += 1;
    if (isAccepted) taken.push(performance.now() - dueAt);
    else failed += 1;
    if (done < all) return;
    agent.destroy();
    resolve({ accepted: taken.length, failed, perSecond: (taken.length / (performance.now() - started)) * 1000, ...latencies(taken) });
  };
  const send = (n: number, dueAt: number) => {
    const { body, key } = contact(n, scattered);
    const headers = { ...headersOf(token, key), 'content-length': Buffer.byteLength(body) };
    const call = request(target, { method: 'POST', agent, headers }, (response) => {
      response.resume();
      response.on('end', () => finish(response.statusCode === 201, dueAt));
    });
    call.on('error', () => finish(false, dueAt));
    call.end(body);
  };
  const tick = () => {
    const due = Math.min(all, Math.floor(((performance.now() - started) / 1000) * rate));
    for (; sent < due; sent++) send(first + sent, started + (sent / rate) * 1000);
    if (sent < all) setTimeout(tick, 1);
  };
  tick();
  return promise;
}

process.once('message', (order: LoadOrder) => {
  const report = order.rate === null ? closedLoop(order) : openLoop(order, order.rate);
  void report.then((found) => process.send?.(found, () => process.exit(0)));
});
