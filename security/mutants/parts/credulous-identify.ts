import { type Identity, type LookedUp, identify as really } from '../../../src-main/domain/identify.ts';

export * from '../../../src-main/domain/identify.ts';

export const identify = (found: readonly LookedUp[]): Identity => really(found.map((one) => ({ ...one, isOwn: true })));
