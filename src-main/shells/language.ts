export type Language = 'ru' | 'en';

/** The operating system's language, from LC_ALL, LC_MESSAGES or LANG, otherwise from ICU. Anything but Russian counts as English. */
export function systemLanguage(env: NodeJS.ProcessEnv = process.env, icu = Intl.DateTimeFormat().resolvedOptions().locale): Language {
  const said = [env.LC_ALL, env.LC_MESSAGES, env.LANG].find((value) => value !== undefined && value !== '');
  return /^ru\b|^ru_/i.test(said ?? icu) ? 'ru' : 'en';
}
