import { setTimeout as sleep } from 'node:timers/promises';
import type { Actor } from '#shared/contract/principal.ts';
import type { Result, Written } from '#shared/contract/problems.ts';
import type { Write } from '../../../src-main/engine/core/write.ts';
import { NotNow, Writer as RealWriter } from '../../../src-main/engine/core/writer.ts';

export * from '../../../src-main/engine/core/writer.ts';

export class Writer extends RealWriter {
  override async write<T>(actor: Actor, command: (write: Write) => Result<T>): Promise<Written<T>> {
    for (;;) {
      try {
        return await super.write(actor, command);
      } catch (error) {
        if (!(error instanceof NotNow)) throw error;
        await sleep(1);
      }
    }
  }
}
