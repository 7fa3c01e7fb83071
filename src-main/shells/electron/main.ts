/**
 * Entry under Electron. Electron fires `ready` only after this module has been evaluated, so nothing here may await it.
 */
import { app } from 'electron';
import { answerCommandLine } from '#shells/command-line.ts';
import { EXIT } from '#shells/exit-codes.ts';
import { runHeadless } from '#shells/headless/run.ts';
import { ourArguments } from './arguments.ts';
import { runDesktop } from './desktop.ts';

const asked = answerCommandLine(ourArguments(process.argv, app.isPackaged));
if (asked.kind === 'exit') app.exit(asked.code);
else {
  const run = asked.options.headless ? runHeadless(asked.options) : runDesktop(asked.options);
  run
    .then((code) => {
      if (code !== undefined) app.exit(code);
    })
    .catch((error: unknown) => {
      process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
      app.exit(EXIT.failure);
    });
}
