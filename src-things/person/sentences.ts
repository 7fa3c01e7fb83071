import type { TFunction } from 'i18next';
import { type Fields, type Sentences, text } from '#kit/locale/told.ts';
import type { PersonRole } from '#shared/contract/principal.ts';

export const personSentences = {
  person_saved({ before, after, t }) {
    if (!after) return t('audit.person_removed', { name: text(before?.name) });
    const name = text(after.name);
    if (!before) return t('audit.person_added', { name, role: roleText(after, t) });
    if (before.name !== after.name) return t('audit.person_renamed', { before: text(before.name), name });
    return t('audit.person_role', { name, role: roleText(after, t) });
  },
  person_access_changed({ change: { data }, t }) {
    const { name, what, hint } = data;
    if (what === 'key_made' || what === 'key_revoked') return t(`audit.person_${what}`, { name: text(name), hint: text(hint) });
    return t(what === 'password' ? 'audit.person_password' : 'audit.person_invited', { name: text(name) });
  },
} satisfies Sentences;

const roleText = ({ role }: Fields, t: TFunction): string => t(`people.roles.${role as PersonRole}`); // as the thing writes it
