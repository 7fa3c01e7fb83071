/**
 * The console's page, the same in both shells, with its content security policy: it may load our own files and connect to its host. The page has no inline
 * scripts, and no inline styles except the <style> elements of the UI kit, which carry a nonce that is new for each response.
 */
import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';

/** The build (electron.vite.config.ts, `html.cspNonce`) puts this placeholder where the nonce belongs. */
const NONCE_PLACE = 'NONCE_OF_THIS_RESPONSE';

export interface ConsolePage {
  readonly html: string;
  /** policy header for the same response; the page does not work without it */
  readonly policy: string;
}

/** The page and its Content Security Policy, with a nonce of their own. */
export async function consolePage(indexFile: string): Promise<ConsolePage> {
  const nonce = newNonce();
  const html = await readFile(indexFile, 'utf8');
  return { html: html.replaceAll(NONCE_PLACE, nonce), policy: contentSecurityPolicy(nonce) };
}

/** 128 random bits, base64url. */
export const newNonce = (): string => randomBytes(16).toString('base64url');

/**
 * In CSP 3, 'self' also covers the WebSocket of the same origin. `style` attributes are forbidden as well: React sets styles
 * by script, property by property, which the policy does not affect.
 * @param nonce of <style> elements; without it none are allowed
 */
export function contentSecurityPolicy(nonce?: string): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self'${nonce === undefined ? '' : ` 'nonce-${nonce}'`}`,
    "worker-src 'self'",
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}
