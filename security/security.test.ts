/** The short form of `npm run test:security`. */
import { describe, expect, test } from 'vitest';
import { callers } from './callers.ts';
import { commandLines } from './command-lines.ts';
import { costlyQuestions } from './costly-questions.ts';
import { erasure } from './erasure.ts';
import { fishing } from './fishing.ts';
import { foreignFolder, foreignSecondFolder, noOwners } from './foreign-folder.ts';
import { forgedBackups } from './forged-backups.ts';
import { guessing } from './guessing.ts';
import { hostileBodies } from './hostile-bodies.ts';
import { listensToOurselves, noRoot, otherNetwork, otherUser, ownersAlone } from './listener.ts';
import { logsKnowNobody } from './logs.ts';
import { meddling } from './meddling.ts';
import { noOtherMachine, otherMachine } from './other-machine.ts';
import { overload } from './overload.ts';
import { rawSockets } from './raw-sockets.ts';
import { refusedBodies } from './refused-bodies.ts';
import { consoleSessions, cookies } from './sessions.ts';
import { slowClients } from './slow-clients.ts';
import { streams } from './streams.ts';
import { upgrades } from './upgrades.ts';
import { noBrowser, webPages } from './web-pages.ts';
import { withdrawals } from './withdrawals.ts';

const sound = { isSound: true, words: [] };
const unless = (reason: string | null): string => (reason === null ? '' : ` (skipped: ${reason})`);

describe('a stranger', () => {
  test('with hostile bodies leaves nothing behind', async () => {
    expect(await hostileBodies(5)()).toMatchObject(sound);
  });

  test('whose bytes are not proper HTTP gets one answer and leaves nothing behind', async () => {
    expect(await rawSockets()).toMatchObject(sound);
  });

  test('who is slow is disconnected and keeps nobody else out', async () => {
    expect(await slowClients({ headers: 20, bodies: 20, idle: 500 })()).toMatchObject(sound);
  });

  test('whose upgrades are refused is disconnected and keeps nobody else out', async () => {
    expect(await upgrades(600)()).toMatchObject(sound);
  });

  test('without a valid token, host name and origin is not let in', async () => {
    expect(await callers()).toMatchObject(sound);
  });

  test('who guesses passwords is slowed, and keeps nobody out', async () => {
    expect(await guessing(100)()).toMatchObject(sound);
  });

  test('on the network does not reach the desk', async () => {
    expect(await listensToOurselves()).toMatchObject(sound);
  });

  test('with a used link, an ended session or an old proof gets no console', async () => {
    expect(await consoleSessions()).toMatchObject(sound);
  });

  test('on another port locks nobody out with cookies', async () => {
    expect(await cookies()).toMatchObject(sound);
  });

  const root = noRoot();
  test.skipIf(root !== null)(`who is another user of the machine, or in another network namespace, reaches nothing${unless(root)}`, async () => {
    expect(await otherUser()).toMatchObject(sound);
    expect(await otherNetwork()).toMatchObject(sound);
  });

  const noMachine = noOtherMachine();
  test.skipIf(noMachine !== null)(`on another machine gets no further than its certificate, a token and a name allow${unless(noMachine)}`, async () => {
    expect(await otherMachine()).toMatchObject(sound);
  });

  test.skipIf(root !== null)(`who is another user of the machine finds no link in any command line${unless(root)}`, async () => {
    expect(await commandLines()).toMatchObject(sound);
  });

  const browser = noBrowser();
  test.skipIf(browser !== null)(`whose web page is open on the machine changes nothing and reads nothing${unless(browser)}`, async () => {
    expect(await webPages()).toMatchObject(sound);
  });
});

describe('a source', () => {
  test('with a lead that has very many contacts is answered at a bounded cost, and nobody waits for it', async () => {
    expect(await costlyQuestions()).toMatchObject(sound);
  });

  test('whose large bodies are refused repeatedly fills neither the disk nor the Refused screen', async () => {
    expect(await refusedBodies()).toMatchObject(sound);
  });

  test("with nothing but an identifier of another source's lead learns nothing else about it", async () => {
    expect(await fishing()).toMatchObject(sound);
  });
});

describe('a source at a desk that asks first', () => {
  test('does not merge two leads of another source', async () => {
    expect(await meddling()).toMatchObject(sound);
  });
});

describe('the host', () => {
  test('under overload says so, loses nothing, and still serves clients with few requests', async () => {
    expect(await overload({ seconds: 3, connections: 256, depth: 12 })()).toMatchObject(sound);
  });

  test('does not give one key all event streams', async () => {
    expect(await streams(70)()).toMatchObject(sound);
  });

  test('creates files that only their owner can read', async () => {
    expect(await ownersAlone()).toMatchObject(sound);
  });

  const owners = noOwners();
  test.skipIf(owners !== null)(`opens nothing in a data folder that another user created or planted files in${unless(owners)}`, async () => {
    expect(await foreignFolder(3)()).toMatchObject(sound);
  });

  test.skipIf(owners !== null)(`writes no backup to a second folder with planted files${unless(owners)}`, async () => {
    expect(await foreignSecondFolder()).toMatchObject(sound);
  });

  test('erases a person from every file except earlier backups', async () => {
    expect(await erasure()).toMatchObject(sound);
  });

  test('never accepts a revoked key or the key of an archived source again, whatever is restored or undone', async () => {
    expect(await withdrawals()).toMatchObject(sound);
  });

  test('does not treat a forged backup as its own', async () => {
    expect(await forgedBackups()).toMatchObject(sound);
  });

  test('logs no personal data, whatever goes wrong', async () => {
    expect(await logsKnowNobody()).toMatchObject(sound);
  });
});
