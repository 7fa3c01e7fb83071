/** What came in the last hour, by source, and which sources are silent; reloaded at intervals, and not while the page is hidden. */
import { create } from 'zustand';
import type { Flow, SourceFlow } from '#shared/contract/flow.ts';
import { ask } from './attempt.ts';
import { client } from './client.ts';
import { onLinkUp, useConnection } from './connection.ts';

/** The figures are by the minute, and a silence lasts for minutes before it is unusual. */
const ASKED_EVERY_MS = 15_000;

interface FlowState {
  /** null until received */
  readonly flow: Flow | null;
  readonly bySource: ReadonlyMap<number, SourceFlow>;
}

export const useFlow = create<FlowState>(() => ({ flow: null, bySource: new Map() }));

let asking = false;

async function refresh(): Promise<void> {
  if (asking || document.hidden || !useConnection.getState().is_up) return;
  asking = true;
  const outcome = await ask((signal) => client.flow.query(undefined, { signal }));
  asking = false;
  if (outcome.ok) useFlow.setState({ flow: outcome.value, bySource: new Map(outcome.value.sources.map((source) => [source.source_id, source])) });
}

onLinkUp(() => void refresh());
setInterval(() => void refresh(), ASKED_EVERY_MS);
document.addEventListener('visibilitychange', () => void refresh());
void refresh();
