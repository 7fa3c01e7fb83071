/** The command line, the same for both shells. */
import { parseArgs } from 'node:util';
import type { AllowedHost } from '#intake/door.ts';
import { defaultSettings } from '#shared/contract/settings.ts';
import { isBeyondLoopback, readAllowedHost } from './addresses.ts';
import type { Language } from './language.ts';
import { messages } from './messages.ts';

export interface Options {
  readonly headless: boolean;
  /** undefined: the operating system's folder for application data */
  readonly dataDir: string | undefined;
  /** 0: any free port; undefined: the port in the workspace's settings */
  readonly port: number | undefined;
  /** undefined: both loopback addresses */
  readonly host: string | undefined;
  /** names that a Host header may carry besides loopback's */
  readonly allowedHosts: readonly AllowedHost[];
  /** certificate and key to use, paths of PEM files; undefined: the desk's own, where one is needed */
  readonly tls: { readonly cert: string; readonly key: string } | undefined;
  /** other machines are answered without encryption */
  readonly insecure: boolean;
  readonly demo: boolean;
  readonly language: Language;
  /** the language was given on the command line */
  readonly languageAsked: boolean;
  readonly json: boolean;
  /** the window is not shown until requested */
  readonly hidden: boolean;
  readonly openBrowser: boolean;
  readonly verbose: boolean;
  /** a backup to restore before starting: `latest`, its name, or a path */
  readonly restore: string | undefined;
  /** `restore` may name a backup that this desk did not seal */
  readonly acceptForeign: boolean;
}

export type CommandLine =
  | { readonly kind: 'run'; readonly options: Options }
  /** print `text` on stdout and exit 0 */
  | { readonly kind: 'help' | 'version'; readonly language: Language }
  /** print `message` on stderr and exit 2 */
  | { readonly kind: 'wrong'; readonly message: string };

const { port: DEFAULT_PORT } = defaultSettings;

interface Described {
  readonly type: 'boolean' | 'string';
  /** placeholder for the value in the help text */
  readonly value?: string;
  readonly help: Record<Language, string>;
}
const described = {
  headless: {
    type: 'boolean',
    help: {
      en: 'no window: the same engine under plain Node.js, the console in a browser',
      ru: 'без окна: тот же движок под обычным Node.js, пульт в браузере',
    },
  },
  'data-dir': {
    type: 'string',
    value: 'DIR',
    help: {
      en: 'database, backups, logs, tokens (default: the place for application data)',
      ru: 'база, копии, журналы, ключи (обычно — каталог данных приложений)',
    },
  },
  port: {
    type: 'string',
    value: 'N',
    help: {
      en: `HTTP port (default: as set in the console, ${DEFAULT_PORT} at first; 0 picks a free one)`,
      ru: `порт HTTP (обычно — как в настройках, сначала ${DEFAULT_PORT}; 0 — любой свободный)`,
    },
  },
  host: {
    type: 'string',
    value: 'ADDR',
    help: {
      en: 'address to listen on, over TLS (default: loopback only; 0.0.0.0: every address)',
      ru: 'адрес, на котором слушать, по TLS (обычно — только этот компьютер; 0.0.0.0 — все адреса)',
    },
  },
  'allow-host': {
    type: 'string',
    value: 'NAME[:PORT]',
    help: {
      en: 'a further name of the desk: of this computer, a domain, a proxy, a container (repeatable)',
      ru: 'ещё одно имя рабочего места: компьютера, домена, прокси, контейнера (можно повторять)',
    },
  },
  'tls-cert': {
    type: 'string',
    value: 'FILE',
    help: {
      en: "certificate and those above it, PEM (default with --host: the desk's own, made at the first start)",
      ru: 'сертификат и вышестоящие, PEM (обычно с --host — свой, созданный при первом запуске)',
    },
  },
  'tls-key': { type: 'string', value: 'FILE', help: { en: 'its key, PEM', ru: 'ключ к нему, PEM' } },
  insecure: {
    type: 'boolean',
    help: {
      en: 'with --host: no TLS; whoever is on the network can read leads and tokens',
      ru: 'с --host: без TLS; лидов и ключи увидит всякий в этой сети',
    },
  },
  demo: {
    type: 'boolean',
    help: { en: 'fill an empty data directory and run a demo bot', ru: 'заполнить пустой каталог данных и запустить демо-бота' },
  },
  lang: {
    type: 'string',
    value: 'ru|en',
    help: { en: "language (default: the one chosen in the window, else the system's)", ru: 'язык (обычно — выбранный в окне, иначе язык системы)' },
  },
  json: {
    type: 'boolean',
    help: {
      en: 'print one line of JSON instead of text when ready (npm start --silent omits its own lines)',
      ru: 'вместо текста напечатать одну строку JSON, когда всё готово (npm start --silent не добавит своих)',
    },
  },
  hidden: { type: 'boolean', help: { en: 'window: start in the tray, without showing it', ru: 'с окном: запуститься в трее, не показывая его' } },
  'no-open': { type: 'boolean', help: { en: 'headless: do not open the browser', ru: 'без окна: не открывать браузер' } },
  restore: {
    type: 'string',
    value: 'FILE|latest',
    help: {
      en: 'replace the database by a backup, keep the previous state, and start',
      ru: 'поставить копию на место базы, сохранить прежнее состояние и запуститься',
    },
  },
  'accept-foreign': {
    type: 'boolean',
    help: {
      en: 'with --restore FILE: also a backup of another desk, or one without a seal',
      ru: 'с --restore FILE: также копию другого рабочего места или без печати',
    },
  },
  verbose: { type: 'boolean', help: { en: 'logs to stderr as well', ru: 'журнал ещё и в stderr' } },
  help: { type: 'boolean', help: { en: 'this text', ru: 'этот текст' } },
  version: { type: 'boolean', help: { en: 'the version', ru: 'версия' } },
} as const satisfies Record<string, Described>;
type Name = keyof typeof described;
const isName = (name: string): name is Name => Object.hasOwn(described, name);
const isLanguage = (value: string | undefined): value is Language => value === 'ru' || value === 'en';

/** Parses the arguments after the program's own. Errors are in the language given with --lang, otherwise in the system's. */
export function readCommandLine(args: readonly string[], system: Language): CommandLine {
  const { tokens } = parseArgs({ args: [...args], options: { ...described }, strict: false, tokens: true });
  const given = new Map<Name, string | true>();
  const allowedHosts: AllowedHost[] = [];
  const asked = tokens.findLast((token) => token.kind === 'option' && token.name === 'lang');
  const askedLanguage = asked?.kind === 'option' ? asked.value : undefined;
  const language = isLanguage(askedLanguage) ? askedLanguage : system;
  const say = messages(language);
  const wrong = (message: string): CommandLine => ({ kind: 'wrong', message });

  for (const token of tokens) {
    if (token.kind === 'option-terminator') continue;
    if (token.kind === 'positional') return wrong(say.unexpectedArgument(token.value));
    const { name, rawName, value, inlineValue } = token;
    if (!isName(name) || rawName !== `--${name}`) return wrong(say.unknownOption(rawName));
    const option: Described = described[name];
    if (option.type === 'boolean') {
      if (value !== undefined) return wrong(say.takesNoValue(rawName));
      given.set(name, true);
      continue;
    }
    if (value === undefined || value === '' || (!inlineValue && value.startsWith('-'))) return wrong(say.needsValue(rawName, option.value ?? ''));
    if (name === 'allow-host') {
      const allowed = readAllowedHost(value);
      if (allowed === null) return wrong(say.badAllowedHost(value));
      allowedHosts.push(allowed);
    }
    given.set(name, value);
  }
  const text = (name: Name) => {
    const value = given.get(name);
    return value === true ? undefined : value;
  };

  if (given.has('help')) return { kind: 'help', language };
  if (given.has('version')) return { kind: 'version', language };
  const lang = text('lang');
  if (lang !== undefined && !isLanguage(lang)) return wrong(say.badLanguage(lang));
  const port = text('port');
  if (port !== undefined && (!/^\d{1,5}$/.test(port) || Number(port) > 65535)) return wrong(say.badPort(port));
  const [host, cert, key, insecure] = [text('host'), text('tls-cert'), text('tls-key'), given.has('insecure')];
  if ((cert === undefined) !== (key === undefined)) return wrong(say.tlsNeedsBoth);
  if (insecure && cert !== undefined) return wrong(say.insecureWithTls);
  if (insecure && !isBeyondLoopback(host)) return wrong(say.insecureAlone);
  return {
    kind: 'run',
    options: {
      headless: given.has('headless'),
      dataDir: text('data-dir'),
      port: port === undefined ? undefined : Number(port),
      host,
      allowedHosts,
      tls: cert === undefined || key === undefined ? undefined : { cert, key },
      insecure,
      demo: given.has('demo'),
      language,
      languageAsked: lang !== undefined,
      json: given.has('json'),
      hidden: given.has('hidden'),
      openBrowser: !given.has('no-open'),
      verbose: given.has('verbose'),
      restore: text('restore'),
      acceptForeign: given.has('accept-foreign'),
    },
  };
}

/** The text of `--help`, generated from the described options. */
export function helpText(language: Language): string {
  const say = messages(language);
  const rows = Object.entries<Described>(described).map(([name, { value, help }]) => ({
    left: value ? `--${name} ${value}` : `--${name}`,
    right: help[language],
  }));
  const width = Math.max(...rows.map((row) => row.left.length));
  const codes = Object.entries(say.exitCodes).map(([code, meaning]) => `  ${code}  ${meaning}`);
  return [say.usage, '', say.options, ...rows.map(({ left, right }) => `  ${left.padEnd(width)}  ${right}`), '', say.exitCodesTitle, ...codes].join('\n');
}
