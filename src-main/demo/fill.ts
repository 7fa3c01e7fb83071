/** The demo's workspace: operators, sources and weights as data, made through the same use cases as anybody's. */

import { replaceCompetences } from '#engine/competences.ts';
import type { Engine, Write } from '#engine/engine.ts';
import { createOperator } from '#engine/operators.ts';
import { sources } from '#engine/queries.ts';
import { addSourceKey, createSource, revokeSourceKey, updateSource } from '#engine/sources.ts';
import type { Board } from '#shared/board.ts';
import type { Source } from '#shared/contract/entities.ts';
import { fail, ok, type Result } from '#shared/contract/problems.ts';
import desk from '../../resources/demo/desk.json' with { type: 'json' };
import type { Channel, Language, Way } from './crowd.ts';

/** The way into a source that the demo has made. */
export interface DemoKey extends Way {
  readonly source_id: number;
  readonly api_key: string;
}

/** A source's setting that says it is the demo's and by which channel people come; beside it the id of the key that the demo made last. */
const CHANNEL = 'demo_channel';
const KEY_ID = 'demo_key_id';

const ways = desk.sources as readonly (Way & { readonly name: Record<Language, string> })[]; // JSON forgets that channels are a closed list

/**
 * Makes the demo's operators, sources and weights, all or nothing, and gives the keys of the sources.
 * Only in an empty workspace: `workspace_in_use` when it has, or ever had, an operator or a source.
 */
export function fillDemo(engine: Engine, language: Language = 'ru'): Promise<Result<DemoKey[]>> {
  return engine.write('demo', (write) => makeDesk(write, language));
}

/** The same as a part of a larger command. */
export function makeDesk(write: Write, language: Language): Result<DemoKey[]> {
  if (!isEmpty(write.board)) return fail('workspace_in_use', 'The workspace is in use: demo operators and sources only go into an empty one.');
  const operator_ids = desk.operators.map(({ name, max_load, is_active }) => made(createOperator(write, { name: name[language], max_load, is_active })).id);
  return ok(
    ways.map(({ channel, name, share }, nth) => {
      const { id, api_key, keys } = made(createSource(write, { name: name[language], settings: { [CHANNEL]: channel } }));
      made(updateSource(write, id, { settings: settingsWith({}, channel, keys[0]?.id ?? 0) }));
      const pairs = desk.operators.flatMap(({ weights }, i) => {
        const [operator_id, weight] = [operator_ids[i], weights[nth]];
        return operator_id === undefined || weight == null ? [] : [{ operator_id, weight }];
      });
      made(replaceCompetences(write, id, pairs));
      return { source_id: id, api_key, channel, share };
    }),
  );
}

/**
 * A new key for each of the demo's sources that is still in use: of those made before only hashes are kept. The demo's own
 * previous key is revoked, keys made by people stay; a source that has two of those is left out. None for a workspace without demo sources.
 */
export async function demoKeys(engine: Engine): Promise<DemoKey[]> {
  const answer = await engine.write('demo', (write) => ok(sources(engine.read).flatMap((source) => renewed(write, source))));
  return made(answer);
}

function renewed(write: Write, { id, settings, keys, is_archived }: Source): DemoKey[] {
  const way = ways.find(({ channel }) => channel === settings[CHANNEL]);
  if (is_archived || !way) return [];
  const own = keys.find((key) => key.id === settings[KEY_ID]);
  if (own) made(revokeSourceKey(write, id, own.id));
  const added = addSourceKey(write, id);
  if (!added.ok) return [];
  made(updateSource(write, id, { settings: settingsWith(settings, way.channel, added.value.id) }));
  return [{ source_id: id, api_key: added.value.api_key, channel: way.channel, share: way.share }];
}

function settingsWith(settings: Source['settings'], channel: Channel, key_id: number): Source['settings'] {
  return { ...settings, [CHANNEL]: channel, [KEY_ID]: key_id };
}

export function isEmpty({ operators, sources }: Board): boolean {
  return Object.keys(operators).length === 0 && Object.keys(sources).length === 0;
}

/** How many contacts those can hold at once who work for any of these sources. */
export function capacityFor({ operators, weights }: Board, source_ids: readonly number[]): number {
  let capacity = 0;
  for (const { id, is_active, is_archived, max_load } of Object.values(operators)) {
    const works = is_active && !is_archived && source_ids.some((source_id) => (weights[source_id]?.[id] ?? 0) > 0);
    if (works) capacity += max_load;
  }
  return capacity;
}

/** @throws Error, which takes the whole command back: nothing the demo does here can be refused */
function made<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(`the demo cannot be made: ${result.problem.code}: ${result.problem.detail}`);
  return result.value;
}
