import type { Invited } from '#engine/configuration/people.ts';
import { iso } from '#engine/views/present.ts';
import type { Invitation } from '#shared/contract/people.ts';
import { CONSOLE_PATH, OWN_PAGE_PATH } from '#shared/contract/sessions.ts';

/** An invitation as its link, which opens the page that the person will use. @param origin of the desk, such as `https://desk.example:8000` */
export const invitationAt = (origin: string, { person: { role }, token, until }: Invited): Invitation => ({
  invite_url: `${origin}${role === 'operator' ? OWN_PAGE_PATH : CONSOLE_PATH}?invite=${token}`,
  expires_at: iso(until),
});
