/** System calls that fail, and the process killed inside one: nothing uncommitted is reported as success, and a retry with the same key completes it. */
import type { Condition } from '#shared/contract/desk.ts';
import { askConsole } from '#shells/testing/ask-console.ts';
import { audit, isSound, sumUp } from './harness/audit.ts';
import { FaultHost } from './harness/host.ts';
import { Strace } from './harness/strace.ts';
import { Traffic } from './harness/traffic.ts';
import type { Finding } from './harness/verdict.ts';

/** The host stops writing after this many disk errors within ten minutes. */
const FAULTS_ALLOWED = 2;
/** A contact's commit makes about twenty writes and one sync. */
const MOST_CONTACTS = 60;

export interface SweepOptions {
  readonly seed: number;
  /** the last call to fail; the first is 1 */
  readonly last: number;
  readonly step?: number;
}

interface Desk {
  readonly host: FaultHost;
  readonly traffic: Traffic;
}

async function withDesk(seed: number, experiment: (desk: Desk) => Promise<string[]>): Promise<{ isSound: boolean; figures: string; words: string[] }> {
  const host = new FaultHost();
  try {
    await host.start();
    const traffic = new Traffic(host.apiUrl, host.adminToken, { seed, clients: 4 });
    await traffic.furnish();
    const words = await experiment({ host, traffic });
    await traffic.stop();
    await host.end('SIGTERM');
    const found = audit(host.database, traffic.ledger);
    const refused = traffic.ledger.answers.get('503') ?? 0;
    return { isSound: words.length === 0 && isSound(found), figures: `${refused} answered 503; ${sumUp(found)}`, words: [...words, ...found.words] };
  } finally {
    await host.dispose();
  }
}

/** @param fault `fsync:error=EIO` */
export async function failingCalls(fault: string, { seed, last, step = 1 }: SweepOptions): Promise<Finding> {
  let injected = 0;
  let tried = 0;
  const found = await withDesk(seed, async ({ host, traffic }) => {
    const words: string[] = [];
    for (let n = 1; n <= last; n += step) {
      if (tried > 0 && tried % FAULTS_ALLOWED === 0) {
        await host.end('SIGTERM');
        await host.start();
      }
      tried += 1;
      const strace = await Strace.attach(host.pid, `${fault}:when=${n}`);
      let refused: string | null = null;
      for (let i = 0; i < MOST_CONTACTS && refused === null; i++) {
        const name = `${n}-${i}`;
        if ((await traffic.once(name))?.status !== 201) refused = name;
      }
      const failed = await strace.detach();
      injected += failed;
      if ((refused !== null) !== failed > 0) words.push(`call ${n}: ${failed} failed, and ${refused === null ? 'nothing' : 'something'} was refused`);
      if (refused === null) continue;
      const again = await traffic.retry(refused);
      if (again === null) words.push(`call ${n}: the same key was not accepted afterwards`);
    }
    return words;
  });
  return { ...found, isSound: found.isSound && injected > 0, figures: `calls 1 to ${last}: ${injected} failed; ${found.figures}` };
}

/** The host is killed in the n-th write call; after the next start the retry completes the contact. */
export async function dyingInCalls({ seed, last, step = 1 }: SweepOptions): Promise<Finding> {
  let deaths = 0;
  const found = await withDesk(seed, async ({ host, traffic }) => {
    const words: string[] = [];
    for (let n = 1; n <= last; n += step) {
      const strace = await Strace.attach(host.pid, `pwrite64,fsync:signal=SIGKILL:when=${n}`);
      let open: string | null = null;
      for (let i = 0; i < MOST_CONTACTS && open === null; i++) {
        const name = `${n}-${i}`;
        if ((await traffic.once(name)) === null) open = name;
      }
      await strace.detach();
      if (open === null) {
        words.push(`call ${n}: the host was not killed`);
        continue;
      }
      deaths += 1;
      await host.end('SIGKILL');
      await host.start();
      if ((await traffic.retry(open)) === null) words.push(`call ${n}: the same key was not accepted afterwards`);
    }
    return words;
  });
  return { ...found, figures: `calls 1 to ${last}: ${deaths} kills; ${found.figures}` };
}

/** After three faults nothing is written until a restart; reading still works, and consoles are told why. */
export async function readOnlyAfterThree({ seed }: { seed: number }): Promise<Finding> {
  return await withDesk(seed, async ({ host, traffic }) => {
    const words: string[] = [];
    const strace = await Strace.attach(host.pid, 'fsync:error=EIO:when=1+');
    for (let n = 0; n < 3; n++) if ((await traffic.once(`fault-${n}`))?.status !== 503) words.push('a contact was accepted that was not synced');
    await strace.detach();
    if ((await traffic.once('after'))?.status !== 503) words.push('a contact was accepted after three faults');
    const { status } = await fetch(`${host.apiUrl}/contacts`, { headers: { authorization: `Bearer ${host.adminToken}` } });
    if (status !== 200) words.push(`a read is answered ${status}`);
    const condition = await askConsole<Condition>(host, 'subscription', 'condition');
    if (condition.state !== 'read_only' || condition.cause !== 'disk_error') words.push(`consoles are told ${JSON.stringify(condition)}`);
    await host.end('SIGTERM');
    await host.start();
    for (const name of ['fault-0', 'fault-1', 'fault-2', 'after'])
      if ((await traffic.retry(name)) === null) words.push(`${name} was not accepted after a restart`);
    return words;
  });
}
