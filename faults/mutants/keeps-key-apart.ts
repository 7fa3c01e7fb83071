/** A host that stores the idempotency key in a separate transaction, after the contact's. */
import { replace, startHost } from './replace.ts';

replace('src-main/engine/contacts/submit-contact.ts', 'submit-without-key.ts');
await startHost();
