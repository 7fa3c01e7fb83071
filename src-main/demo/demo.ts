/** Starts and stops the demo, for `--demo` and the console's button. */
import type { Engine } from '#engine/core/engine.ts';
import type { Replaced } from '#shared/contract/backups.ts';
import type { BesidesDemo } from '#shared/contract/desk.ts';
import type { Actor } from '#shared/contract/principal.ts';
import { fail, ok, type Result } from '#shared/contract/problems.ts';
import { type DemoBotOptions, type DemoLog, startDemoBot } from './bot.ts';
import type { Language } from './crowd.ts';
import { besidesDemo, capacityFor, type DemoKey, demoKeys, fillDemo, hasDemo, isEmpty } from './fill.ts';

export interface Demo {
  /** Fills an empty workspace and starts the bot, or continues in a workspace that the demo filled. `workspace_in_use` in any other. */
  start(): Promise<Result<null>>;
  stop(): void;
  isRunning(): boolean;
  /** whether the sources of the demo exist */
  isThere(): boolean;
  besides(): BesidesDemo;
  /** Stops the bot and replaces the desk by an empty one. `not_allowed` without a demo. */
  remove(actor: Actor): Promise<Result<Replaced>>;
}

export interface DemoParts {
  readonly engine: Engine;
  readonly language: Language;
  /** base URL of this host's own API */
  readonly api_url: () => string;
  readonly fetch: NonNullable<DemoBotOptions['fetch']>;
  readonly startOver: (actor: Actor) => Promise<Result<Replaced>>;
  readonly log: DemoLog;
}

/** The demo of a running host. It fills an empty workspace and posts contacts through the HTTP port until stopped. */
export function createDemo({ engine, language, api_url, fetch, startOver, log }: DemoParts): Demo {
  let stopBot: (() => void) | undefined;
  let isWanted = false;
  let starting: Promise<Result<null>> | undefined;

  async function waysIn(): Promise<Result<DemoKey[]>> {
    if (isEmpty(engine.board())) return fillDemo(engine, language);
    const keys = await demoKeys(engine);
    if (keys.length > 0) return ok(keys);
    return fail('workspace_in_use', 'The workspace is in use and has no demo sources: the demo would mix with real work.');
  }

  async function start(): Promise<Result<null>> {
    const keys = await waysIn();
    if (!keys.ok) return keys;
    if (!isWanted) return ok(null); // stopped meanwhile
    const source_ids = keys.value.map(({ source_id }) => source_id);
    stopBot = startDemoBot({ apiUrl: api_url(), fetch, keys: keys.value, language, log, capacity: () => capacityFor(engine.board(), source_ids) });
    return ok(null);
  }

  function stop(): void {
    isWanted = false;
    stopBot?.();
    stopBot = undefined;
  }

  return {
    isRunning: () => stopBot !== undefined,
    isThere: () => hasDemo(engine.read),
    besides: () => besidesDemo(engine.read),
    start() {
      isWanted = true;
      if (stopBot) return Promise.resolve(ok(null));
      starting ??= start().finally(() => {
        starting = undefined;
      });
      return starting;
    },
    stop,
    async remove(actor) {
      if (!hasDemo(engine.read)) return fail('not_allowed', 'There is no demo to remove.');
      stop();
      await starting;
      return startOver(actor);
    },
  };
}
