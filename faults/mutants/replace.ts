/** Replaces a real part with a broken one, in this process only. The product has no switch for this: all other sources are loaded unchanged. */
import { registerHooks } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const ROOT = join(import.meta.dirname, '..', '..');

/**
 * @param part `src-main/store/sqlite/open.ts`; every importer of it except the substitute gets `<folder>/<substitute>`
 * @param folder of the substitutes; `faults/mutants/parts` unless told otherwise
 */
export function replace(part: string, substitute: string, folder: string = join(import.meta.dirname, 'parts')): void {
  const real = pathToFileURL(join(ROOT, part)).href;
  const broken = pathToFileURL(join(folder, substitute)).href;
  registerHooks({
    resolve(specifier, context, next) {
      const resolved = next(specifier, context);
      return resolved.url === real && context.parentURL !== broken ? { ...resolved, url: broken } : resolved;
    },
  });
}

/** Starts the headless host with the arguments of this process. */
export const startHost = (): Promise<unknown> => import('#shells/headless/main.ts');
