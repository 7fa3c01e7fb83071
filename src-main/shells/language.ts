export type Language = 'ru' | 'en';

/** The operating system's language, from LC_ALL, LC_MESSAGES or LANG, otherwise from ICU. Anything but Russian counts as English. */
export function systemLanguage(env: NodeJS.ProcessEnv = process.env, icu = Intl.DateTimeFormat().resolvedOptions().locale): Language {
  const said = [env.LC_ALL, env.LC_MESSAGES, env.LANG].find((value) => value !== undefined && value !== '');
  return /^ru\b|^ru_/i.test(said ?? icu) ? 'ru' : 'en';
}

/** The first of a browser's languages (Accept-Language) that there are texts in; null: there is none. */
export function acceptedLanguage(header = ''): Language | null {
  const wanted = header
    .split(',')
    .map((part) => /^\s*(ru|en)\b[^;]*(?:;\s*q=([\d.]+))?/i.exec(part))
    .map((found) => ({ language: found?.[1]?.toLowerCase(), quality: Number(found?.[2] ?? 1) }))
    .filter(({ language, quality }) => language !== undefined && quality > 0);
  const first = wanted.toSorted((one, other) => other.quality - one.quality)[0];
  return first ? (first.language === 'ru' ? 'ru' : 'en') : null;
}
