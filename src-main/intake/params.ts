/** Ids in paths. Anything that is not an id gives 404. */
import { z } from 'zod';
import { id } from '#shared/contract/entities.ts';
import { shiftDate } from '#shared/contract/schedules.ts';

const ID = /^[1-9]\d{0,15}$/;
const pathId = z.preprocess((text) => (typeof text === 'string' && ID.test(text) ? Number(text) : Number.NaN), id);

export const byId = z.object({ id: pathId });
export const byKey = z.object({ id: pathId, key_id: pathId });
export const byCase = z.object({ id: pathId, case_id: pathId });
export const byPair = z.object({ operator_id: pathId, source_id: pathId });
export const byDate = z.object({ id: pathId, date: shiftDate });
