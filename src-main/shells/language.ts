export type Language = 'ru' | 'en';

/** The operating system's language: what LC_ALL, LC_MESSAGES or LANG says, else what ICU found. Anything but Russian is English. */
export function systemLanguage(env: NodeJS.ProcessEnv = process.env, icu = Intl.DateTimeFormat().resolvedOptions().locale): Language {
  const said = [env.LC_ALL, env.LC_MESSAGES, env.LANG].find((value) => value !== undefined && value !== '');
  return /^ru\b|^ru_/i.test(said ?? icu) ? 'ru' : 'en';
}
