/** Console calls for sources and their keys. */
import { z } from 'zod';
import { byId, command, query } from './call.ts';
import { type CreatedKey, type CreatedSource, externalIds, id, type Source, sourceInput, sourcePatch } from './entities.ts';
import type { Result } from './problems.ts';

/** What a separate space of external ids would mean for a source. `kept`: leads whose external ids would move into it; `separated`: leads that it shares with other sources through an external id. */
export interface ExternalIdCounts {
  readonly source_id: number;
  readonly kept: number;
  readonly separated: number;
}

export const sourceCalls = {
  sources: query('viewer').answers<Source[]>(),
  createSource: command('supervisor', sourceInput).answers<Result<CreatedSource>>(),
  updateSource: command('supervisor', byId.extend({ patch: sourcePatch })).answers<Result<Source>>(),
  externalIdCounts: query('viewer').answers<ExternalIdCounts[]>(),
  /** Sets `external_ids` of all sources. The question is not asked again. */
  chooseExternalIds: command('supervisor', z.object({ external_ids: externalIds })).answers<Result<null>>(),
  archiveSource: command('supervisor', byId).answers<Result<Source>>(),
  /** The source has no key then: its keys were revoked when it was archived. */
  restoreSource: command('supervisor', byId).answers<Result<Source>>(),
  addSourceKey: command('supervisor', byId).answers<Result<CreatedKey>>(),
  revokeSourceKey: command('supervisor', z.object({ source_id: id, key_id: id })).answers<Result<null>>(),
};
