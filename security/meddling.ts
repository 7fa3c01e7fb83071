/** A source tries to merge two leads of another source, on a desk that asks before merging across sources. */
import { askConsole } from '#shells/testing/ask-console.ts';
import type { Finding } from '../faults/harness/verdict.ts';
import { onStage } from './harness/stage.ts';

const FIRST = { external_id: 'owner-1', phone: '+79160000001' };
const SECOND = { email: 'owner-2@example.com' };

export const meddling = (mutant?: string): Promise<Finding> =>
  onStage(mutant, async (stage) => {
    await askConsole(stage.host, 'mutation', 'saveSettings', { merges_across_sources: 'ask' });
    const admin = async (method: string, path: string, body?: object) => {
      const response = await fetch(stage.apiUrl + path, {
        method,
        headers: { authorization: `Bearer ${stage.host.adminToken}`, ...(body && { 'content-type': 'application/json' }) },
        body: body ? JSON.stringify(body) : null,
      });
      return (await response.json()) as { id: number; api_key: string; items: unknown[] }; // the results of these calls
    };
    const meddler = await admin('POST', '/sources', { name: 'Meddler', settings: { rate_limit_per_second: null } });
    await admin('PUT', `/operators/1/competences/${meddler.id}`, { weight: 1 });
    for (const lead of [FIRST, SECOND]) await stage.handIn(stage.source.api_key, lead);
    const before = stage.rows().merges;

    const { phone } = FIRST;
    const attempts = [{ phone }, SECOND, { phone, ...SECOND }, { phone, ...SECOND }, { external_id: 'meddler', phone, ...SECOND }, { ...FIRST, ...SECOND }];
    for (const attempt of attempts) await stage.handIn(meddler.api_key, attempt);
    const { items } = await admin('GET', '/suggested-merges');

    const words = [];
    if (stage.rows().merges !== before) words.push('two leads of another source were merged');
    if (items.length === 0) words.push('no merge was suggested');
    await stage.handIn(stage.source.api_key, { phone, ...SECOND });
    if (stage.rows().merges === before) words.push('their own source could not merge them either, so nothing could be found');
    return {
      isSound: words.length === 0,
      figures: `${attempts.length} contacts that name two leads of another source; ${items.length} merges suggested`,
      words,
    };
  });
