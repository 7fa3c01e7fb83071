import type { Logger } from 'pino';
import type { Engine } from '#engine/engine.ts';
import { sources } from '#engine/queries.ts';
import { fail, ok, type Result } from '#shared/contract/problems.ts';
import type { Language } from '#shells/language.ts';
import { runBot } from './bot.ts';
import { DEMO_SETTING, fillWorkspace } from './fill.ts';
import { demoWorkspaces } from './workspace.ts';

export interface Demo {
  /** Fills an empty workspace and starts the bot; also goes on with a workspace that was filled so before. */
  start(): Promise<Result<null>>;
  stop(): void;
  isRunning(): boolean;
}

export interface DemoParts {
  readonly engine: Engine;
  readonly adminToken: string;
  readonly language: Language;
  readonly api_url: () => string;
  readonly log: Logger;
}

export function createDemo({ engine, adminToken, language, api_url, log }: DemoParts): Demo {
  const workspace = demoWorkspaces[language];
  let stopBot: (() => void) | undefined;

  const demoSources = () => sources(engine.read).filter((source) => source.settings[DEMO_SETTING] === true && !source.is_archived);
  const isEmpty = () => Object.keys(engine.board().operators).length === 0 && Object.keys(engine.board().sources).length === 0;

  return {
    isRunning: () => stopBot !== undefined,
    async start() {
      if (stopBot) return ok(null);
      if (isEmpty()) await engine.write('demo', (write) => fillWorkspace(write, workspace));
      const source_ids = demoSources().map((source) => source.id);
      if (source_ids.length === 0) return fail('not_allowed', 'The workspace is not empty: the demo would mix with real work.');
      stopBot ??= runBot({ api_url: api_url(), token: adminToken, source_ids, workspace, log });
      return ok(null);
    },
    stop() {
      stopBot?.();
      stopBot = undefined;
    },
  };
}
