import { type OpenedSession, Sessions as RealSessions } from '../../../src-main/engine/access/sessions.ts';

export * from '../../../src-main/engine/access/sessions.ts';

export class Sessions extends RealSessions {
  readonly #followed = new Set<string>();

  override open(token: string, browser: Parameters<RealSessions['open']>[1]): OpenedSession | null {
    if (!this.#followed.has(token)) {
      this.#followed.add(token);
      return super.open(token, browser);
    }
    return super.open(this.link('').url.split('?token=')[1] ?? '', browser);
  }
}
