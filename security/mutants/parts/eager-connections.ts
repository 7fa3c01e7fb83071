import { Connections as Bounded } from '../../../src-main/intake/connections.ts';

export * from '../../../src-main/intake/connections.ts';

export class Connections extends Bounded {
  override of(): undefined {
    return undefined;
  }
}
