import { byKey } from '../by-key.ts';

/** Everybody who can take a contact is drawn from, each as likely as its weight says. */
export const weighted = byKey(() => 0);
