/** Leads and contacts that the host finds for the typed text. */
import { useEffect, useState } from 'react';
import { formatHandle } from '#kit/locale/format.ts';
import { openContact, openLead } from '#kit/navigation/route.ts';
import { ask } from '#link/attempt.ts';
import { currentBoard } from '#link/board.ts';
import { client } from '#link/client.ts';
import type { Item } from './useItems.ts';

const TYPED_MS = 120;
/** The search index may still be under construction. */
const AGAIN_MS = 300;
const SHORTEST = 2;
const EACH = 5;

/** Leads and contacts found by the typed text. Items of an earlier text are not shown. */
export function useFound(text: string): { readonly items: readonly Item[]; readonly searching: boolean } {
  const asked = text.trim();
  const [found, setFound] = useState<{ readonly for: string; readonly items: readonly Item[] }>({ for: '', items: [] });
  const wanted = asked.length >= SHORTEST;
  useEffect(() => {
    if (!wanted) return;
    let stale = false;
    const look = async () => {
      const outcome = await ask((signal) => client.find.query({ text: asked, limit: EACH }, { signal }));
      if (stale) return;
      if (outcome.ok && 'indexing' in outcome.value) timer = setTimeout(() => void look(), AGAIN_MS);
      else setFound({ for: asked, items: outcome.ok && 'leads' in outcome.value ? itemsOf(outcome.value) : [] });
    };
    let timer = setTimeout(() => void look(), TYPED_MS);
    return () => {
      stale = true;
      clearTimeout(timer);
    };
  }, [asked, wanted]);
  if (!wanted) return { items: [], searching: false };
  return { items: found.for === asked ? found.items : [], searching: found.for !== asked };
}

type Found = Extract<Awaited<ReturnType<typeof client.find.query>>, { leads: unknown }>;

function itemsOf({ leads, contacts }: Found): Item[] {
  const { sources } = currentBoard();
  return [
    ...leads.map((lead): Item => {
      const handle = formatHandle(lead.phone ?? lead.external_id ?? lead.email ?? '');
      return { id: `lead:${lead.id}`, group: 'leads', names: [lead.name ?? handle], note: lead.name ? handle : '', run: () => openLead(lead.id) };
    }),
    ...contacts.map((contact): Item => {
      const { handle, name } = contact.lead;
      const note = [`#${contact.id}`, sources[contact.source_id]?.name, contact.message].filter(Boolean).join(' · ');
      return { id: `contact:${contact.id}`, group: 'contacts', names: [name ?? formatHandle(handle)], note, run: () => openContact(contact.id) };
    }),
  ];
}
