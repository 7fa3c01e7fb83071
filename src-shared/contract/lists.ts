/** Long lists of contacts and leads with search and filters: queries and results. Times are epoch milliseconds. */
import { z } from 'zod';
import type { LeadBrief } from '../board.ts';
import { command, query } from './call.ts';
import { type ContactStatus, contactStatus, id } from './entities.ts';
import type { Result } from './problems.ts';
import { type ExportJob, fileFormats } from './reports.ts';

/** A day in the workspace's time zone, `2026-11-22`, or a point in time. */
const dayOrMoment = z.union([z.iso.date(), z.iso.datetime({ offset: true })]);

const listQuery = z.object({
  operator_id: id.nullable().default(null),
  /** on or after */
  from: dayOrMoment.nullable().default(null),
  /** up to and including this day, or before this point in time */
  to: dayOrMoment.nullable().default(null),
  /** a phone in any form, or its beginning or end; an e-mail; an external id; a name; words of a message; `#17` for the id. Blank: everything */
  text: z.string().max(200).default(''),
  order: z.enum(['newest', 'oldest']).default('newest'),
  /** the last id of the previous page */
  after: id.nullable().default(null),
  limit: z.int().min(1).max(500).default(100),
});

export const contactListQuery = listQuery.extend({
  /** `open`: waiting or assigned */
  status: z
    .enum([...contactStatus.options, 'open'])
    .nullable()
    .default(null),
  source_id: id.nullable().default(null),
  /** whether the period applies to arrival or to an assignment */
  period_of: z.enum(['created', 'assigned']).default('created'),
});
export type ContactListQuery = z.infer<typeof contactListQuery>;

/** For leads, `operator_id` is the operator of the latest assignment, and the period applies to when the lead was first seen. */
export const leadListQuery = listQuery;
export type LeadListQuery = z.infer<typeof leadListQuery>;

export interface ContactItem {
  readonly id: number;
  readonly source_id: number;
  readonly operator_id: number | null;
  readonly status: ContactStatus;
  readonly created_at: number;
  readonly assigned_at: number | null;
  readonly closed_at: number | null;
  /** its beginning */
  readonly message: string | null;
  readonly lead: LeadBrief;
}

export interface LeadItem {
  readonly id: number;
  readonly name: string | null;
  /** the first of each kind; all null: the lead was erased */
  readonly phone: string | null;
  readonly external_id: string | null;
  readonly email: string | null;
  readonly operator_id: number | null;
  readonly created_at: number;
  readonly contacts: number;
  readonly last_contact_at: number | null;
}

/** Beyond this count a list only says that there are more. */
export const COUNTED_UP_TO = 10_000;

export interface ListPage<T> {
  readonly items: readonly T[];
  readonly has_more: boolean;
  /** on the first page: the number of results, counted up to COUNTED_UP_TO + 1; null on other pages */
  readonly total: number | null;
}

/** The search index is still being built; `progress` is 0 … 1. Ask again later. */
export interface StillIndexing {
  readonly indexing: number;
}

export type Listed<T> = ListPage<T> | StillIndexing;

/** A list of contacts as a file: everything that matches the same filters, in the same order. */
export const contactsFile = z.object({
  list: contactListQuery.omit({ after: true, limit: true }),
  format: z.enum(fileFormats),
  language: z.enum(['ru', 'en']),
});
export type ContactsFile = z.infer<typeof contactsFile>;

const findInput = z.object({ text: z.string().max(200), limit: z.int().min(1).max(50) });

/** A few of each, newest first, for the palette. */
export type Found = { readonly leads: readonly LeadItem[]; readonly contacts: readonly ContactItem[] } | StillIndexing;

export const listCalls = {
  listContacts: query('viewer', contactListQuery).answers<Listed<ContactItem>>(),
  listLeads: query('viewer', leadListQuery).answers<Listed<LeadItem>>(),
  find: query('viewer', findInput).answers<Found>(),
  /** As `exportReport`. */
  exportContacts: command('viewer', contactsFile).answers<Result<ExportJob | null>>(),
};
