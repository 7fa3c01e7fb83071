/**
 * The questions that the reading thread answers, one function each: `(from, input) => answer`. A question that takes longer than some milliseconds is a
 * generator that yields periodically, so that others are answered in between and it can be cancelled.
 */

import type { ExternalIdCounts } from '#shared/contract/sources.ts';
import { latestRevision } from '#store/journal/journal.ts';
import { type ContactFilter, type ContactPage, contactPage as findPage } from '#store/tables/contact-pages.ts';
import { countExternalIds } from '#store/tables/external-ids.ts';
import { arrivals } from './arrivals.ts';
import { contactsFile, reportFile } from './files/file.ts';
import { find, forget, listContacts, listLeads } from './lists.ts';
import type { Steps } from './protocol.ts';
import { report } from './report.ts';
import { tryRule } from './rule-trial.ts';
import type { Sources } from './sources.ts';

/** The latest revision that the thread can see. */
function revision({ database }: Sources, _input: null): number {
  return latestRevision(database.reading);
}

/** A page of contacts for the API. */
function contactPage({ database }: Sources, filter: ContactFilter): Steps<ContactPage> {
  return findPage(database.reading, filter);
}

/** What a separate space of external ids would mean for each source. */
function externalIdCounts({ database }: Sources, _input: null): ExternalIdCounts[] {
  return countExternalIds(database.reading);
}

export const questions = {
  revision,
  externalIdCounts,
  report,
  reportFile,
  contactsFile,
  contactPage,
  listContacts,
  listLeads,
  find,
  forget,
  tryRule,
  arrivals,
} satisfies Record<string, (from: Sources, input: never) => unknown>;
type Questions = typeof questions;
export type Question = keyof Questions;
export type Input<Q extends Question> = Parameters<Questions[Q]>[1];
type Answered<T> = T extends Steps<infer A> ? A : T;
export type Answer<Q extends Question> = Answered<ReturnType<Questions[Q]>>;
