/**
 * Entry under plain Node.js. Checks the version of Node.js before loading anything else: better-sqlite3 needs
 * Node-API 10 and would crash an older version with a segmentation fault. Therefore nothing is imported statically here.
 */
export {}; // makes this file a module, for top-level await

const LEAST = [22, 14] as const;

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < LEAST[0] || (major === LEAST[0] && minor < LEAST[1])) {
  const isRussian = /^ru/i.test(process.env.LC_ALL || process.env.LANG || '');
  const [needed, here] = [LEAST.join('.'), process.versions.node];
  process.stderr.write(
    isRussian ? `Switchyard нужен Node.js ${needed} или новее, а здесь ${here}.\n` : `Switchyard needs Node.js ${needed} or newer; this is ${here}.\n`,
  );
  process.exitCode = 1;
} else {
  const { answerCommandLine } = await import('#shells/command-line.ts');
  const asked = answerCommandLine(process.argv.slice(2));
  if (asked.kind === 'exit') process.exitCode = asked.code;
  else {
    const { runHeadless } = await import('./run.ts');
    const code = await runHeadless(asked.options);
    if (code !== undefined) process.exit(code);
  }
}
