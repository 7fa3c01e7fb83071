import type { HostInfo } from '#shared/contract/desk.ts';

/**
 * A terminal command that submits a first contact, and retries with the same key when the answer is lost. Works as pasted in any shell with single quotes.
 * A desk with a certificate of its own is called with a copy of that, from its data folder. The key goes through a pipe, because every user of the machine can read command lines.
 */
export function curlLine(
  { api_url, fingerprint }: Pick<HostInfo, 'api_url' | 'fingerprint'>,
  api_key: string,
  words: { readonly name: string; readonly message: string },
  idempotency_key: string,
): string {
  const body = JSON.stringify({ phone: '+79001234567', ...words });
  if (body.includes("'")) throw new Error('an apostrophe would end the quoted body');
  return [
    `printf 'Authorization: Bearer ${api_key}' | curl --retry 5 --retry-connrefused${fingerprint === null ? '' : ' --cacert tls-cert.pem'} '${api_url}/contacts'`,
    '-H @-',
    `-H 'Content-Type: application/json'`,
    `-H 'Idempotency-Key: ${idempotency_key}'`,
    `-d '${body}'`,
  ].join(' \\\n  ');
}
