/** Name of a browser and its system from the User-Agent: the first match, since most name other browsers as well. */
const BROWSERS = [
  ['YaBrowser/', 'Yandex'],
  ['Edg/', 'Edge'],
  ['OPR/', 'Opera'],
  ['Firefox/', 'Firefox'],
  ['Chrome/', 'Chrome'],
  ['Safari/', 'Safari'],
] as const;
const SYSTEMS = [
  ['Android', 'Android'],
  ['iPhone', 'iPhone'],
  ['iPad', 'iPad'],
  ['Windows', 'Windows'],
  ['Mac OS X', 'macOS'],
  ['CrOS', 'ChromeOS'],
  ['Linux', 'Linux'],
] as const;

/** `Firefox, Linux`; the beginning of the User-Agent when unknown. */
export function browserName(user_agent: string): string {
  const of = (known: readonly (readonly [string, string])[]) => known.find(([sign]) => user_agent.includes(sign))?.[1];
  const browser = of(BROWSERS);
  if (browser === undefined) return user_agent.slice(0, 40) || '?';
  return [browser, of(SYSTEMS)].filter(Boolean).join(', ');
}
