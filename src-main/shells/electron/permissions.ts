import type { Session } from 'electron';

/** Copying (the curl line of a source, a decision) and filling the screen (the wallboard) is all that the page may do with the machine; Electron grants the rest unless told otherwise. */
const GRANTED: ReadonlySet<string> = new Set(['clipboard-sanitized-write', 'fullscreen']);

export function restrictPermissions(session: Session): void {
  session.setPermissionRequestHandler((_contents, permission, answer) => answer(GRANTED.has(permission)));
  session.setPermissionCheckHandler((_contents, permission) => GRANTED.has(permission));
  session.setDevicePermissionHandler(() => false);
}
