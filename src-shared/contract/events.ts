/** The events of `GET /events`: that something changed, and its ids. Readers fetch the details; no event contains personal data. */
import { z } from 'zod';
import { type Effect, effects } from '../effects/effects.ts';
import { eventDetails } from './event-details.ts';

/** Not a change: sent to a reader that resumes from beyond the latest change. Revisions went back, so it must fetch what it needs again. */
export const RESET = 'reset';

/** The kinds that a source key receives, described for its own source. */
export const eventKindsOfSources = ['contact_assigned', 'contact_waiting', 'contact_closed'] as const satisfies Effect['kind'][];

const kinds = Object.keys(effects) as [Effect['kind'], ...Effect['kind'][]]; // Object.keys loses the type of the keys

export const deskEvent = z.object({
  revision: z.int().min(1).meta({ description: 'Number of the change, without gaps; also the id of the event' }),
  at: z.iso.datetime({ precision: 3 }),
  kind: z.enum(kinds).meta({ description: 'Also the name of the event' }),
  ...eventDetails.shape,
});
export type DeskEvent = z.infer<typeof deskEvent>;
