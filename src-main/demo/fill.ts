/** Creates the demo workspace: operators, sources and weights from data files, through the ordinary use cases. */

import { replaceCompetences } from '#engine/configuration/competences.ts';
import { createOperator } from '#engine/configuration/operators.ts';
import { addSourceKey, createSource, revokeSourceKey, updateSource } from '#engine/configuration/sources.ts';
import type { Engine, Write } from '#engine/core/engine.ts';
import { contactsFrom, operators, type Read, sources } from '#engine/views/queries.ts';
import type { Board } from '#shared/board.ts';
import type { BesidesDemo } from '#shared/contract/desk.ts';
import type { Source } from '#shared/contract/entities.ts';
import { fail, ok, type Result } from '#shared/contract/problems.ts';
import desk from '../../resources/demo/desk.json' with { type: 'json' };
import type { Channel, Language, Way } from './crowd.ts';

/** A demo source with its channel and key. */
export interface DemoKey extends Way {
  readonly source_id: number;
  readonly api_key: string;
}

/** Setting that marks a source as the demo's and names its channel. The id of the demo's latest key is stored beside it. */
const CHANNEL = 'demo_channel';
const KEY_ID = 'demo_key_id';

const ways = desk.sources as readonly (Way & { readonly name: Record<Language, string> })[]; // JSON imports lose the union type of channels

/**
 * Creates the demo's operators, sources and weights, all or nothing. Returns the keys of the sources.
 * Only in an empty workspace: `workspace_in_use` if there is, or ever was, an operator or source.
 */
export function fillDemo(engine: Engine, language: Language = 'ru'): Promise<Result<DemoKey[]>> {
  return engine.write('demo', (write) => makeDesk(write, language));
}

/** Like `fillDemo`, within a larger command. */
export function makeDesk(write: Write, language: Language): Result<DemoKey[]> {
  if (!isEmpty(write.board)) return fail('workspace_in_use', 'The workspace is in use: the demo can only fill an empty one.');
  const operator_ids = desk.operators.map(({ name, max_load, is_active }) => made(createOperator(write, { name: name[language], max_load, is_active })).id);
  return ok(
    ways.map(({ channel, name, share }, nth) => {
      const { id, api_key, keys } = made(createSource(write, { name: name[language], settings: { [CHANNEL]: channel } }));
      made(updateSource(write, id, { settings: settingsWith({}, channel, keys[0]?.id ?? 0) }));
      const competences = desk.operators.flatMap(({ weights }, i) => {
        const [operator_id, weight] = [operator_ids[i], weights[nth]];
        return operator_id === undefined || weight == null ? [] : [{ operator_id, weight }];
      });
      made(replaceCompetences(write, id, competences));
      return { source_id: id, api_key, channel, share };
    }),
  );
}

/**
 * Creates a new key for each demo source that is not archived, since only hashes of earlier keys are stored. The demo's own
 * previous key is revoked; keys created by people stay, and a source with two of those is skipped. Empty for a workspace without demo sources.
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

const isOfDemo = ({ settings }: Source): boolean => settings[CHANNEL] !== undefined;

/** Whether any source was created by the demo. */
export const hasDemo = (read: Read): boolean => sources(read).some(isOfDemo);

/** What people added to a desk that the demo filled. The demo's operators were created together with its sources. */
export function besidesDemo(read: Read): BesidesDemo {
  const all = sources(read);
  const others = all.filter((source) => !isOfDemo(source));
  const filledAt = new Set(all.filter(isOfDemo).map(({ created_at }) => created_at));
  return {
    operators: operators(read).filter(({ created_at }) => !filledAt.has(created_at)).length,
    sources: others.length,
    contacts: others.reduce((sum, { id }) => sum + contactsFrom(read, id), 0),
  };
}

/** Whether the workspace has neither operators nor sources, archived ones included. */
export function isEmpty({ operators, sources }: Board): boolean {
  return Object.keys(operators).length === 0 && Object.keys(sources).length === 0;
}

/** Total capacity, in contacts, of the operators who serve any of these sources. */
export function capacityFor({ operators, weights }: Board, source_ids: readonly number[]): number {
  let capacity = 0;
  for (const { id, is_active, is_archived, max_load } of Object.values(operators)) {
    const works = is_active && !is_archived && source_ids.some((source_id) => (weights[source_id]?.[id] ?? 0) > 0);
    if (works) capacity += max_load;
  }
  return capacity;
}

/** Unwraps a result that cannot be a refusal here. @throws Error, which rolls back the whole command */
function made<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(`the demo cannot be made: ${result.problem.code}: ${result.problem.detail}`);
  return result.value;
}
