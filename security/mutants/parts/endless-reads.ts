import { RateLimiter as Limiter } from '../../../src-main/intake/rate-limiter.ts';

export * from '../../../src-main/intake/rate-limiter.ts';

export class RateLimiter extends Limiter {
  override hasRead(): void {}
}
