/** This machine's time zone, under a name that every console supports. */

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

/** An offset such as `+03:00`, which Intl accepts as a name. */
function offsetName(now: number): string {
  const ahead = -new Date(now).getTimezoneOffset() * MINUTE_MS;
  if (ahead === 0) return 'UTC';
  return `${ahead < 0 ? '-' : '+'}${new Date(Math.abs(ahead)).toISOString().slice(11, 16)}`;
}

/** An IANA name or, where TZ has none (it may be empty or a rule like `MSK-3`), the offset from UTC at `now`. */
export function ownTimeZone(now: number): string {
  if (process.env.TZ?.startsWith(':/')) delete process.env.TZ; // the machine's zone file, which Intl cannot read; without TZ the same zone applies
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
  return isKnown(timeZone) ? timeZone : offsetName(now);
}
