/** A key that was revoked, or whose source was archived, is never accepted again: not after unarchiving, an undo, or restoring an older backup. */
import type { CreatedSource } from '#shared/contract/entities.ts';
import type { Result } from '#shared/contract/problems.ts';
import { askConsole } from '#shells/testing/ask-console.ts';
import type { Finding } from '../faults/harness/verdict.ts';
import { onStage } from './harness/stage.ts';

export const withdrawals = (mutant?: string): Promise<Finding> =>
  onStage(mutant, async (stage) => {
    const words: string[] = [];
    const { host } = stage;
    const admin = async (method: string, path: string, body?: object) => {
      const headers = { authorization: `Bearer ${host.adminToken}`, ...(body && { 'content-type': 'application/json' }) };
      const answer = await fetch(host.apiUrl + path, { method, headers, ...(body && { body: JSON.stringify(body) }) });
      if (!answer.ok) throw new Error(`${method} ${path} was answered ${answer.status}`);
      return answer.status === 204 ? null : ((await answer.json()) as CreatedSource);
    };
    const made = async (name: string) => {
      const source = await admin('POST', '/sources', { name });
      if (!source) throw new Error(`${name} was not made`);
      return source;
    };
    const revoked = await made('Revoked later');
    const archived = await made('Archived later');
    const keys = { 'a revoked key': revoked.api_key, 'the key of an archived source': archived.api_key };
    const tried = async (when: string, wanted: (status: number | undefined) => boolean) => {
      for (const [whose, api_key] of Object.entries(keys)) {
        const status = (await stage.handIn(api_key, { external_id: 'late' }))?.status;
        if (!wanted(status)) words.push(`${when} ${whose} was answered ${status}`);
      }
    };
    const isKnown = (status: number | undefined) => status !== undefined && status !== 401;
    const isStranger = (status: number | undefined) => status === 401;
    await tried('before', isKnown);
    const backup = await askConsole<Result<{ name: string }>>(host, 'mutation', 'backUpNow');
    if (!('ok' in backup && backup.ok)) throw new Error('no backup was made');

    await admin('DELETE', `/sources/${revoked.id}/keys/${revoked.keys[0]?.id}`);
    const { step } = await askConsole<{ step: number }>(host, 'mutation', 'archiveSource', { id: archived.id });
    await tried('right after its withdrawal', isStranger);
    await askConsole(host, 'mutation', 'restoreSource', { id: archived.id });
    await tried('after unarchiving', isStranger);
    await admin('DELETE', `/sources/${archived.id}`);
    await askConsole(host, 'mutation', 'undoChange', { revision: step });
    await tried('after an undo', isStranger);

    const restored = await askConsole<Result<unknown>>(host, 'mutation', 'restoreBackup', { name: backup.value.name });
    if (!('ok' in restored && restored.ok)) words.push('the backup could not be restored');
    await tried('after a restore', isStranger);
    await host.end('SIGTERM');
    await host.start();
    await tried('after a restart', isStranger);
    return { isSound: words.length === 0, figures: '2 keys tried after unarchiving, an undo, a restore and a restart', words };
  });
