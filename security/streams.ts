/** Event streams are shared fairly: a key that opens as many as it can does not deprive the others. */
import { get, type IncomingMessage } from 'node:http';
import type { Finding } from '../faults/harness/verdict.ts';
import { onStage, type Stage } from './harness/stage.ts';

/** @param count how many one key requests; more than the limit */
export const streams =
  (count: number) =>
  (mutant?: string): Promise<Finding> =>
    onStage(mutant, async (stage) => {
      const words: string[] = [];
      const greedy: number[] = [];
      for (let i = 0; i < count; i++) greedy.push(await follow(stage, stage.source.api_key));
      const refused = greedy.filter((status) => status === 503).length;
      if (refused === 0) words.push(`all ${count} streams of one key were opened: there is no limit`);
      const others = { 'another source': stage.unserved.api_key, 'the admin': stage.host.adminToken };
      for (const [who, token] of Object.entries(others)) {
        const status = await follow(stage, token);
        if (status !== 200) words.push(`${who} was answered ${status} while one key held all streams`);
      }
      const again = await follow(stage, stage.source.api_key);
      if (again !== 503) words.push(`the greedy key was then answered ${again}`);
      return { isSound: words.length === 0, figures: `one key asked for ${count} streams and was refused ${refused} times; the others got theirs`, words };
    });

/** Opens a stream that stays open until the host exits. Returns the status. */
function follow(stage: Stage, token: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const answered = (response: IncomingMessage) => {
      response.resume().on('error', () => {}); // it is disconnected at the end, or in favour of another
      resolve(response.statusCode ?? 0);
    };
    get(`${stage.apiUrl}/events`, { agent: false, headers: { authorization: `Bearer ${token}` } }, answered).on('error', reject);
  });
}
