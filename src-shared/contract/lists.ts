/** Long lists of contacts and leads, searched and filtered: what a console asks, and what it is answered. Times are epoch milliseconds. */
import { z } from 'zod';
import type { LeadBrief } from '../board.ts';
import { type ContactStatus, contactStatus, id } from './entities.ts';
import type { Result } from './problems.ts';
import { type ExportJob, fileFormats } from './reports.ts';

/** A day of the workspace, `2026-11-22`, or a moment. */
const dayOrMoment = z.union([z.iso.date(), z.iso.datetime({ offset: true })]);

const listQuery = z.object({
  operator_id: id.nullable().default(null),
  /** on or after */
  from: dayOrMoment.nullable().default(null),
  /** a day and all of it, or before a moment */
  to: dayOrMoment.nullable().default(null),
  /** a phone in any form, how it begins or ends; an email; an external id; a name; words of a message; `#17` for the id. Blank: everybody */
  text: z.string().max(200).default(''),
  order: z.enum(['newest', 'oldest']).default('newest'),
  /** the last id of the page before */
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
  /** whether the period is that in which it came, or one in which somebody got it */
  period_of: z.enum(['created', 'assigned']).default('created'),
});
export type ContactListQuery = z.infer<typeof contactListQuery>;

/** Of leads, `operator_id` is who got the latest assignment, and the time is when the lead was first seen. */
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

/** Beyond it a list only says that there are more. */
export const COUNTED_UP_TO = 10_000;

export interface ListPage<T> {
  readonly items: readonly T[];
  readonly has_more: boolean;
  /** with the first page: how many there are, counted up to COUNTED_UP_TO + 1; null with the others */
  readonly total: number | null;
}

/** The index for searching is not there yet; `progress` (0 … 1) says how far it is. It goes on being made: ask again. */
export interface StillIndexing {
  readonly indexing: number;
}

export type Listed<T> = ListPage<T> | StillIndexing;

/** A list of contacts as a file: what the same filters show, all of it, in its order. */
export const contactsFile = z.object({
  list: contactListQuery.omit({ after: true, limit: true }),
  format: z.enum(fileFormats),
  language: z.enum(['ru', 'en']),
});
export type ContactsFile = z.infer<typeof contactsFile>;

export const findInput = z.object({ text: z.string().max(200), limit: z.int().min(1).max(50) });

/** A few of each, newest first: for a palette. */
export type Found = { readonly leads: readonly LeadItem[]; readonly contacts: readonly ContactItem[] } | StillIndexing;

export interface ListsHost {
  listContacts(query: ContactListQuery): Promise<Listed<ContactItem>>;
  listLeads(query: LeadListQuery): Promise<Listed<LeadItem>>;
  find(text: string, limit: number): Promise<Found>;
  /** As `exportReport`. */
  exportContacts(file: ContactsFile): Promise<Result<ExportJob | null>>;
}
