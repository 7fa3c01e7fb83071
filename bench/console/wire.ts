import type { Page } from '@playwright/test';
import { decodeRun, EncodedRun, type PackedRun } from '#shared/contract/runs.ts';
import type { Change } from '#shared/effects/effects.ts';
import { latencies } from '../measure.ts';

/** Records what arrives over the page's WebSocket. */
export class Wire {
  bytes = 0;
  changes = 0;
  readonly #assigned: number[] = [];
  /** when each decision was written, just before its commit */
  readonly written = new Map<number, number>();

  constructor(page: Page) {
    page.on('websocket', (socket) =>
      socket.on('framereceived', ({ payload }) => {
        const text = String(payload);
        const run = changesIn(text);
        if (run.length === 0) return;
        this.bytes += Buffer.byteLength(text);
        this.changes += run.length;
        for (const change of run) {
          if (change.kind !== 'contact_assigned') continue;
          this.written.set(change.decision.id, change.decision.at);
          this.#assigned.push(Buffer.byteLength(new EncodedRun([change]).json) - BRACKETS);
        }
      }),
    );
  }

  get bytesOfAssignment(): number {
    return latencies(this.#assigned).p50;
  }
}

/** The frame around the changes of a run. */
const BRACKETS = new EncodedRun([]).json.length;

function changesIn(text: string): readonly Change[] {
  const message = JSON.parse(text) as { result?: { data?: unknown } };
  const data = message.result?.data;
  return Array.isArray(data) && typeof data[0] === 'object' && data[0] !== null && 'revision' in data[0] ? decodeRun(data as PackedRun) : [];
}
