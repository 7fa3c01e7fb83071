/** Module loader for tests: loads `src-main/reports/report.ts?mutant=NAME`, and the report modules it imports, with the one change listed in `mutants.ts`. */
import { readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import type { Plugin } from 'vite';
import { mutants } from './mutants.ts';

const FOLDER = join(import.meta.dirname, '..');
const QUERY = /^(.*)\?mutant=([a-z-]+)$/;

export function brokenReports(): Plugin {
  return {
    name: 'broken-reports',
    enforce: 'pre',
    async resolveId(source, importer) {
      const [, by, name] = QUERY.exec(importer ?? '') ?? [];
      if (by === undefined || name === undefined) return null;
      const resolved = await this.resolve(source, by, { skipSelf: true });
      return resolved?.id.startsWith(FOLDER + sep) ? `${resolved.id}?mutant=${name}` : resolved;
    },
    load(id) {
      const [, file, name] = QUERY.exec(id) ?? [];
      if (file === undefined) return null;
      const mutant = mutants.find((one) => one.name === name);
      if (!mutant) throw new Error(`there is no mutant ${name}`);
      const source = readFileSync(file, 'utf8');
      if (relative(FOLDER, file) !== mutant.file) return source;
      const parts = source.split(mutant.find);
      if (parts.length !== 2) throw new Error(`${name}: its text stands ${parts.length - 1} times in ${mutant.file}`);
      return parts.join(mutant.replace);
    },
  };
}
