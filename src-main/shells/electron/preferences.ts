/** What the window's user prefers on this machine, apart from the workspace's settings: a small JSON file, forgiving about everything. */
import { z } from 'zod';
import { replaceFile } from '#shells/data-dir.ts';
import { readOwn } from '#store/own-files.ts';

const preferences = z.object({
  /** closing the window leaves the desk at work, with its icon in the tray */
  close_to_tray: z.boolean().catch(false),
  /** null: the operating system's */
  language: z.enum(['ru', 'en']).nullable().catch(null),
  theme: z.enum(['light', 'dark', 'auto']).catch('auto'),
});
type Preferences = z.infer<typeof preferences>;

const DEFAULTS: Preferences = { close_to_tray: false, language: null, theme: 'auto' };

export class KeptPreferences {
  readonly #file: string;
  #now: Preferences;

  constructor(file: string) {
    this.#file = file;
    this.#now = DEFAULTS;
    try {
      this.#now = preferences.parse(JSON.parse(readOwn(file) ?? ''));
    } catch {
      // none yet, or of another version
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
      // a full disk must not keep the choice from counting until the end
    }
  }
}
