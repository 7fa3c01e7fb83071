/** The headless shell: the host with the console as a web page on its own port. */
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
import { hasScreen, openBrowser } from './open-browser.ts';
import { printPage } from './print-page.ts';
import { type ConsoleSession, consoleSession } from './session.ts';

/** Runs until it is told to stop. Resolves to an exit code when it could not start. */
export async function runHeadless(options: Options): Promise<number | undefined> {
  const say = messages(options.language);
  let session: ConsoleSession | undefined;
  let api_url = '';
  const consoleUrl = () => `${api_url}/console/?token=${session?.launchToken}`;
  const started = await startHost(options, realWorld(), {
    exportsTo: { url: EXPORTS_URL },
    print: () => {
      const browser = findChromium();
      return browser === null ? null : (hash) => printPage(browser, `${consoleUrl()}${hash}`, dataDirAt(options.dataDir).printing);
    },
    routes(app, { adminToken, exports }) {
      session = consoleSession(adminToken);
      consoleSite(app, session, options.language);
      exportRoute(app, session, exports);
    },
    sockets(listening, { connect, log }) {
      if (!session) throw new Error('the routes come first');
      const sockets = consoleSockets(listening, session, connect, log);
      return () => sockets.close();
    },
  });
  if (!started.ok) {
    process.stderr.write(`${started.message}\n`);
    return started.exitCode;
  }
  const { host } = started;
  stopOnSignals(host);

  api_url = host.api_url;
  const console_url = consoleUrl();
  sayReady(options, { api_url: host.api_url, console_url, data_dir: host.dataDir.path, admin_token_file: host.dataDir.adminToken });
  if (options.openBrowser && !options.json && hasScreen() && !(await openBrowser(console_url))) process.stderr.write(`${say.noBrowser}\n`);
  return undefined;
}
