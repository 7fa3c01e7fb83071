/** What came and went in the last hour, by minute, and whether a source is silent. */
import { query } from './call.ts';

export interface SourceFlow {
  readonly source_id: number;
  /** when its latest contact came; epoch milliseconds */
  readonly last_at: number;
  /** contacts that came on the present day */
  readonly today: number;
  /** by minute, as `came` of all */
  readonly came: readonly number[];
  /** it has been silent for longer than is usual at these hours of the week */
  readonly is_silent: boolean;
}

export interface Flow {
  /** contacts that came in each of the last 60 minutes, oldest first; the last minute has not ended */
  readonly came: readonly number[];
  /** contacts that were closed, likewise */
  readonly closed: readonly number[];
  /** sources that ever got a contact */
  readonly sources: readonly SourceFlow[];
}

export const flowCalls = {
  /** Arrivals and departures of the last hour, in all and by source. */
  flow: query('viewer').answers<Flow>(),
};
