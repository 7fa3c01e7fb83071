/** Who guesses passwords, from one address and from many: how many guesses are tried at all, and whether the person and the bots notice. */
import { request } from 'node:http';
import { WebSocket } from 'ws';
import type { InvitedPerson, SignedIn } from '#shared/contract/people.ts';
import type { Hello } from '#shared/contract/sessions.ts';
import { proofOf } from '#shared/session-proof.ts';
import { newConsoleLink, openSession } from '#shells/testing/ask-console.ts';
import type { Finding } from '../faults/harness/verdict.ts';
import { onStage, type Stage } from './harness/stage.ts';

const AT_ONCE = 16;
/** Five at once, then after waits that double up to a minute: so many would take seven minutes, and these guesses never wait. */
const TRIED_OF_A_NAME = 17;
const PASSWORD = 'correct horse battery staple';

interface Answer {
  readonly status: number;
  readonly body: string;
}

/** @param guesses how many are made of each kind */
export const guessing =
  (guesses: number) =>
  (mutant?: string): Promise<Finding> =>
    onStage(mutant, async (stage) => {
      const words: string[] = [];
      stage.secrets.push(PASSWORD);
      const anna = await member(stage, 'Anna');
      await member(stage, 'Boris');

      const answers = new Map<number, number>();
      const most = 2 * TRIED_OF_A_NAME + guesses / 50;
      let made = 0;
      const guess = async () => {
        while (made < 2 * guesses && (answers.get(401) ?? 0) <= most) {
          const nth = made++;
          const isSpread = nth >= guesses; // then each comes from an address of its own
          const from = isSpread ? `127.${1 + ((nth >> 16) % 200)}.${(nth >> 8) % 256}.${1 + (nth % 250)}` : '127.0.0.1';
          const { status } = await signIn(stage, { name: nth % 2 ? 'Anna' : 'Boris', password: `guess number ${nth}` }, from);
          answers.set(status, (answers.get(status) ?? 0) + 1);
        }
      };
      const guessers = Promise.all(Array.from({ length: AT_ONCE }, guess));
      const served = await stage.handIn(stage.source.api_key, { phone: '+79990001122' });
      if (served?.status !== 201) words.push(`a bot beside the guesses was answered ${served?.status}`);
      const known = await signIn(stage, { name: 'Anna', password: PASSWORD, device: anna.device }, '127.0.0.1');
      if (known.status !== 201) words.push(`the person, in a known browser beside the guesses, was answered ${known.status}`);
      await guessers;

      const tried = answers.get(401) ?? 0;
      if (tried > most) words.push(`${tried} of ${made} guesses were tried; no more than ${most} should have been`);
      for (const [status, count] of answers) if (![401, 429, 503].includes(status)) words.push(`${count} guesses were answered ${status}`);
      const unknown = [
        await signIn(stage, { name: 'Nobody', password: 'x' }, '127.99.0.1'),
        await signIn(stage, { name: 'Vera', password: 'x' }, '127.99.0.2'),
      ];
      if (unknown[0]?.body !== unknown[1]?.body || unknown[0]?.status !== 401) words.push('names that exist can be told from others');

      words.push(...(await stolen(stage, anna)));
      return {
        isSound: words.length === 0,
        figures: `${made} guesses of two names, from one address and from many: ${tried} were tried`,
        words,
      };
    });

async function member(stage: Stage, name: string): Promise<SignedIn> {
  const headers = { authorization: `Bearer ${stage.host.adminToken}`, 'content-type': 'application/json' };
  const made = await fetch(`${stage.apiUrl}/people`, { method: 'POST', headers, body: JSON.stringify({ name, role: 'supervisor' }) });
  const { invite_url } = (await made.json()) as InvitedPerson;
  const invitation = new URL(invite_url).searchParams.get('invite') ?? '';
  const { body } = await signIn(stage, { invitation, password: PASSWORD }, '127.0.0.1');
  const opened = JSON.parse(body) as SignedIn;
  stage.secrets.push(invitation, opened.secret);
  return opened;
}

const signIn = (stage: Stage, input: object, localAddress: string): Promise<Answer> =>
  new Promise((resolve, reject) => {
    const sent = request(
      `${stage.apiUrl}/sessions`,
      { method: 'POST', localAddress, agent: false, headers: { 'content-type': 'application/json' } },
      (answer) => {
        let body = '';
        answer.setEncoding('utf8').on('data', (part: string) => (body += part));
        answer.on('end', () => resolve({ status: answer.statusCode ?? 0, body }));
      },
    );
    sent.on('error', reject).end(JSON.stringify(input));
  });

/** Whoever may open a console could name the session of somebody else as the one that theirs replaces. */
async function stolen(stage: Stage, theirs: { readonly id: number; readonly secret: string }): Promise<string[]> {
  const own = await openSession(await newConsoleLink(stage.host));
  stage.secrets.push(own.secret);
  await hello(stage, own, { session: theirs.id, proof: '0'.repeat(64) });
  return (await hello(stage, theirs)) ? [] : ['a session was ended by somebody who only knew its number'];
}

function hello(stage: Stage, { id, secret }: { readonly id: number; readonly secret: string }, replaces?: Hello['replaces']): Promise<boolean> {
  const { host, origin } = new URL(stage.apiUrl);
  const socket = new WebSocket(`ws://${host}/console/ws`, { headers: { origin } });
  return new Promise<boolean>((resolve) => {
    socket.once('close', () => resolve(false));
    socket.once('message', (data: Buffer) => {
      const { challenge } = JSON.parse(data.toString('utf8')) as { challenge: string };
      socket.send(JSON.stringify({ session: id, proof: proofOf(secret, challenge, host), ...(replaces && { replaces }) } satisfies Hello));
      socket.once('message', () => resolve(true));
    });
  }).finally(() => socket.terminate());
}
