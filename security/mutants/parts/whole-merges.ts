import { type EngineOptions, Engine as Real } from '../../../src-main/engine/core/engine.ts';

export * from '../../../src-main/engine/core/engine.ts';

export class Engine extends Real {
  constructor(options: EngineOptions) {
    super({ ...options, mostMoved: Number.MAX_SAFE_INTEGER - 1 });
  }
}
