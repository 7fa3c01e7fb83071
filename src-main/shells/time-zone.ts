/** The time zone of this machine, by a name that every console understands. */

const MINUTE_MS = 60_000;

function isKnown(name: string | undefined): name is string {
  if (!name) return false;
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

/** `+03:00`, as Intl takes it for a name. */
function offsetName(now: number): string {
  const ahead = -new Date(now).getTimezoneOffset() * MINUTE_MS;
  if (ahead === 0) return 'UTC';
  return `${ahead < 0 ? '-' : '+'}${new Date(Math.abs(ahead)).toISOString().slice(11, 16)}`;
}

/** An IANA name; where TZ says nothing that has one (it may be empty, or a rule like `MSK-3`), the offset from UTC of `now`. */
export function ownTimeZone(now: number): string {
  if (process.env.TZ?.startsWith(':/')) delete process.env.TZ; // the file of the machine's zone, which is the one without TZ as well; Intl cannot read it
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
  return isKnown(timeZone) ? timeZone : offsetName(now);
}
