/** `npm run test:security [-- WORD…]`: every experiment in its full form, or those whose names contain one of the words given. */

import type { Finding } from '../faults/harness/verdict.ts';
import { callers } from './callers.ts';
import { commandLines } from './command-lines.ts';
import { costlyQuestions } from './costly-questions.ts';
import { deafClients } from './deaf-clients.ts';
import { erasure } from './erasure.ts';
import { fishing } from './fishing.ts';
import { foreignFolder, foreignSecondFolder, noOwners } from './foreign-folder.ts';
import { forgedBackups } from './forged-backups.ts';
import { guessing } from './guessing.ts';
import { type Experiment, runExperiments } from './harness/experiments.ts';
import { mustFail } from './harness/stage.ts';
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

interface Proof {
  readonly run: (mutant?: string) => Promise<Finding>;
  readonly unless?: () => string | null;
  /** broken hosts on which it must fail */
  readonly mutants: readonly string[];
}

const PROOFS: Readonly<Record<string, Proof>> = {
  'hostile bodies': { run: hostileBodies(1), mutants: ['parses-generously', 'unpacks-bombs'] },
  'large refused bodies': { run: refusedBodies, mutants: ['hoards-refusals', 'tells-every-error', 'lists-whole-bodies'] },
  'costly requests about a large lead': {
    run: costlyQuestions,
    mutants: ['looks-through-everything', 'reads-without-limit', 'reads-where-all-are-served', 'moves-large-leads'],
  },
  'raw sockets': { run: rawSockets, mutants: ['takes-any-host'] },
  'slow clients': { run: slowClients({ headers: 300, bodies: 300, idle: 600 }), mutants: ['waits-for-ever'] },
  'refused upgrades': { run: upgrades(600), mutants: ['holds-upgrades'] },
  'event streams': { run: streams(70), mutants: ['gives-all-streams-away'] },
  overload: {
    run: overload({ seconds: 120, connections: 256, depth: 12, isLong: true }),
    mutants: ['queues-without-end', 'serves-first-come', 'lets-in-one-by-one'],
  },
  'deaf clients': { run: deafClients, mutants: ['begins-everything'] },
  'guessing passwords': { run: guessing(5_000), mutants: ['guesses-freely', 'ends-any-session'] },
  'tokens, hosts and origins': { run: callers, mutants: ['takes-any-host', 'takes-any-token'] },
  'web pages in Chromium': { run: webPages, unless: noBrowser, mutants: ['takes-any-host'] },
  'listens on loopback only': { run: listensToOurselves, mutants: ['listens-to-everybody'] },
  'another user': { run: otherUser, unless: noRoot, mutants: ['shares-its-folder'] },
  'another network': { run: otherNetwork, unless: noRoot, mutants: [] },
  'another machine, over TLS': { run: otherMachine, unless: noOtherMachine, mutants: ['takes-any-host', 'speaks-plainly'] },
  'files are private to their owner': { run: ownersAlone, mutants: ['shares-its-folder'] },
  "probing for other sources' leads": { run: fishing, mutants: ['tells-sources-everything', 'confirms-guesses', 'names-owners'] },
  'a data folder created by another user': { run: foreignFolder(), unless: noOwners, mutants: ['trusts-any-folder'] },
  'planted files in a second folder': { run: foreignSecondFolder, unless: noOwners, mutants: ['trusts-any-folder'] },
  'forged backups': { run: forgedBackups, mutants: ['trusts-any-backup', 'restores-any-code'] },
  "merging other sources' leads": { run: meddling, mutants: ['merges-on-any-word'] },
  'erasure leaves no trace': { run: erasure, mutants: ['erases-half'] },
  'links and sessions': { run: consoleSessions, mutants: ['keeps-links', 'revives-sessions', 'takes-any-proof'] },
  'cookies of other ports': { run: cookies, mutants: ['drowns-in-cookies'] },
  'command lines as another user sees them': { run: commandLines, unless: noRoot, mutants: ['tells-its-link'] },
  'withdrawn keys stay withdrawn': { run: withdrawals, mutants: ['revives-keys'] },
  'logs contain no personal data': { run: logsKnowNobody, mutants: ['logs-people'] },
};

const EXPERIMENTS: readonly Experiment[] = Object.entries(PROOFS).flatMap(([name, { run, mutants, unless }]) => {
  const when = unless && { unless };
  return [
    { name, run: () => run(), ...when },
    ...mutants.map((mutant) => ({ name: `${name}; a host that ${mutant.replaceAll('-', ' ')}`, run: () => mustFail(`${mutant}.ts`, run), ...when })),
  ];
});

await runExperiments(EXPERIMENTS, process.argv.slice(2));
