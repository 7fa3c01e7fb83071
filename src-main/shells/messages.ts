/** Messages of the shells to the person who starts them, in both languages. */
import { newLinkCommand as newLink } from '#shared/new-link-command.ts';
import { NotOurs, type NotOursReason } from '#vault/own-files.ts';
import { EXIT } from './exit-codes.ts';
import type { Language } from './language.ts';

const en = {
  usage: 'Usage: npm start [-- OPTIONS]',
  options: 'Options:',
  exitCodesTitle: 'Exit codes:',
  exitCodes: {
    0: 'ended in order',
    1: 'cannot start, for the reason that it says',
    2: 'wrong options',
    3: 'already running on this data directory',
    4: 'the port is taken',
    5: 'the database is damaged, missing or another one: restore a backup',
    6: 'the backup could not be restored; nothing was changed',
    7: 'the data directory, or something in it, belongs to another account',
  },
  unknownOption: (name: string) => `Unknown option ${name}. --help lists the options.`,
  unexpectedArgument: (value: string) => `Unexpected argument "${value}". --help lists the options.`,
  needsValue: (name: string, value: string) => `${name} needs a value: ${name} ${value}`,
  takesNoValue: (name: string) => `${name} takes no value.`,
  badPort: (value: string) => `--port must be a whole number from 0 to 65535, not "${value}".`,
  badLanguage: (value: string) => `--lang must be ru or en, not "${value}".`,
  badAllowedHost: (value: string) =>
    `--allow-host must be a name or an address, with a port or without, such as desk.example.com or localhost:8000, not "${value}".`,
  tlsNeedsBoth: '--tls-cert and --tls-key belong together: give both, or neither.',
  insecureWithTls: '--insecure and --tls-cert contradict each other.',
  insecureAlone: '--insecure is for a desk that other machines reach: give --host as well.',
  badCertificate: (file: string, why: string) => `The certificate cannot be used. ${file}: ${why}`,
  certificateFaults: {
    certificate: 'it contains no certificate in PEM format',
    key: 'it contains no private key in PEM format without a password',
    mismatch: 'it is not the key of the certificate',
    ENOENT: 'there is no such file',
  } as Readonly<Record<string, string>>,
  badDataDir: (dir: string, why: string) => `The data directory ${dir} cannot be used: ${why}`,
  /** entries of a data directory that must not be used; nothing has been opened or changed at that point */
  notOurs: {
    link: (path: string) =>
      `${path} is a link, and nobody can say whose file is behind it. Nothing was opened. Remove the link, or choose another folder with --data-dir.`,
    owner: (path: string) =>
      `${path} belongs to another account of this computer. Nothing was opened. Choose another folder with --data-dir; if the folder is yours, give it to this account (chown -R).`,
    kind: (path: string) =>
      `${path} is not a plain file or folder, as it would have to be. Nothing was opened. Remove it, or choose another folder with --data-dir.`,
    open_to_others: (path: string) =>
      `Other accounts of this computer may write to ${path}. Nothing was opened. Choose an empty folder with --data-dir, or take that right from them first (chmod go-w).`,
  } satisfies Record<NotOursReason, (path: string) => string>,
  alreadyRunning: (dir: string, pid: number | null) =>
    pid === null ? `Switchyard is already running on ${dir}.` : `Switchyard is already running on ${dir} (process ${pid}).`,
  portTaken: (port: number) => `Port ${port} is taken by another program. Stop it, or choose another port with --port N (0 picks a free one).`,
  badHost: (host: string, why: string) => `Cannot listen on ${host}: ${why}`,
  /** texts for system error codes that a person can cause */
  systemErrors: {
    EACCES: 'the system does not allow it to this account',
    EPERM: 'the system does not allow it to this account',
    ENOTDIR: 'a part of this path is a file',
    EEXIST: 'it is a file, not a folder',
    EROFS: 'the disk is read-only',
    ENOSPC: 'the disk is full',
    EADDRNOTAVAIL: 'this computer does not have that address',
    ENOTFOUND: 'no address is known for that name',
  } as Readonly<Record<string, string>>,
  databaseRefused: (why: string) => `The database cannot be opened: ${why}`,
  refusal: {
    reason: {
      missing: (file: string) => `The database ${file} is gone.`,
      empty: (file: string) => `The database ${file} is empty, and it was not.`,
      damaged: (file: string) => `The database ${file} is damaged.`,
      another: (file: string) => `The database ${file} is not the one that was here last, or an older state of it.`,
    },
    untouched: 'Nothing was written to it.',
    lastGood: (time: string, revision: number, path: string) => `The last verified backup is of ${time} (revision ${revision}): ${path}`,
    lostUntil: (from: string, until: string) => `Restoring it loses what was accepted from ${from} to ${until}.`,
    lostSince: (from: string) => `Restoring it loses what was accepted after ${from}.`,
    restore: (backups: string, quarantine: string) =>
      `Start with --restore latest to restore it, or with --restore FILE for another one of ${backups}. The present files are kept in ${quarantine}.`,
    noBackup: (backups: string, dir: string) =>
      `No verified backup was found in ${backups}. Start with --restore FILE if you have one elsewhere; to begin anew, move ${dir} away.`,
  },
  restored: (from: string, revision: number) => `Restored: ${from} (revision ${revision}).`,
  restoredBefore: (path: string) => `The state before is kept; this takes it back: --restore ${path}`,
  restoredQuarantine: (folder: string) => `The files that were there are kept in ${folder}.`,
  restoreFailed: {
    no_such_backup: (wanted: string) => `There is no ${wanted === 'latest' ? 'verified backup' : `backup ${wanted}`} to restore. Nothing was changed.`,
    unusable: (why: string) => `The backup cannot be restored: ${why}. Nothing was changed.`,
  },
  /** about a backup that this desk did not seal */
  foreign: {
    foreign: (machine: string, desk: string) => `It says that the desk ${desk} on the computer ${machine} made it.`,
    broken: (machine: string, desk: string) =>
      `It says that this desk made it (${desk}, on the computer ${machine}), but it was changed or renamed since, or this desk has lost its backup-key.`,
    none: 'It has no seal: nobody can say who made it.',
    sources: (names: string) => `Sources in it: ${names}.`,
    refused: (path: string, whose: string) =>
      `The backup ${path} is not one that this desk sealed. ${whose} Nothing was changed. Restored, its keys open this desk, and its people and contacts take the place of those here. If that is what you want, start with --restore FILE --accept-foreign.`,
    accepted: (whose: string) => `Warning: this backup was not sealed by this desk. ${whose} Look through its sources and keys.`,
  },
  open: {
    plain: (host: string) =>
      `Warning: reachable from other machines without encryption (--host ${host} --insecure). Whoever is on the network can read leads and tokens.`,
    given: (host: string) => `Reachable from other machines, over TLS (--host ${host}). Anyone with a token can use it.`,
    own: (host: string, fingerprint: string) =>
      `Reachable from other machines, over TLS with the desk's own certificate (--host ${host}). Browsers warn at the first visit: compare the fingerprint there, SHA-256 ${fingerprint}`,
  },
  demoNotEmpty: 'The workspace is not empty and has no demo sources: the demo bot stays off.',
  running: (version: string) => `Switchyard ${version} is running.`,
  wasClosed: (from: string, until: string, wasStopped: boolean) =>
    wasStopped
      ? `No contacts could be accepted from ${from} to ${until}: Switchyard was closed.`
      : `No contacts could be accepted from about ${from} to ${until}: Switchyard ended unexpectedly.`,
  where: { console: 'Console', api: 'HTTP API', also: 'Also at', docs: 'API docs', token: 'Admin token', data: 'Data', stop: 'Stop with Ctrl+C.' },
  linkHint: 'The console link opens one console, once, within five minutes.',
  noBrowser: 'The browser could not be opened; open the console link yourself.',
  linkSpent: {
    title: 'This link has been used, or is too old',
    why: 'A link opens one console, once, within five minutes.',
    how: 'For another one: Settings → Sessions → New link, in a console that is open.',
    onTheMachine: 'Or start Switchyard again; or, while it runs, run this in its data folder on the machine that it runs on. The answer has the link.',
    command: newLink,
    open: 'Has this browser had the console open before? Then go on there.',
  },
  invitationSpent: {
    title: 'This invitation has been used, was replaced, or is too old',
    why: 'An invitation works once, for a day. A newer one replaces it.',
    how: 'If you have chosen a password, sign in with it. Otherwise ask your administrator for a new invitation: Settings → People → New link.',
  },
  openingConsole: 'Opening the Switchyard console…',
  menu: {
    file: 'File',
    edit: 'Edit',
    view: 'View',
    window: 'Window',
    help: 'Help',
    quit: 'Quit',
    undo: 'Undo',
    redo: 'Redo',
    cut: 'Cut',
    copy: 'Copy',
    paste: 'Paste',
    selectAll: 'Select All',
    reload: 'Reload',
    devTools: 'Developer Tools',
    actualSize: 'Actual Size',
    zoomIn: 'Zoom In',
    zoomOut: 'Zoom Out',
    fullScreen: 'Full Screen',
    minimize: 'Minimize',
    settings: 'Settings…',
    whenClosed: 'When the Window Is Closed',
    onClose: { ask: 'Ask', stay: 'Stay in the Tray', stop: 'Stop Accepting Contacts' },
    startAtLogin: 'Start with the System',
    palette: 'Find Anything',
    wallboard: 'Wallboard',
    keys: 'Keys',
    logs: 'Open Log Folder',
    data: 'Open Data Folder',
    docs: 'API Documentation',
    about: 'About Switchyard',
  },
  about: { title: 'About Switchyard', what: 'A lead distribution desk for call centers.', copy: 'Copy', close: 'Close' },
  tray: {
    waiting: (n: number) => `${n} waiting`,
    load: (percent: number) => `load ${percent} %`,
    nobody: 'nobody active',
    show: 'Show the Window',
    wallboard: 'Wallboard',
    quit: 'Quit',
  },
  alerts: {
    warn: 'Worth a look',
    bad: 'Needs somebody',
    waiting: (n: number) => `Waiting: ${n}`,
    oldest_wait_seconds: (n: number) => `The longest wait: ${Math.floor(n / 60)} min ${n % 60} s`,
    load_percent: (n: number) => `Load: ${n} %`,
    active_operators: (n: number) => `Active operators: ${n}`,
    service_level_percent: (n: number) => `Accepted on time: ${n} %`,
  },
  closing: {
    title: 'Close the Window',
    question: 'Keep accepting contacts while the window is closed?',
    waiting: (n: number) => (n === 0 ? 'No contacts are waiting.' : `Contacts waiting: ${n}.`),
    callers: (names: readonly string[], more: number) =>
      names.length === 0 ? 'No bot has called in the last hour.' : `Called in the last hour: ${names.join(', ')}${more === 0 ? '' : `, and ${more} more`}.`,
    stays: 'In the tray, contacts are accepted and assigned as before. The icon in the tray brings the window back, and so does starting Switchyard again.',
    stops: 'If you stop, no bot can submit contacts until the next start.',
    remembered: 'Your choice is remembered. You can change it in Settings.',
    stay: 'Stay in the Tray',
    stop: 'Stop Accepting Contacts',
    cancel: 'Cancel',
  },
  failedTitle: 'Switchyard cannot start',
};
export type Messages = typeof en;

const ru: Messages = {
  usage: 'Запуск: npm start [-- ПАРАМЕТРЫ]',
  options: 'Параметры:',
  exitCodesTitle: 'Коды завершения:',
  exitCodes: {
    0: 'завершено по порядку',
    1: 'не запускается, причина названа',
    2: 'неверные параметры',
    3: 'уже работает с этим каталогом данных',
    4: 'порт занят',
    5: 'база повреждена, пропала или не та: нужно восстановить копию',
    6: 'копия не восстановлена; ничего не изменено',
    7: 'каталог данных или что-то в нём принадлежит другой учётной записи',
  },
  unknownOption: (name) => `Неизвестный параметр ${name}. Список параметров: --help.`,
  unexpectedArgument: (value) => `Лишний аргумент «${value}». Список параметров: --help.`,
  needsValue: (name, value) => `Параметру ${name} нужно значение: ${name} ${value}`,
  takesNoValue: (name) => `У параметра ${name} нет значения.`,
  badPort: (value) => `--port — целое число от 0 до 65535, а не «${value}».`,
  badLanguage: (value) => `--lang — ru или en, а не «${value}».`,
  badAllowedHost: (value) => `--allow-host — имя или адрес, с портом или без: desk.example.com или localhost:8000, а не «${value}».`,
  tlsNeedsBoth: '--tls-cert и --tls-key нужны вместе: укажите оба или ни одного.',
  insecureWithTls: '--insecure и --tls-cert исключают друг друга.',
  insecureAlone: '--insecure — для рабочего места, доступного с других компьютеров: укажите и --host.',
  badCertificate: (file, why) => `Сертификат не подходит. ${file}: ${why}`,
  certificateFaults: {
    certificate: 'в файле нет сертификата в формате PEM',
    key: 'в файле нет закрытого ключа в формате PEM без пароля',
    mismatch: 'это ключ не от этого сертификата',
    ENOENT: 'такого файла нет',
  },
  badDataDir: (dir, why) => `Каталог данных ${dir} не подходит: ${why}`,
  notOurs: {
    link: (path) => `${path} — ссылка, и чей файл за ней, неизвестно. Ничего не открыто. Уберите ссылку или выберите другой каталог: --data-dir.`,
    owner: (path) =>
      `${path} принадлежит другой учётной записи этого компьютера. Ничего не открыто. Выберите другой каталог: --data-dir; если каталог ваш, передайте его этой учётной записи (chown -R).`,
    kind: (path) => `${path} — не обычный файл или каталог, каким должен быть. Ничего не открыто. Уберите его или выберите другой каталог: --data-dir.`,
    open_to_others: (path) =>
      `В ${path} могут писать другие учётные записи этого компьютера. Ничего не открыто. Выберите пустой каталог: --data-dir — или сначала отнимите у них это право (chmod go-w).`,
  },
  alreadyRunning: (dir, pid) => (pid === null ? `Switchyard уже работает с ${dir}.` : `Switchyard уже работает с ${dir} (процесс ${pid}).`),
  portTaken: (port) => `Порт ${port} занят другой программой. Остановите её или выберите другой порт: --port N (0 — любой свободный).`,
  badHost: (host, why) => `Не удаётся слушать ${host}: ${why}`,
  systemErrors: {
    EACCES: 'система не разрешает этого этой учётной записи',
    EPERM: 'система не разрешает этого этой учётной записи',
    ENOTDIR: 'часть этого пути — файл',
    EEXIST: 'это файл, а не каталог',
    EROFS: 'диск доступен только для чтения',
    ENOSPC: 'на диске нет места',
    EADDRNOTAVAIL: 'у этого компьютера нет такого адреса',
    ENOTFOUND: 'адрес с таким именем не найден',
  },
  databaseRefused: (why) => `База данных не открывается: ${why}`,
  refusal: {
    reason: {
      missing: (file) => `База данных ${file} пропала.`,
      empty: (file) => `База данных ${file} пуста, а пустой не была.`,
      damaged: (file) => `База данных ${file} повреждена.`,
      another: (file) => `База данных ${file} не та, что была здесь в последний раз, или её более старое состояние.`,
    },
    untouched: 'В неё ничего не записано.',
    lastGood: (time, revision, path) => `Последняя проверенная копия — от ${time} (ревизия ${revision}): ${path}`,
    lostUntil: (from, until) => `При восстановлении пропадёт принятое с ${from} по ${until}.`,
    lostSince: (from) => `При восстановлении пропадёт принятое после ${from}.`,
    restore: (backups, quarantine) =>
      `Запустите с --restore latest, чтобы восстановить её, или с --restore ФАЙЛ — другую из ${backups}. Нынешние файлы сохранятся в ${quarantine}.`,
    noBackup: (backups, dir) =>
      `Проверенной копии в ${backups} нет. Если копия есть в другом месте, запустите с --restore ФАЙЛ; чтобы начать заново, уберите ${dir}.`,
  },
  restored: (from, revision) => `Восстановлено: ${from} (ревизия ${revision}).`,
  restoredBefore: (path) => `Прежнее состояние сохранено; вернуть его: --restore ${path}`,
  restoredQuarantine: (folder) => `Прежние файлы сохранены в ${folder}.`,
  restoreFailed: {
    no_such_backup: (wanted) => `${wanted === 'latest' ? 'Проверенной копии' : `Копии ${wanted}`} нет, восстанавливать нечего. Ничего не изменено.`,
    unusable: (why) => `Копию нельзя восстановить: ${why}. Ничего не изменено.`,
  },
  foreign: {
    foreign: (machine, desk) => `По её словам, её сделало рабочее место ${desk} на компьютере ${machine}.`,
    broken: (machine, desk) =>
      `По её словам, её сделало это рабочее место (${desk}, на компьютере ${machine}), но с тех пор её изменили или переименовали, или это место потеряло свой backup-key.`,
    none: 'На ней нет печати: кто её сделал, неизвестно.',
    sources: (names) => `Источники в ней: ${names}.`,
    refused: (path, whose) =>
      `На копии ${path} нет печати этого рабочего места. ${whose} Ничего не изменено. После восстановления её ключи откроют это рабочее место, а её люди и обращения заменят здешние. Если это и нужно, запустите с --restore ФАЙЛ --accept-foreign.`,
    accepted: (whose) => `Внимание: на этой копии нет печати этого рабочего места. ${whose} Просмотрите её источники и ключи.`,
  },
  open: {
    plain: (host) => `Внимание: доступно с других компьютеров без шифрования (--host ${host} --insecure). Лидов и ключи увидит всякий в этой сети.`,
    given: (host) => `Доступно с других компьютеров, по TLS (--host ${host}). Пользоваться может любой, у кого есть ключ.`,
    own: (host, fingerprint) =>
      `Доступно с других компьютеров, по TLS со своим сертификатом (--host ${host}). При первом входе браузер предупредит: сверьте отпечаток, SHA-256 ${fingerprint}`,
  },
  demoNotEmpty: 'Рабочее место не пустое и без демонстрационных источников: демо-бот не запущен.',
  running: (version) => `Switchyard ${version} работает.`,
  wasClosed: (from, until, wasStopped) =>
    wasStopped
      ? `С ${from} до ${until} обращения не принимались: Switchyard был закрыт.`
      : `Примерно с ${from} до ${until} обращения не принимались: работа Switchyard прервалась.`,
  where: {
    console: 'Пульт',
    api: 'HTTP API',
    also: 'Ещё адрес',
    docs: 'Описание API',
    token: 'Ключ администратора',
    data: 'Данные',
    stop: 'Остановить: Ctrl+C.',
  },
  linkHint: 'Ссылка на пульт открывает один пульт, один раз, в течение пяти минут.',
  noBrowser: 'Браузер открыть не удалось; откройте ссылку на пульт сами.',
  linkSpent: {
    title: 'Эта ссылка уже использована или устарела',
    why: 'Ссылка открывает один пульт, один раз, в течение пяти минут.',
    how: 'Новая ссылка: Настройки → Сеансы → Новая ссылка, в пульте, который открыт.',
    onTheMachine: 'Или запустите Switchyard снова; или, пока он работает, выполните это в его каталоге данных на том компьютере. В ответе будет ссылка.',
    command: newLink,
    open: 'Пульт уже был открыт в этом браузере? Тогда перейдите к нему.',
  },
  invitationSpent: {
    title: 'Это приглашение уже использовано, заменено или устарело',
    why: 'Приглашение действует один раз, в течение суток. Новое заменяет прежнее.',
    how: 'Если вы уже выбрали пароль, войдите с ним. Иначе попросите у администратора новое приглашение: Настройки → Люди → Новая ссылка.',
  },
  openingConsole: 'Открывается пульт Switchyard…',
  menu: {
    file: 'Файл',
    edit: 'Правка',
    view: 'Вид',
    window: 'Окно',
    help: 'Справка',
    quit: 'Выйти',
    undo: 'Отменить',
    redo: 'Повторить',
    cut: 'Вырезать',
    copy: 'Копировать',
    paste: 'Вставить',
    selectAll: 'Выделить всё',
    reload: 'Обновить',
    devTools: 'Инструменты разработчика',
    actualSize: 'Обычный размер',
    zoomIn: 'Крупнее',
    zoomOut: 'Мельче',
    fullScreen: 'Во весь экран',
    minimize: 'Свернуть',
    settings: 'Настройки…',
    whenClosed: 'При закрытии окна',
    onClose: { ask: 'Спросить', stay: 'Остаться в трее', stop: 'Прекратить приём' },
    startAtLogin: 'Запускать вместе с системой',
    palette: 'Найти что угодно',
    wallboard: 'Табло',
    keys: 'Клавиши',
    logs: 'Открыть папку журналов',
    data: 'Открыть папку данных',
    docs: 'Описание API',
    about: 'О программе Switchyard',
  },
  about: { title: 'О программе Switchyard', what: 'Распределение обращений между операторами колл-центра.', copy: 'Скопировать', close: 'Закрыть' },
  tray: {
    waiting: (n) => `ждут: ${n}`,
    load: (percent) => `загрузка ${percent} %`,
    nobody: 'никого на линии',
    show: 'Показать окно',
    wallboard: 'Табло',
    quit: 'Выйти',
  },
  alerts: {
    warn: 'Пора посмотреть',
    bad: 'Нужен человек',
    waiting: (n) => `Ждут: ${n}`,
    oldest_wait_seconds: (n) => `Дольше всех ждут ${Math.floor(n / 60)} мин ${n % 60} с`,
    load_percent: (n) => `Загрузка: ${n} %`,
    active_operators: (n) => `Операторов на линии: ${n}`,
    service_level_percent: (n) => `Вовремя взято: ${n} %`,
  },
  closing: {
    title: 'Закрыть окно',
    question: 'Принимать обращения, пока окно закрыто?',
    waiting: (n) => (n === 0 ? 'Сейчас никто не ждёт.' : `Обращений в очереди: ${n}.`),
    callers: (names, more) =>
      names.length === 0 ? 'За последний час боты не обращались.' : `За последний час обращались: ${names.join(', ')}${more === 0 ? '' : ` и ещё ${more}`}.`,
    stays: 'В трее приём и распределение продолжаются. Окно вернёт значок в трее или повторный запуск Switchyard.',
    stops: 'Если прекратить приём, боты не смогут передать обращения до следующего запуска.',
    remembered: 'Выбор запомнится. Изменить его можно в настройках.',
    stay: 'Остаться в трее',
    stop: 'Прекратить приём',
    cancel: 'Отмена',
  },
  failedTitle: 'Switchyard не запускается',
};

const byLanguage = { ru, en } satisfies Record<Language, Messages>;
export const messages = (language: Language): Messages => byLanguage[language];

/** Describes a file or network error, in the reader's language where there is a text. */
/** What is wrong with a certificate or key; `why` is a key of `certificateFaults` or the system's code. */
export const certificateFault = (say: Messages, { why }: { readonly why: string }): string => say.certificateFaults[why] ?? say.systemErrors[why] ?? why;

export function systemError(say: Messages, error: unknown): string {
  const { code = '', message } = error as NodeJS.ErrnoException;
  return say.systemErrors[code] ?? message;
}

/** Explains why a data directory cannot be used, with the exit code. */
export function dataDirProblem(say: Messages, dir: string, error: unknown): { exitCode: number; message: string } {
  if (error instanceof NotOurs) return { exitCode: EXIT.not_ours, message: say.notOurs[error.reason](error.path) };
  return { exitCode: EXIT.failure, message: say.badDataDir(dir, systemError(say, error)) };
}
