/**
 * The console's page, the same in both shells, and what it may do: load our own files and talk to its host. No script and no style
 * stands in the page itself, but for the <style> elements of the UI kit, which carry a nonce that is new each time the page is given out.
 */
import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';

/** The build (electron.vite.config.ts, `html.cspNonce`) leaves this where the nonce belongs. */
const NONCE_PLACE = 'NONCE_OF_THIS_RESPONSE';

export interface ConsolePage {
  readonly html: string;
  /** for the header of the same response; the page does nothing without it */
  readonly policy: string;
}

export async function consolePage(indexFile: string): Promise<ConsolePage> {
  const nonce = newNonce();
  const html = await readFile(indexFile, 'utf8');
  return { html: html.replaceAll(NONCE_PLACE, nonce), policy: contentSecurityPolicy(nonce) };
}

export const newNonce = (): string => randomBytes(16).toString('base64url');

/**
 * In CSP 3 'self' covers the WebSocket of the same address too. `style` attributes are refused as well: React sets styles
 * by script, property by property, which is not what they are there for.
 * @param nonce of <style> elements; without it there may be none
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
