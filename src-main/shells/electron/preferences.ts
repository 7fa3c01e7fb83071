/** The window user's preferences on this machine, apart from the workspace's settings: a small JSON file in which invalid values fall back to defaults. */
import { z } from 'zod';
import { replaceFile } from '#shells/data-dir.ts';
import { readOwn } from '#vault/own-files.ts';

const preferences = z.object({
  /** closing the window leaves the desk running, with its icon in the tray */
  close_to_tray: z.boolean().catch(false),
  /** null: the operating system's language */
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
