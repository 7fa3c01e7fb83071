/** Filters of the audit log, as encoded in the address. */

import { idIn, type Params } from '#kit/navigation/route.ts';
import { type AuditActor, auditActor } from '#shared/contract/audit.ts';
import { type Topic, topics } from '#shared/effects/effects.ts';

export interface AuditFilters {
  readonly topic: Topic | null;
  readonly actor: AuditActor | null;
  readonly operator_id: number | null;
  readonly source_id: number | null;
  /** days: `2026-11-22` */
  readonly from: string | null;
  readonly to: string | null;
}

const DAY = /^\d{4}-\d\d-\d\d$/;
const dayIn = (text: string | null): string | null => (text !== null && DAY.test(text) && !Number.isNaN(Date.parse(text)) ? text : null);

/** Filters of an address. Invalid parameters are ignored. */
export function filtersIn(params: URLSearchParams): AuditFilters {
  return {
    topic: topics.find((name) => name === params.get('topic')) ?? null,
    actor: auditActor.options.find((name) => name === params.get('actor')) ?? null,
    operator_id: idIn(params.get('operator')),
    source_id: idIn(params.get('source')),
    from: dayIn(params.get('from')),
    to: dayIn(params.get('to')),
  };
}

/** The inverse of `filtersIn`. */
export const paramsOf = ({ topic, actor, operator_id, source_id, from, to }: AuditFilters): Params => ({
  topic,
  actor,
  operator: operator_id,
  source: source_id,
  from,
  to,
});

/** The query for the host, without unset filters. */
export function queryOf(filters: AuditFilters) {
  const { topic, actor, operator_id, source_id, from, to } = filters;
  return {
    ...(topic && { topic }),
    ...(actor && { actor }),
    ...(operator_id && { operator_id }),
    ...(source_id && { source_id }),
    ...(from && { from }),
    ...(to && { to }),
  };
}
