/** Switches of Chromium and Node.js that people and tools add to the command line of Electron programs. All others are ours. */
const NOT_OURS =
  /^--?(no-sandbox|disable-|enable-|ozone-|use-gl|use-angle|force-|in-process-gpu|remote-debugging-|inspect|js-flags|password-store|gtk-version|user-data-dir|trace-|original-process-start-time|psn_)/;

/**
 * Our part of the command line. Unpackaged it is `electron [switches] APP [ours]`, packaged `switchyard [switches and ours]`.
 */
export function ourArguments(argv: readonly string[], isPackaged: boolean): string[] {
  const given = argv.slice(1);
  const ours = isPackaged ? given : given.slice(given.findIndex((arg) => !arg.startsWith('-')) + 1);
  return ours.filter((arg) => !NOT_OURS.test(arg));
}
