/**
 * Mutants: reports with one deliberate error each. `find` occurs once in the file and is replaced. The recount test imports
 * `report.ts?mutant=NAME`, which `broken-reports.ts` loads with that change.
 */
export interface Mutant {
  readonly name: string;
  /** path below `src-main/reports` */
  readonly file: string;
  readonly find: string;
  readonly replace: string;
}

export const mutants: readonly Mutant[] = [
  { name: 'averages-over-the-time-before-the-desk', file: 'scope.ts', find: 'begin: Math.min(history.begin, now)', replace: 'begin: 0' },
  { name: 'put-back-contacts-do-not-wait', file: 'history.ts', find: 'this.decisions.column.operator[decision] === 0', replace: 'false' },
  { name: 'an-hour-late', file: 'scope.ts', find: 'clock(at) / HOUR_MS)', replace: 'clock(at) / HOUR_MS + 1)' },
  { name: 'first-hour-of-a-day-left-out', file: 'scope.ts', find: 'isAsked[slot] === 1', replace: 'isAsked[slot] === 1 && slot % 24 > 0' },
  { name: 'wait-until-the-latest-assignment', file: 'history.ts', find: ' && Number.isNaN(known.first_assigned_at[contact])', replace: '' },
  { name: 'wait-of-those-never-assigned-is-nothing', file: 'summary.ts', find: 'Math.max(0, (Number.isNaN(closed) ? now : closed) - created)', replace: '0' },
  { name: 'wait-averaged-over-all-arrivals', file: 'summary.ts', find: 'if (!at_once[row]) {', replace: 'if (!at_once[row] || isAssigned) {' },
  { name: 'waited-by-the-clock', file: 'summary.ts', find: 'if (!at_once[row]) {', replace: 'if (!isAssigned || ms > 0) {' },
  { name: 'at-once-by-any-decision', file: 'history.ts', find: 'if (before === NONE) known.at_once[contact] =', replace: 'known.at_once[contact] =' },
  {
    name: 'returning-counted-twice',
    file: 'summary.ts',
    find: 'if (returning[row]) increment(returned, group);',
    replace: 'if (returning[row]) { increment(returned, group); increment(returned, group); }',
  },
  { name: 'in-time-excludes-the-limit', file: 'summary.ts', find: 'if (ms > service_ms) increment(late', replace: 'if (ms >= service_ms) increment(late' },
  { name: 'late-forgets-those-who-wait', file: 'summary.ts', find: 'if (ms > service_ms)', replace: 'if (isAssigned && ms > service_ms)' },
  { name: 'handling-since-the-arrival', file: 'summary.ts', find: 'closed - (at[decision] as number)', replace: 'closed - created' },
  { name: 'closings-when-the-contact-came', file: 'summary.ts', find: 'const slot = slotOf(closed);', replace: 'const slot = slotOf(created);' },
  {
    name: 'assignments-of-other-sources',
    file: 'summary.ts',
    find: 'if (!scope.sources[of]) continue;\n    const slot = scope.slotOf(at[row] as number);',
    replace: 'const slot = scope.slotOf(at[row] as number);',
  },
  { name: 'missed-counted-as-declined', file: 'summary.ts', find: 'increment(counts[cause]', replace: 'increment(counts.declined' },
  {
    name: 'refusals-of-whoever-came-after',
    file: 'history.ts',
    find: 'contact, operator: column.operator[before] as number',
    replace: 'contact, operator: column.operator[row] as number',
  },
  {
    name: 'total-of-the-other-waits',
    file: 'summary.ts',
    find: 'figures(sums, waits.all(), handlings.all()',
    replace: 'figures(sums, handlings.all(), handlings.all()',
  },
  { name: 'load-goes-on-after-a-move', file: 'history.ts', find: 'if (before !== NONE && !wasClosed) column.until[before] = fact.at;', replace: '' },
  {
    name: 'load-goes-on-after-a-closing-that-was-seen-later',
    file: 'history.ts',
    find: 'if (decision !== NONE) this.decisions.column.until[decision] = at;',
    replace: '',
  },
  { name: 'slots-counted-as-contacts', file: 'loads.ts', find: 'ofThing(from_source, by), cost[row] as number);', replace: 'ofThing(from_source, by), 1);' },
  { name: 'full-only-without-any-slot', file: 'history.ts', find: ', cost: fact.cost ?? 1 }', replace: ' }' },
  { name: 'capacity-as-it-is-now', file: 'loads.ts', find: 'if (before && before.capacity > 0) yield span(before, fact.at);', replace: '' },
  { name: 'capacity-of-everybody', file: 'loads.ts', find: 'if (scope.operators[by]) capacity.add', replace: 'capacity.add' },
  { name: 'whole-hours-forgotten', file: 'loads.ts', find: '+ level * lengthOf(this.#period, i)', replace: '' },
  { name: 'only-the-first-tag-of-an-operator', file: 'groups.ts', find: 'names.tags.get(one.id) ?? []', replace: 'names.tags.get(one.id)?.slice(0, 1) ?? []' },
  { name: 'tags-of-different-case-apart', file: 'groups.ts', find: 'const key = nameKey(tag);', replace: 'const key = tag;' },
  { name: 'waits-of-one-member-for-the-team', file: 'summary.ts', find: 'joined(its.map((group)', replace: 'joined(its.slice(0, 1).map((group)' },
  { name: 'operators-that-were-not-asked-about-in-a-team', file: 'groups.ts', find: 'group > 0 && scope.operators[group] ?', replace: 'group > 0 ?' },
  { name: 'weeks-from-sunday', file: 'groups.ts', find: 'textOfDay(mondayOf(day))', replace: 'textOfDay(mondayOf(day + 1) - 1)' },
  { name: 'weekday-of-the-first-day', file: 'heat-map.ts', find: '(slot % 24);\n  const received', replace: '((slot + 1) % 24);\n  const received' },
  { name: 'hours-to-come-counted', file: 'scope.ts', find: 'Math.max(from + 1, Math.min(now, (lastDay', replace: 'Math.max(from + 1, Math.max(now, (lastDay' },
  { name: 'arrivals-of-an-hour-by-its-name', file: 'load.ts', find: 'ofHour(hours.indexOf(at))', replace: 'ofHour(hours.indexOf(at + 1_800_000))' },
  { name: 'class-includes-its-end', file: 'waits.ts', find: 'ms < (BOUNDS[bin] as number)', replace: 'ms <= (BOUNDS[bin] as number)' },
  {
    name: 'waits-without-those-who-wait',
    file: 'waits.ts',
    find: 'const bin = classOf(',
    replace: 'if (Number.isNaN(assigned) && Number.isNaN(closed)) continue;\n    const bin = classOf(',
  },
  {
    name: 'expected-by-bare-weight',
    file: 'fairness.ts',
    find: 'const p = chance(weights[i] as number, sum);',
    replace: 'const p = chance(weights[i] as number, weights.reduce((a, b) => a + b, 0));',
  },
  {
    name: 'expected-also-of-those-by-hand',
    file: 'fairness.ts',
    find: 'if (kind[row] === KIND.manual) {',
    replace: 'if (kind[row] === KIND.manual && by === 0) {',
  },
  {
    name: 'expected-also-of-those-to-their-owner',
    file: 'fairness.ts',
    find: 'if (kind[row] === KIND.owner) {',
    replace: 'if (kind[row] === KIND.owner && by === 0) {',
  },
  { name: 'off-counted-as-full', file: 'fairness.ts', find: 'active[i] ? tallies.passed_full : tallies.passed_inactive', replace: 'tallies.passed_full' },
  { name: 'weight-counted-when-nobody-could', file: 'fairness.ts', find: 'chance(weight, all) * drawn)', replace: 'chance(weight, all) * (drawn + waited))' },
  { name: 'full-operators-eligible', file: 'eligible-sets.ts', find: ' && load < (max_loads[i] as number)', replace: '' },
  { name: 'one-more-than-the-limit', file: 'eligible-sets.ts', find: 'load < (max_loads[i] as number)', replace: 'load <= (max_loads[i] as number)' },
];
