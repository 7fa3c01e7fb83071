import type { Invited } from '#engine/configuration/people.ts';
import { iso } from '#engine/views/present.ts';
import type { Invitation } from '#shared/contract/people.ts';

/** An invitation as its link. @param origin of the desk, such as `https://desk.example:8000` */
export const invitationAt = (origin: string, { token, until }: Pick<Invited, 'token' | 'until'>): Invitation => ({
  invite_url: `${origin}/console/?invite=${token}`,
  expires_at: iso(until),
});
