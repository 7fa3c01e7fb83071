import { randomUUID } from 'node:crypto';
import { existsSync, readdirSync, rmSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { HOST_ENTRY, HostProcess, Running } from '#shells/testing/host-process.ts';
import { folder } from '#store/testing/folder.ts';

test('a host with a damaged database says what would be lost and exits with 5; --restore latest restores it and continues', async () => {
  const dataDir = join(folder(), 'data');
  const first = await HostProcess.start(HOST_ENTRY, { dataDir, args: ['--lang', 'en'] });
  const database = join(dataDir, 'switchyard.db');
  await first.api('POST', '/operators', { name: 'Anna' });
  await first.running.stop();
  const [backup = ''] = readdirSync(join(dataDir, 'backups'));
  expect(backup).toMatch(/_r1_exit\.db$/);

  const second = await HostProcess.start(HOST_ENTRY, { dataDir, args: ['--lang', 'en'] });
  await second.api('POST', '/operators', { name: 'Boris' });
  await second.running.stop('SIGKILL');
  for (const rest of ['-wal', '-shm']) rmSync(database + rest);
  truncateSync(database, 8192);

  const start = (...args: string[]) => new Running(process.execPath, [HOST_ENTRY, '--json', '--port', '0', '--data-dir', dataDir, ...args]);
  const refused = await start('--lang', 'en').ended;
  expect(refused).toMatchObject({ code: 5, stdout: '' });
  const [what, last, lost, how, ...more] = refused.stderr.trimEnd().split('\n');
  expect(what).toBe(`The database ${database} is damaged. Nothing was written to it. (database disk image is malformed)`);
  expect(last).toMatch(/^The last verified backup is of .* \(revision 1\): /);
  expect(last).toContain(join(dataDir, 'backups', backup));
  expect(lost).toMatch(/^Restoring it loses what was accepted from .* to .*\.$/);
  expect(how).toContain('--restore latest');
  expect(more).toEqual([]);
  const inRussian = await start('--lang', 'ru').ended;
  expect(inRussian).toMatchObject({
    code: 5,
    stderr: expect.stringMatching(/повреждена.*\n.*проверенная копия.*\n.*пропадёт принятое с .* по .*\n.*--restore latest/),
  });
  expect(existsSync(join(dataDir, 'quarantine'))).toBe(false);

  expect(await start('--lang', 'en', '--restore', randomUUID()).ended).toMatchObject({ code: 6, stderr: expect.stringContaining('Nothing was changed.') });
  const restored = await HostProcess.start(HOST_ENTRY, { dataDir, args: ['--lang', 'en', '--restore', 'latest'] });
  expect(await restored.api('GET', '/operators')).toMatchObject({ items: [{ name: 'Anna' }] });
  const { code, stderr } = await restored.running.stop();
  expect(code).toBe(0);
  expect(stderr).toMatch(/^Restored: .*_r1_exit\.db \(revision 1\)\.\nThe files that were there are kept in .*quarantine.*\n$/);
});
