import type { Engine } from '../../../src-main/engine/core/engine.ts';
import { ContactPages as Pages } from '../../../src-main/intake/contact-pages.ts';
import type { RateLimiter } from '../../../src-main/intake/rate-limiter.ts';

export * from '../../../src-main/intake/contact-pages.ts';

export class ContactPages extends Pages {
  constructor(engine: Engine, limiter: RateLimiter) {
    super(engine, limiter, undefined);
  }
}
