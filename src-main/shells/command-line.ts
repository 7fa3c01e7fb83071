/** First step of both shells: parse the arguments, answer --help and --version, reject invalid options. */
import { EXIT } from './exit-codes.ts';
import { systemLanguage } from './language.ts';
import { helpText, type Options, readCommandLine } from './options.ts';
import { appVersion } from './version.ts';

export type Asked = { readonly kind: 'run'; readonly options: Options } | { readonly kind: 'exit'; readonly code: number };

/** Parses the arguments. Prints help, version and errors itself. */
export function answerCommandLine(args: readonly string[]): Asked {
  const asked = readCommandLine(args, systemLanguage());
  switch (asked.kind) {
    case 'run':
      return asked;
    case 'help':
      process.stdout.write(`${helpText(asked.language)}\n`);
      return { kind: 'exit', code: 0 };
    case 'version':
      process.stdout.write(`${appVersion()}\n`);
      return { kind: 'exit', code: 0 };
    case 'wrong':
      process.stderr.write(`${asked.message}\n`);
      return { kind: 'exit', code: EXIT.usage };
  }
}
