/** The headless shell: the host with the console as a web page on its own port. */
import { LINK_MS } from '#engine/access/sessions.ts';
import { startHost } from '#shells/compose.ts';
import { dataDirAt } from '#shells/data-dir.ts';
import { messages } from '#shells/messages.ts';
import type { Options } from '#shells/options.ts';
import { sayReady } from '#shells/ready.ts';
import { realWorld } from '#shells/real-world.ts';
import { stopOnSignals } from '#shells/shutdown.ts';
import { consoleSite } from './console-site.ts';
import { consoleSockets } from './console-socket.ts';
import { EXPORTS_URL, exportRoute } from './export-route.ts';
import { findChromium } from './find-chromium.ts';
import { hasScreen, openBrowser, removeOpener, writeOpener } from './open-browser.ts';
import { printPage } from './print-page.ts';

/** Runs until stopped. Resolves to an exit code if it could not start. */
export async function runHeadless(options: Options): Promise<number | undefined> {
  const say = messages(options.language);
  let printLink = () => '';
  let trusted = (): string | null => null;
  const started = await startHost(options, realWorld(), {
    servesConsole: true,
    exportsTo: { url: EXPORTS_URL },
    print: () => {
      const browser = findChromium();
      return browser === null ? null : (hash) => printPage(browser, { url: `${printLink()}${hash}`, trusted: trusted() }, dataDirAt(options.dataDir).printing);
    },
    routes(app, { sessions, signIn, exports }) {
      consoleSite(app, { sessions, signIn }, { asked: options.languageAsked ? options.language : null, usual: options.language });
      exportRoute(app, exports);
    },
    sockets(listening, { sessions, connect, dataDir, log }) {
      const sockets = consoleSockets(listening, sessions, connect, log);
      removeOpener(dataDir.openConsole);
      return () => {
        removeOpener(dataDir.openConsole);
        sockets.close();
      };
    },
  });
  if (!started.ok) {
    process.stderr.write(`${started.message}\n`);
    return started.exitCode;
  }
  const { host } = started;
  const { sessions, api_url, addresses, dataDir } = host;
  stopOnSignals(host);

  printLink = () => sessions.link(addresses.local, { passing: true }).url;
  trusted = () => host.certificates?.current().cert ?? null;
  const console_url = sessions.link(api_url).url;
  sayReady(options, { api_url, also: addresses.others, console_url, data_dir: dataDir.path, admin_token_file: dataDir.adminToken, closed: host.closed });
  if (options.openBrowser && !options.json && hasScreen()) {
    const remove = () => removeOpener(dataDir.openConsole);
    const { url } = sessions.link(addresses.local, { onOpened: remove });
    writeOpener(dataDir.openConsole, { url, text: say.openingConsole });
    setTimeout(remove, LINK_MS).unref();
    if (!(await openBrowser(dataDir.openConsole))) process.stderr.write(`${say.noBrowser}\n`);
  }
  return undefined;
}
