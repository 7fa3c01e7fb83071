/** The own page of an operator: who I am, the contacts that I hold, my figures of the day, and my pauses. Nothing of others is on it. */
import { z } from 'zod';
import { command, query, subscription } from './call.ts';
import { chosenReasons, contact, id, type Operator, operator } from './entities.ts';
import type { Result } from './problems.ts';

/** How many contacts the page shows; who holds more sees the oldest. */
export const OWN_CONTACTS_MAX = 200;

export const ownContact = contact.extend({ source: z.object({ id, name: z.string() }) });
export type OwnContact = z.infer<typeof ownContact>;

export const ownFigures = z.object({
  day: z.string().meta({ description: 'In the time zone of the workspace', example: '2026-11-22' }),
  assigned: z.int().meta({ description: 'Contacts assigned to me today, in whatever way' }),
  draws: z.int().meta({ description: 'Draws of today that selected somebody' }),
  drawn: z.int().meta({ description: 'Of them: those that selected me' }),
  expected: z.number().meta({ description: 'How many of them were to be expected: the sum of my probabilities over the draws that I was part of' }),
  spread: z.number().meta({ description: 'Twice the standard deviation of `drawn`: in 19 of 20 days chance alone stays within it' }),
});
export type OwnFigures = z.infer<typeof ownFigures>;

/** What the page shows at any moment. */
export const ownDesk = z.object({
  operator,
  contacts: z.array(ownContact).meta({ description: `Those that I hold, oldest first, at most ${OWN_CONTACTS_MAX}` }),
  held: z.int().meta({ description: 'How many I hold' }),
});
export type OwnDesk = z.infer<typeof ownDesk>;

export const ownPage = ownDesk.extend({ id: id.meta({ description: 'Of the person' }), name: z.string(), today: ownFigures });
export type OwnPage = z.infer<typeof ownPage>;

export const pauseInput = z.object({ reason: z.enum(chosenReasons).meta({ description: 'Why; the same as `inactive_reason`' }) });
export type PauseInput = z.infer<typeof pauseInput>;

export const ownPageCalls = {
  /** Yields what I hold, then again after each change of it; null: the operator no longer exists. */
  ownDesk: subscription('operator').answers<OwnDesk | null>(),
  ownFigures: query('operator').answers<OwnFigures>(),
  /** Sets me inactive. I keep what I hold. */
  pause: command('operator', pauseInput).answers<Result<Operator>>(),
  /** Sets me active again. */
  resume: command('operator').answers<Result<Operator>>(),
};
