import { describe, expect, test } from 'vitest';
import { contactFiltersIn, contactParams, contactsLink, leadFiltersIn, leadsLink, noContactFilters, noLeadFilters } from './list-filters.ts';
import { hashOf, parseRoute } from './route.ts';

const filtersOf = (hash: string) => contactFiltersIn(new URLSearchParams(parseRoute(hash).query));

describe('an address', () => {
  test('names a screen, and the contact and the lead whose cards are open', () => {
    expect(parseRoute('#/weights?contact=17')).toEqual({ screen: 'weights', contact_id: 17, lead_id: null, query: '' });
    expect(parseRoute(hashOf('refused'))).toEqual({ screen: 'refused', contact_id: null, lead_id: null, query: '' });
    expect(parseRoute(hashOf('leads', { q: 'Анна & Co', lead: 9, contact: 3 }))).toEqual({
      screen: 'leads',
      contact_id: 3,
      lead_id: 9,
      query: new URLSearchParams({ q: 'Анна & Co' }).toString(),
    });
  });

  test('that is empty or invalid is the live screen', () => {
    for (const hash of ['', '#', '#/', '#/nowhere', '#/live?contact=-1', '#/live?contact=x', '#/live?lead=1.5'])
      expect(parseRoute(hash)).toEqual({ screen: 'live', contact_id: null, lead_id: null, query: '' });
  });
});

describe('the filters of a list', () => {
  test('are read back from the link to it', () => {
    const filters = {
      status: 'open',
      operator_id: 4,
      source_id: 2,
      period_of: 'assigned',
      from: '2026-11-01',
      to: '2026-11-22T10:00:00Z',
      text: '8 (900) + #',
      order: 'oldest',
    } as const;
    expect(filtersOf(contactsLink(filters))).toEqual(filters);
    expect(contactsLink()).toBe('#/contacts');
    expect(filtersOf('#/contacts')).toEqual(noContactFilters);
    const leads = { operator_id: 4, from: null, to: '2026-11-22', text: '=HYPERLINK("x")', order: 'oldest' } as const;
    expect(leadFiltersIn(new URLSearchParams(parseRoute(leadsLink(leads)).query))).toEqual(leads);
    expect(leadsLink(noLeadFilters)).toBe('#/leads');
  });

  test('start with the longest wait among waiting contacts, and with the latest elsewhere, unless the reader chooses otherwise', () => {
    expect(filtersOf('#/contacts?status=waiting').order).toBe('oldest');
    expect(filtersOf('#/contacts?status=closed').order).toBe('newest');
    expect(contactParams({ ...noContactFilters, status: 'waiting', order: 'newest' })).toMatchObject({ order: 'newest' });
    expect(filtersOf(contactsLink({ status: 'waiting', order: 'newest' })).order).toBe('newest');
  });

  test('that are invalid are ignored', () => {
    expect(filtersOf('#/contacts?status=lost&operator=0&source=x&from=yesterday&to=2026-99-99x&order=best')).toEqual(noContactFilters);
  });
});
