import { create } from 'zustand';
import type { Condition } from '#shared/contract/desk.ts';
import { client } from './client.ts';
import { follow } from './follow.ts';

/** Whether the host can accept contacts, by its latest report. */
export const useCondition = create<{ condition: Condition }>(() => ({ condition: { state: 'serving' } }));

follow((onError) => client.condition.subscribe(undefined, { onData: (condition) => useCondition.setState({ condition }), onError }));
