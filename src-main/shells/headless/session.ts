/**
 * Who may see the console in a browser. The link printed at start carries a token that lives as long as the process; it is
 * exchanged for a cookie that follows from the admin token, so a page that is open survives a restart, and a new admin token ends it.
 */
import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

export interface ConsoleSession {
  /** goes into the link */
  readonly launchToken: string;
  isLaunchToken(token: string): boolean;
  /** `Set-Cookie`; browsers share cookies between the ports of a host, so the port is in the name */
  cookieFor(port: number): string;
  /** whether a request's `Cookie` header opens the console */
  isOpenedBy(cookieHeader: string | undefined, port: number): boolean;
}

const nameFor = (port: number) => `switchyard_${port}`;

export function consoleSession(adminToken: string): ConsoleSession {
  const launchToken = randomBytes(32).toString('base64url');
  const value = createHmac('sha256', adminToken).update('console session').digest('base64url');
  return {
    launchToken,
    isLaunchToken: (token) => same(token, launchToken),
    cookieFor: (port) => `${nameFor(port)}=${value}; Path=/console/; HttpOnly; SameSite=Strict`,
    isOpenedBy: (cookieHeader, port) => {
      const prefix = `${nameFor(port)}=`;
      const found = cookieHeader
        ?.split(';')
        .map((pair) => pair.trim())
        .find((pair) => pair.startsWith(prefix));
      return found !== undefined && same(found.slice(prefix.length), value);
    },
  };
}

/** Takes the same time wherever the two differ. */
function same(a: string, b: string): boolean {
  return timingSafeEqual(digest(a), digest(b));
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
