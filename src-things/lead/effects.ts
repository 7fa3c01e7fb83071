import { effect } from '#shared/effects/effect.ts';

export const pinEffects = {
  lead_pinned: effect<{
    readonly lead_id: number;
    /** null: nobody */
    readonly operator_id: number | null;
    /** its open contacts that have another owner now; null: none */
    readonly reowned?: readonly { readonly contact_id: number; readonly owner_id: number | null }[];
  }>()({
    event: 'A lead was pinned to `operator_id`, or is pinned to nobody any more.',
    topic: 'leads',
    apply(draft, { reowned = [] }) {
      const owners = new Map(reowned.map(({ contact_id, owner_id }) => [contact_id, owner_id]));
      draft.reask(({ contact_id, asks = {} }) => {
        const { owner_id: _, ...others } = asks;
        const owner_id = owners.get(contact_id);
        return owner_id === undefined ? undefined : { ...others, ...(owner_id !== null && { owner_id }) };
      });
    },
    thing: 'lead',
    subject: ({ operator_id }) => ({ operator_id }),
    details: ({ lead_id }) => ({ lead_id }),
  }),
};
