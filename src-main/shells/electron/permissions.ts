import type { Session } from 'electron';

/** The page's only permissions: copying (a source's curl command, a decision) and full screen (the wallboard). By default Electron grants everything. */
const GRANTED: ReadonlySet<string> = new Set(['clipboard-sanitized-write', 'fullscreen']);

/** Refuses every permission of a session except those in `GRANTED`, and all devices. */
export function restrictPermissions(session: Session): void {
  session.setPermissionRequestHandler((_contents, permission, answer) => answer(GRANTED.has(permission)));
  session.setPermissionCheckHandler((_contents, permission) => GRANTED.has(permission));
  session.setDevicePermissionHandler(() => false);
}
