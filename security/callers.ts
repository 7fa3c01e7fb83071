/** Every kind of token combined with every kind of Host and Origin: 144 callers who try to submit a contact, and what each learns. */
import type { Finding } from '../faults/harness/verdict.ts';
import { exchange, requestOf } from './harness/raw.ts';
import { changed, onStage, type Stage } from './harness/stage.ts';

interface Token {
  readonly name: string;
  readonly headers: readonly string[];
  readonly target?: string;
  readonly isGood?: true;
}

interface Way {
  readonly name: string;
  readonly headers: readonly string[];
  readonly address?: '::1';
  readonly refusedAs?: 'foreign_host' | 'foreign_origin';
}

function tokensOf({ source, revokedKey, archivedKey, host: { adminToken } }: Stage): Token[] {
  const bearer = (token: string) => [`Authorization: Bearer ${token}`];
  return [
    { name: 'a source key', headers: bearer(source.api_key), isGood: true },
    { name: 'the admin token', headers: bearer(adminToken), isGood: true },
    { name: 'no token', headers: [] },
    { name: 'an empty token', headers: bearer('') },
    { name: 'a guessed token', headers: bearer(`sw_${'A'.repeat(43)}`) },
    { name: 'a truncated key', headers: bearer(source.api_key.slice(0, -1)) },
    { name: 'a key in capitals', headers: bearer(source.api_key.toUpperCase()) },
    { name: 'a revoked key', headers: bearer(revokedKey) },
    { name: 'a key of an archived source', headers: bearer(archivedKey) },
    { name: 'the admin token as a password', headers: [`Authorization: Basic ${Buffer.from(`admin:${adminToken}`).toString('base64')}`] },
    { name: 'the admin token in the address', headers: [], target: `POST /contacts?token=${adminToken}&access_token=${adminToken}` },
    { name: 'the admin token as a cookie', headers: [`Cookie: token=${adminToken}; switchyard=${adminToken}`] },
  ];
}

function waysOf({ port }: Stage): Way[] {
  const ours = `Host: 127.0.0.1:${port}`;
  return [
    { name: 'our address', headers: [ours] },
    { name: 'localhost', headers: [`Host: localhost:${port}`] },
    { name: '[::1]', headers: [`Host: [::1]:${port}`], address: '::1' },
    { name: 'our own page', headers: [ours, `Origin: http://127.0.0.1:${port}`, 'Sec-Fetch-Site: same-origin'] },
    { name: 'a foreign host name', headers: [`Host: evil.example:${port}`], refusedAs: 'foreign_host' },
    {
      name: 'a host name that resolves to us',
      headers: [`Host: evil.example:${port}`, `Origin: http://evil.example:${port}`, 'Sec-Fetch-Site: same-origin'],
      refusedAs: 'foreign_host',
    },
    { name: 'two names', headers: [ours, `Host: evil.example:${port}`], refusedAs: 'foreign_host' },
    { name: 'no name', headers: [], refusedAs: 'foreign_host' },
    { name: 'a foreign page', headers: [ours, 'Origin: https://evil.example'], refusedAs: 'foreign_origin' },
    { name: 'a page without an origin', headers: [ours, 'Origin: null'], refusedAs: 'foreign_origin' },
    { name: 'a cross-site request', headers: [ours, 'Sec-Fetch-Site: cross-site', 'Sec-Fetch-Mode: no-cors'], refusedAs: 'foreign_origin' },
    { name: 'a page on another port', headers: [ours, `Origin: http://127.0.0.1:${port + 1}`, 'Sec-Fetch-Site: same-site'], refusedAs: 'foreign_origin' },
  ];
}

export const callers = (mutant?: string): Promise<Finding> =>
  onStage(mutant, async (stage) => {
    const words: string[] = [];
    const denials = new Set<string>();
    let let_in = 0;
    const [tokens, ways] = [tokensOf(stage), waysOf(stage)];
    for (const token of tokens)
      for (const way of ways) {
        const before = stage.rows();
        const body = JSON.stringify({ source_id: stage.source.id, external_id: `caller-${tokens.indexOf(token)}-${ways.indexOf(way)}` });
        const request = requestOf(token.target ?? 'POST /contacts', [...way.headers, ...token.headers, 'Content-Type: application/json'], body);
        const { status, code, text } = await exchange(stage.apiUrl, request, way.address);
        const seen = `${status} ${code ?? ''}`.trim();
        const expected = way.refusedAs ? `403 ${way.refusedAs}` : token.isGood ? '201' : '401 unauthorized';
        if (seen !== expected) words.push(`${token.name}, ${way.name}: answered ${seen} instead of ${expected}`);
        if (/^access-control-/im.test(text)) words.push(`${token.name}, ${way.name}: the answer allows cross-origin access`);
        if (status === 401) denials.add(text.replace(/^date: .*$/im, ''));
        const traces = changed(before, stage.rows());
        if (expected === '201') let_in += 1;
        else words.push(...traces.map((trace) => `${token.name}, ${way.name}: ${trace}`));
      }
    if (denials.size !== 1) words.push(`${denials.size} different 401 answers`);
    return { isSound: words.length === 0, figures: `${tokens.length * ways.length} callers, ${let_in} of them with a valid token, host and origin`, words };
  });
