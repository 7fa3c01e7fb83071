/** An erased person is gone from every file of a running host: database, write-ahead log, search index, log files, later backups. */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Contact } from '#shared/contract/entities.ts';
import type { ContactItem, Listed } from '#shared/contract/lists.ts';
import { askConsole } from '#shells/testing/ask-console.ts';
import { until } from '../faults/harness/measured.ts';
import type { Finding } from '../faults/harness/verdict.ts';
import { canary, NEEDLES } from './harness/canary.ts';
import { onStage, type Stage } from './harness/stage.ts';

const CONTACTS = 30;
/** Number of erasures after which traces count as left for good. Each empties the log before it is answered, unless the reader thread holds it. */
const ERASURES = 10;

export const erasure = (mutant?: string): Promise<Finding> =>
  onStage(mutant, async (stage) => {
    const words: string[] = [];
    const { dataDir } = stage.host;
    let lead_id = 0;
    for (let n = 0; n < CONTACTS; n++) {
      const answer = await stage.handIn(stage.source.api_key, { ...canary, message: `${canary.message} `.repeat(n + 1) }, `tg-canary-key-${n}`);
      lead_id = (answer?.body as Contact | null)?.lead_id ?? 0;
      await stage.handIn(stage.source.api_key, { external_id: `other-${n}`, name: 'Другой' });
    }
    await searched(stage);
    await askConsole(stage.host, 'mutation', 'backUpNow');
    const keptForAWhile = new Set(filesIn(join(dataDir, 'backups')));
    const before = traces(dataDir, new Set());
    for (const kind of ['switchyard.db', 'search', 'backups'])
      if (!before.some((trace) => trace.includes(kind))) words.push(`nothing was found in ${kind} before the erasure: the search does not work`);

    const erase = async () => {
      const erased = await fetch(`${stage.apiUrl}/leads/${lead_id}/erase`, { method: 'POST', headers: { authorization: `Bearer ${stage.host.adminToken}` } });
      if (!erased.ok) words.push(`the erasure was answered ${erased.status}`);
    };
    await erase();
    await until(() => !traces(dataDir, keptForAWhile).some((trace) => trace.includes('search'))); // by the reader thread
    for (let n = 1; n < ERASURES && traces(dataDir, keptForAWhile).length > 0; n++) {
      await search(stage); // the reader thread answers when it has ended its part
      await erase();
    }
    words.push(...traces(dataDir, keptForAWhile).map((trace) => `while running: ${trace}`));

    await askConsole(stage.host, 'mutation', 'backUpNow');
    await stage.handIn(stage.source.api_key, { external_id: 'other-last' });
    await stage.host.end('SIGTERM');
    const later = filesIn(join(dataDir, 'backups')).filter((file) => !keptForAWhile.has(file));
    if (later.length === 0) words.push('no backup was made afterwards');
    words.push(...traces(dataDir, keptForAWhile).map((trace) => `after exit: ${trace}`));
    await stage.host.start();
    return {
      isSound: words.length === 0,
      figures: `${before.length} traces before; afterwards none in ${filesIn(dataDir).length} files except the ${keptForAWhile.size} earlier backups`,
      words,
    };
  });

/** Waits until the words of all contacts are in the index. */
async function searched(stage: Stage): Promise<void> {
  const isFound = await until(async () => {
    const found = await search(stage);
    return 'items' in found && found.items.length > 0;
  });
  if (!isFound) throw new Error('nothing was found by searching');
}

const search = (stage: Stage) => askConsole<Listed<ContactItem>>(stage.host, 'query', 'listContacts', { text: 'одуванчик' });

const filesIn = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((path) => statSync(path).isFile());

/** Traces of the person by file, except in the given files. The host is another process, so reading its files does not affect its locks. */
function traces(dataDir: string, but: ReadonlySet<string>): string[] {
  return filesIn(dataDir)
    .filter((path) => !but.has(path))
    .flatMap((path) => {
      const bytes = readFileSync(path);
      return NEEDLES.filter((needle) => bytes.includes(needle)).map((needle) => `${needle} in ${path.slice(dataDir.length + 1)}`);
    });
}
