/** A desk on a disk, driven by the engine's own use cases, with its reports. */
import { onTestFinished } from 'vitest';
import { closeContact, reassignContact } from '#engine/contacts/contacts.ts';
import type { Step, Steps } from '#reports/protocol.ts';
import { report } from '#reports/report.ts';
import { openSources, type Sources } from '#reports/sources.ts';
import { type Report, type ReportQueryInput, reportQuery } from '#shared/contract/reports.ts';
import { KeptDesk } from '#vault/testing/keeper.ts';

/** Runs all steps and returns the answer. */
export function finished<T>(steps: Steps<T>, onStep: (step: Step) => void = () => undefined): T {
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value;
    onStep(value);
  }
}

export class ReportingDesk {
  readonly desk: KeptDesk;
  readonly from: Sources;
  timeZone = 'Europe/Moscow';

  private constructor(desk: KeptDesk, from: Sources) {
    this.desk = desk;
    this.from = from;
  }

  static async open(): Promise<ReportingDesk> {
    const desk = await KeptDesk.open();
    const from = openSources(desk.places.database);
    onTestFinished(() => from.database.close());
    return new ReportingDesk(desk, from);
  }

  /** Answers a query without the thread, on a connection like the thread's. @param by an alternative report implementation */
  ask(query: ReportQueryInput, page: { limit: number; cursor?: string } = { limit: 500 }, by = report): Report {
    const parsed = reportQuery.parse(query);
    return finished(by(this.from, { query: parsed, now: this.desk.now, time_zone: this.timeZone, service_seconds: parsed.service_seconds ?? 20, page }));
  }

  /** The rows of a report as objects by column key. */
  rows(query: ReportQueryInput): Record<string, string | number | null>[] {
    const { table } = this.ask(query);
    return table.rows.map((row) => Object.fromEntries(table.columns.map(({ key }, i) => [key, row[i] ?? null])));
  }

  close(contact_id: number) {
    return this.desk.do((write) => closeContact(write, contact_id));
  }

  move(contact_id: number, operator_id: number | null) {
    return this.desk.do((write) => reassignContact(write, contact_id, operator_id));
  }
}
