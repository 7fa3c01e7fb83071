import { describe, expect, test } from 'vitest';
import { EXIT } from './exit-codes.ts';
import { systemLanguage } from './language.ts';
import { helpText, readCommandLine } from './options.ts';

describe('the command line', () => {
  test('without options, starts a window on the configured port in the language of the system', () => {
    expect(readCommandLine([], 'ru')).toEqual({
      kind: 'run',
      options: {
        headless: false,
        dataDir: undefined,
        port: undefined,
        host: undefined,
        allowedHosts: [],
        tls: undefined,
        insecure: false,
        demo: false,
        language: 'ru',
        languageAsked: false,
        json: false,
        hidden: false,
        openBrowser: true,
        verbose: false,
        restore: undefined,
        acceptForeign: false,
      },
    });
  });

  test('accepts every option of the contract', () => {
    const args = [
      '--headless',
      '--data-dir',
      '/tmp/x',
      '--port=0',
      '--host',
      '0.0.0.0',
      '--allow-host',
      'Desk.example.com',
      '--allow-host=localhost:8000',
      '--tls-cert',
      'cert.pem',
      '--tls-key',
      'key.pem',
      '--demo',
      '--lang',
      'en',
      '--json',
      '--hidden',
      '--no-open',
      '--verbose',
      '--restore',
      'latest',
    ];
    expect(readCommandLine(args, 'ru')).toEqual({
      kind: 'run',
      options: {
        headless: true,
        dataDir: '/tmp/x',
        port: 0,
        host: '0.0.0.0',
        allowedHosts: [
          { name: 'desk.example.com', port: null },
          { name: 'localhost', port: 8000 },
        ],
        tls: { cert: 'cert.pem', key: 'key.pem' },
        insecure: false,
        demo: true,
        language: 'en',
        languageAsked: true,
        json: true,
        hidden: true,
        openBrowser: false,
        verbose: true,
        restore: 'latest',
        acceptForeign: false,
      },
    });
  });

  test.each([
    [['--frobnicate'], 'Unknown option --frobnicate. --help lists the options.'],
    [['-x'], 'Unknown option -x. --help lists the options.'],
    [['--toString'], 'Unknown option --toString. --help lists the options.'],
    [['data'], 'Unexpected argument "data". --help lists the options.'],
    [['--port'], '--port needs a value: --port N'],
    [['--data-dir', '--json'], '--data-dir needs a value: --data-dir DIR'],
    [['--data-dir='], '--data-dir needs a value: --data-dir DIR'],
    [['--json=yes'], '--json takes no value.'],
    [['--port', '65536'], '--port must be a whole number from 0 to 65535, not "65536".'],
    [['--port', '80a'], '--port must be a whole number from 0 to 65535, not "80a".'],
    [
      ['--allow-host', '*.example.com'],
      '--allow-host must be a name or an address, with a port or without, such as desk.example.com or localhost:8000, not "*.example.com".',
    ],
    [['--tls-cert', 'x'], '--tls-cert and --tls-key belong together: give both, or neither.'],
    [['--host', '0.0.0.0', '--insecure', '--tls-cert', 'x', '--tls-key', 'y'], '--insecure and --tls-cert contradict each other.'],
    [['--insecure'], '--insecure is for a desk that other machines reach: give --host as well.'],
    [['--insecure', '--host', 'localhost'], '--insecure is for a desk that other machines reach: give --host as well.'],
    [['--lang', 'de'], '--lang must be ru or en, not "de".'],
  ])('refuses %j with a reason', (args, message) => {
    expect(readCommandLine(args, 'en')).toEqual({ kind: 'wrong', message });
  });

  test('reports errors in the requested language', () => {
    expect(readCommandLine(['--lang', 'ru', '--port', 'x'], 'en')).toEqual({ kind: 'wrong', message: '--port — целое число от 0 до 65535, а не «x».' });
  });

  test('help names every option in both languages', () => {
    for (const language of ['ru', 'en'] as const)
      for (const name of [
        'headless',
        'data-dir DIR',
        'port N',
        'host ADDR',
        'allow-host NAME[:PORT]',
        'tls-cert FILE',
        'tls-key FILE',
        'insecure',
        'demo',
        'lang ru|en',
        'json',
        'hidden',
        'no-open',
        'restore FILE|latest',
        'accept-foreign',
        'verbose',
        'help',
        'version',
      ])
        expect(helpText(language)).toContain(`--${name}`);
    for (const code of Object.values(EXIT)) expect(helpText('en')).toMatch(new RegExp(`^  ${code}  \\w`, 'm'));
  });
});

describe('the language of the system', () => {
  test.each([
    [{ LC_ALL: 'ru_RU.UTF-8', LANG: 'en_US.UTF-8' }, 'en-US', 'ru'],
    [{ LANG: 'C.UTF-8' }, 'ru-RU', 'en'],
    [{ LC_ALL: '', LANG: 'ru' }, 'en', 'ru'],
    [{}, 'ru-RU', 'ru'],
    [{ LANG: 'run_XX' }, 'ru', 'en'],
  ] as const)('%j with ICU %s is %s', (env, icu, language) => {
    expect(systemLanguage(env, icu)).toBe(language);
  });
});
