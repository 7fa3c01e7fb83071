/** The window user's preferences on this machine, apart from the workspace's settings: a small JSON file in which invalid values fall back to defaults. */
import { z } from 'zod';
import { onClose } from '#shared/contract/desktop.ts';
import { replaceFile } from '#shells/data-dir.ts';
import { readOwn } from '#vault/own-files.ts';

const preferences = z.object({
  on_close: onClose.catch('ask'),
  /** null: the operating system's language */
  language: z.enum(['ru', 'en']).nullable().catch(null),
  theme: z.enum(['light', 'dark', 'auto']).catch('auto'),
});
type Preferences = z.infer<typeof preferences>;

const DEFAULTS: Preferences = { on_close: 'ask', language: null, theme: 'auto' };

/** The preferences file: read once, written on each change. */
export class KeptPreferences {
  readonly #file: string;
  #now: Preferences;

  constructor(file: string) {
    this.#file = file;
    this.#now = DEFAULTS;
    try {
      this.#now = preferences.parse(fromEarlier(JSON.parse(readOwn(file) ?? '')));
    } catch {
      // missing, or from another version
    }
  }

  get now(): Preferences {
    return this.#now;
  }

  set(patch: Partial<Preferences>): void {
    this.#now = { ...this.#now, ...patch };
    try {
      replaceFile(this.#file, JSON.stringify(this.#now));
    } catch {
      // even on a full disk the choice applies until exit
    }
  }
}

/** Earlier versions had `close_to_tray`, whose default was false: only true was certainly chosen. */
function fromEarlier(kept: { close_to_tray?: unknown; on_close?: unknown }): object {
  return kept.close_to_tray === true ? { on_close: 'stay', ...kept } : kept;
}
