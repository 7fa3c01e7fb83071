/** The window user's choices on this machine, shared by menu, settings screen and startup. */
import type { Desktop } from '#console/parts.ts';
import type { DesktopChoices, DesktopPatch } from '#shared/contract/desktop.ts';
import { fail, ok, type Result } from '#shared/contract/problems.ts';
import type { Language } from '#shells/language.ts';
import { setStartsAtLogin, startCommand, startsAtLogin } from './login-item.ts';
import { KeptPreferences } from './preferences.ts';

/** Reads and stores the user's choices and notifies listeners. */
export class Choices implements Desktop {
  readonly #kept: KeptPreferences;
  readonly #command = startCommand(process.argv);
  readonly #listeners = new Set<() => void>();
  #language: Language;

  /**
   * @param asked the language from the command line; applies to this run until the user chooses another
   * @param system the operating system's language, used until the user has chosen one
   */
  constructor(file: string, { asked, system }: { readonly asked: Language | null; readonly system: Language }) {
    this.#kept = new KeptPreferences(file);
    this.#language = asked ?? this.#kept.now.language ?? system;
  }

  desktop(): DesktopChoices {
    const { theme, on_close } = this.#kept.now;
    return { language: this.#language, theme, starts_at_login: startsAtLogin(this.#command), on_close };
  }

  saveDesktop({ language, theme, starts_at_login, on_close }: DesktopPatch): Result<DesktopChoices> {
    try {
      if (starts_at_login !== undefined) setStartsAtLogin(starts_at_login, this.#command);
    } catch (error) {
      return fail('system_refused', `Starting with the system could not be set: ${(error as Error).message}`);
    }
    if (on_close !== undefined) this.#kept.set({ on_close });
    if (theme !== undefined && theme !== this.#kept.now.theme) this.#kept.set({ theme });
    if (language !== undefined) {
      this.#kept.set({ language });
      this.#language = language;
    }
    for (const listener of this.#listeners) listener();
    return ok(this.desktop());
  }

  watchDesktop(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
}
