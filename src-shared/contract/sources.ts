/** Console calls for sources and their keys. */
import { z } from 'zod';
import { byId, command, query } from './call.ts';
import { type CreatedKey, type CreatedSource, id, type Source, sourceInput, sourcePatch } from './entities.ts';
import type { Result } from './problems.ts';

export const sourceCalls = {
  sources: query('admin').answers<Source[]>(),
  createSource: command('admin', sourceInput).answers<Result<CreatedSource>>(),
  updateSource: command('admin', byId.extend({ patch: sourcePatch })).answers<Result<Source>>(),
  archiveSource: command('admin', byId).answers<Result<Source>>(),
  /** The source has no key then: its keys were revoked when it was archived. */
  restoreSource: command('admin', byId).answers<Result<Source>>(),
  addSourceKey: command('admin', byId).answers<Result<CreatedKey>>(),
  revokeSourceKey: command('admin', z.object({ source_id: id, key_id: id })).answers<Result<null>>(),
};
