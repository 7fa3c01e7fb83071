/** The short form of `npm run test:security`. */
import { describe, expect, test } from 'vitest';
import { callers } from './callers.ts';
import { commandLines } from './command-lines.ts';
import { costlyQuestions } from './costly-questions.ts';
import { erasure } from './erasure.ts';
import { fishing } from './fishing.ts';
import { foreignFolder, foreignSecondFolder, noOwners } from './foreign-folder.ts';
import { forgedBackups } from './forged-backups.ts';
import { hostileBodies } from './hostile-bodies.ts';
import { listensToOurselves, noRoot, otherNetwork, otherUser, ownersAlone } from './listener.ts';
import { logsKnowNobody } from './logs.ts';
import { meddling } from './meddling.ts';
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
  test('whose bodies mean harm leaves nothing behind', async () => {
    expect(await hostileBodies(5)()).toMatchObject(sound);
  });

  test('whose bytes are no decent HTTP gets one answer, and leaves nothing behind', async () => {
    expect(await rawSockets()).toMatchObject(sound);
  });

  test('who is slow is put out, and keeps nobody else out', async () => {
    expect(await slowClients({ headers: 20, bodies: 20, idle: 500 })()).toMatchObject(sound);
  });

  test('whose upgrades are refused is put out, and keeps nobody else out', async () => {
    expect(await upgrades(600)()).toMatchObject(sound);
  });

  test('without a good token, or under another name, or on another page is not let in', async () => {
    expect(await callers()).toMatchObject(sound);
  });

  test('on the network does not reach the desk', async () => {
    expect(await listensToOurselves()).toMatchObject(sound);
  });

  test('who has what is left of a link, a session or a proof gets no console', async () => {
    expect(await consoleSessions()).toMatchObject(sound);
  });

  test('on another port shuts nobody out with cookies', async () => {
    expect(await cookies()).toMatchObject(sound);
  });

  const root = noRoot();
  test.skipIf(root !== null)(`who is another user of the machine, or in another network of it, finds nothing${unless(root)}`, async () => {
    expect(await otherUser()).toMatchObject(sound);
    expect(await otherNetwork()).toMatchObject(sound);
  });

  test.skipIf(root !== null)(`who is another user of the machine reads no link in any command line${unless(root)}`, async () => {
    expect(await commandLines()).toMatchObject(sound);
  });

  const browser = noBrowser();
  test.skipIf(browser !== null)(`whose web page is open on the machine sends nothing that counts, and reads nothing${unless(browser)}`, async () => {
    expect(await webPages()).toMatchObject(sound);
  });
});

describe('a source', () => {
  test('with a lead that has very many contacts is answered within bounds, and nobody waits for it', async () => {
    expect(await costlyQuestions()).toMatchObject(sound);
  });

  test('whose large bodies are refused again and again fills neither the disk nor the Refused screen', async () => {
    expect(await refusedBodies()).toMatchObject(sound);
  });

  test("with nothing but an identifier of another source's lead learns nothing else about it", async () => {
    expect(await fishing()).toMatchObject(sound);
  });
});

describe('a source at a desk that asks first', () => {
  test('does not make two leads of another source one', async () => {
    expect(await meddling()).toMatchObject(sound);
  });
});

describe('the host', () => {
  test('that is asked for more than it can do says so, loses nothing, and serves whoever asks for little', async () => {
    expect(await overload({ seconds: 3, connections: 256, depth: 12 })()).toMatchObject(sound);
  });

  test('gives no key all streams of events', async () => {
    expect(await streams(70)()).toMatchObject(sound);
  });

  test('leaves files that only their owner can read', async () => {
    expect(await ownersAlone()).toMatchObject(sound);
  });

  const owners = noOwners();
  test.skipIf(owners !== null)(`opens nothing in a data folder that somebody else made or planted something in${unless(owners)}`, async () => {
    expect(await foreignFolder(3)()).toMatchObject(sound);
  });

  test.skipIf(owners !== null)(`gives no backup to a second folder in which somebody planted something${unless(owners)}`, async () => {
    expect(await foreignSecondFolder()).toMatchObject(sound);
  });

  test('forgets a person in every file but the backups made before', async () => {
    expect(await erasure()).toMatchObject(sound);
  });

  test('lets no key in that was revoked, or whose source was archived, whatever is restored or taken back', async () => {
    expect(await withdrawals()).toMatchObject(sound);
  });

  test('takes no forged backup for its own', async () => {
    expect(await forgedBackups()).toMatchObject(sound);
  });

  test('logs nobody, whatever goes wrong', async () => {
    expect(await logsKnowNobody()).toMatchObject(sound);
  });
});
