/** Filters of the contact and lead lists, as encoded in the address. Any number on a screen can link to the list behind it. */
import { hashOf, idIn, type Params } from './route.ts';

/** `open`: waiting or assigned */
export const statusFilters = ['waiting', 'assigned', 'open', 'closed'] as const;
type StatusFilter = (typeof statusFilters)[number];

export interface ContactFilters {
  /** null: any */
  readonly status: StatusFilter | null;
  readonly operator_id: number | null;
  readonly source_id: number | null;
  /** whether the period applies to arrival or to assignment */
  readonly period_of: 'created' | 'assigned';
  /** start, inclusive: a day of the workspace (`2026-11-22`) or a moment in ISO 8601; null: unbounded */
  readonly from: string | null;
  /** end: a day, inclusive, or a moment, exclusive; null: until now */
  readonly to: string | null;
  /** search: a phone or its last digits, an email, an id, a name, words of a message */
  readonly text: string;
  readonly order: 'newest' | 'oldest';
}

export const noContactFilters: ContactFilters = {
  status: null,
  operator_id: null,
  source_id: null,
  period_of: 'created',
  from: null,
  to: null,
  text: '',
  order: 'newest',
};

/** Waiting contacts are listed longest wait first, all others latest first. */
const usualOrder = (status: StatusFilter | null): ContactFilters['order'] => (status === 'waiting' ? 'oldest' : 'newest');

const DAY = /^\d{4}-\d\d-\d\d$/;
const timeIn = (text: string | null): string | null => (text !== null && (DAY.test(text) || !Number.isNaN(Date.parse(text))) ? text : null);

/** Filters of an address. Invalid parameters are ignored. */
export function contactFiltersIn(params: URLSearchParams): ContactFilters {
  const status = statusFilters.find((name) => name === params.get('status')) ?? null;
  const order = params.get('order');
  return {
    status,
    operator_id: idIn(params.get('operator')),
    source_id: idIn(params.get('source')),
    period_of: params.get('by') === 'assigned' ? 'assigned' : 'created',
    from: timeIn(params.get('from')),
    to: timeIn(params.get('to')),
    text: params.get('q') ?? '',
    order: order === 'newest' || order === 'oldest' ? order : usualOrder(status),
  };
}

/** The inverse of `contactFiltersIn`. Defaults are left out of the address. */
export function contactParams(filters: Partial<ContactFilters>): Params {
  const { status = null, operator_id, source_id, period_of, from, to, text, order } = filters;
  const said = order === usualOrder(status) ? null : order;
  return { status, operator: operator_id, source: source_id, by: period_of === 'assigned' ? period_of : null, from, to, q: text, order: said };
}

/** The address of the contacts behind a number: `contactsLink({ status: 'waiting', source_id: 3 })`. */
export const contactsLink = (filters: Partial<ContactFilters> = {}): string => hashOf('contacts', contactParams(filters));

export interface LeadFilters {
  /** of the lead's latest assignment */
  readonly operator_id: number | null;
  /** first seen; as in ContactFilters */
  readonly from: string | null;
  readonly to: string | null;
  readonly text: string;
  readonly order: 'newest' | 'oldest';
}

export const noLeadFilters: LeadFilters = { operator_id: null, from: null, to: null, text: '', order: 'newest' };

/** Like `contactFiltersIn`, for leads. */
export function leadFiltersIn(params: URLSearchParams): LeadFilters {
  return {
    operator_id: idIn(params.get('operator')),
    from: timeIn(params.get('from')),
    to: timeIn(params.get('to')),
    text: params.get('q') ?? '',
    order: params.get('order') === 'oldest' ? 'oldest' : 'newest',
  };
}

/** The inverse of `leadFiltersIn`. */
export const leadParams = ({ operator_id, from, to, text, order }: Partial<LeadFilters>): Params => ({
  operator: operator_id,
  from,
  to,
  q: text,
  order: order === 'oldest' ? order : null,
});

/** The address of the leads behind a number. */
export const leadsLink = (filters: Partial<LeadFilters> = {}): string => hashOf('leads', leadParams(filters));
