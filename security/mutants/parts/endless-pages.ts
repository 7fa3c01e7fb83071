import type { Engine } from '../../../src-main/engine/core/engine.ts';
import { ContactPages as Pages } from '../../../src-main/intake/contact-pages.ts';
import type { RateLimiter } from '../../../src-main/intake/rate-limiter.ts';
import type { Reader } from '../../../src-main/reports/reader.ts';
import { type ContactFilter, wholePage } from '../../../src-main/store/tables/contact-pages.ts';

export * from '../../../src-main/intake/contact-pages.ts';

export class ContactPages extends Pages {
  constructor(engine: Engine, limiter: RateLimiter) {
    const ask = async (_question: string, filter: ContactFilter) => wholePage(engine.read.store.reading, filter, Number.POSITIVE_INFINITY);
    super(engine, limiter, { ask: ask as Reader['ask'] }); // it is used for pages only
  }
}
