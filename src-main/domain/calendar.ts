const SLOT_MS = 15 * 60_000; // every time zone's offset from UTC is a multiple of a quarter of an hour

/** Tells the day (`2026-11-22`) that a moment belongs to in `timeZone`; cheap when asked about the same quarter of an hour again. */
export function calendar(timeZone: string): (at: number) => string {
  const format = new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' });
  let slot = Number.NaN;
  let day = '';
  return (at) => {
    const its = Math.floor(at / SLOT_MS);
    if (its !== slot) {
      slot = its;
      day = format.format(at);
    }
    return day;
  };
}
