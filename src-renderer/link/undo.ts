import type { Undone } from '#shared/contract/changes.ts';
import { attempt, type Outcome } from './attempt.ts';
import { client } from './client.ts';

/** Takes back all that one step changed, when it is still so. @param revision of any change of the step */
export const undoChange = (revision: number): Promise<Outcome<Undone>> => attempt((signal) => client.undoChange.mutate({ revision }, { signal }));
