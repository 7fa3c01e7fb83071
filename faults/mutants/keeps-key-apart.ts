/** A host that keeps the idempotency key in a transaction of its own, after the contact's. */
import { replace, startHost } from './replace.ts';

replace('src-main/engine/submit-contact.ts', 'submit-without-key.ts');
await startHost();
