/** The short form of what `npm run test:security` does with hosts that are broken on purpose: an experiment that passes on its broken host proves nothing. */
import { describe, expect, test } from 'vitest';
import { callers } from './callers.ts';
import { costlyQuestions } from './costly-questions.ts';
import { erasure } from './erasure.ts';
import { fishing } from './fishing.ts';
import { foreignFolder, foreignSecondFolder } from './foreign-folder.ts';
import { forgedBackups } from './forged-backups.ts';
import { guessing } from './guessing.ts';
import { mustFail } from './harness/stage.ts';
import { hostileBodies } from './hostile-bodies.ts';
import { listensToOurselves, ownersAlone } from './listener.ts';
import { logsKnowNobody } from './logs.ts';
import { meddling } from './meddling.ts';
import { rawSockets } from './raw-sockets.ts';
import { refusedBodies } from './refused-bodies.ts';
import { consoleSessions, cookies } from './sessions.ts';
import { streams } from './streams.ts';
import { withdrawals } from './withdrawals.ts';

describe.concurrent('detects a host that is broken on purpose:', () => {
  test.each([
    ['erases-half.ts', erasure],
    ['tells-sources-everything.ts', fishing],
    ['confirms-guesses.ts', fishing],
    ['names-owners.ts', fishing],
    ['answers-about-anybody.ts', fishing],
    ['merges-on-any-word.ts', meddling],
    ['takes-any-host.ts', callers],
    ['takes-any-token.ts', callers],
    ['takes-any-host.ts', rawSockets],
    ['parses-generously.ts', hostileBodies(5)],
    ['listens-to-everybody.ts', listensToOurselves],
    ['shares-its-folder.ts', ownersAlone],
    ['logs-people.ts', logsKnowNobody],
    ['gives-all-streams-away.ts', streams(70)],
    ['looks-through-everything.ts', costlyQuestions],
    ['reads-without-limit.ts', costlyQuestions],
    ['reads-where-all-are-served.ts', costlyQuestions],
    ['moves-large-leads.ts', costlyQuestions],
    ['hoards-refusals.ts', refusedBodies],
    ['tells-every-error.ts', refusedBodies],
    ['lists-whole-bodies.ts', refusedBodies],
    ['revives-keys.ts', withdrawals],
    ['trusts-any-backup.ts', forgedBackups],
    ['restores-any-code.ts', forgedBackups],
    ['trusts-any-folder.ts', foreignFolder(1)],
    ['trusts-any-folder.ts', foreignSecondFolder],
    ['keeps-links.ts', consoleSessions],
    ['revives-sessions.ts', consoleSessions],
    ['takes-any-proof.ts', consoleSessions],
    ['drowns-in-cookies.ts', cookies],
    ['guesses-freely.ts', guessing(25)],
    ['ends-any-session.ts', guessing(1)],
  ] as const)('%s', async (mutant, experiment) => {
    expect(await mustFail(mutant, experiment)).toMatchObject({ isSound: true });
  });
});
