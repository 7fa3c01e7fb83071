import type { Undone } from '#shared/contract/audit.ts';
import { attempt, type Outcome } from './attempt.ts';
import { client } from './client.ts';

/** Undoes everything that one step changed, if unchanged since. @param revision of any change of the step */
export const undoChange = (revision: number): Promise<Outcome<Undone>> => attempt((signal) => client.undoChange.mutate({ revision }, { signal }));
