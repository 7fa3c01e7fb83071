import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { problemCodes } from '#shared/contract/problems.ts';
import { type Answer, Port } from './testing/port.ts';

interface Operation {
  operationId: string;
  summary: string;
  tags: string[];
  security: Record<string, string[]>[];
  parameters?: { name: string; in: string; required: boolean; schema: object }[];
  requestBody?: { content: { 'application/json': { schema: object } } };
  responses: Record<string, { description: string; content?: Record<string, { schema: object }> }>;
}
interface Document {
  openapi: string;
  info: { title: string; version: string; description: string };
  tags: { name: string }[];
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, object>; securitySchemes: Record<string, object> };
}

let port: Port;
let document: Document;
beforeAll(async () => {
  port = await Port.open();
  document = (await port.call('GET', '/openapi.json', { token: null })).body;
});
afterAll(() => port.close());

const operations = () =>
  Object.entries(document.paths).flatMap(([path, methods]) => Object.entries(methods).map(([method, operation]) => ({ path, method, operation })));

/** Builds a validator from a schema of the document, resolving references within the document. */
function validator(schema: object): z.ZodType {
  const whole = JSON.stringify({ ...schema, $defs: document.components.schemas }).replaceAll('#/components/schemas/', '#/$defs/');
  return z.fromJSONSchema(JSON.parse(whole));
}

function expectDocumented(path: string, method: string, { status, body }: Answer): void {
  const { responses } = document.paths[path]?.[method] ?? {};
  const response = responses?.[status] ?? responses?.[`${Math.floor(status / 100)}XX`];
  const [content] = Object.values(response?.content ?? {});
  if (!content) throw new Error(`${method} ${path} does not document ${status}`);
  expect(validator(content.schema).safeParse(body)).toMatchObject({ success: true });
}

describe('the OpenAPI document', () => {
  test('is OpenAPI 3.1 of this version', () => {
    expect(document).toMatchObject({ openapi: '3.1.0', info: { title: 'Switchyard', version: '1.2.3' } });
  });

  test('has examples for the address at which it was requested', async () => {
    const named = (text: string) => new Set(text.match(/http:\/\/[^/\s]+/g));
    expect(named(document.info.description)).toEqual(new Set([port.origin]));
    const page = await port.call('GET', '/docs/json', { token: null });
    expect(named(page.body.info.description)).toEqual(new Set([port.origin]));
    const local = await fetch(`http://localhost:${port.port}/openapi.json`);
    expect(named(((await local.json()) as Document).info.description)).toEqual(new Set([`http://localhost:${port.port}`]));
  });

  test('states how long a key is stored, and the size limits of one body and of all bodies', () => {
    const { description } = document.info;
    expect(description).toContain('A key is remembered as long as its contact');
    expect(description).toContain('A body may have 256 KiB, also after unpacking');
    expect(description).toContain('All bodies that wait to be read may have 16 MiB together');
    expect(description).toContain('At most 64 event streams');
  });

  test('contains every call of the contract', () => {
    expect(operations().map(({ method, path }) => `${method.toUpperCase()} ${path}`)).toEqual([
      'GET /health',
      'POST /contacts',
      'GET /contacts',
      'GET /contacts/{id}',
      'GET /contacts/{id}/messages',
      'GET /contacts/{id}/decision',
      'POST /contacts/{id}/close',
      'POST /contacts/{id}/accept',
      'POST /contacts/{id}/decline',
      'POST /contacts/{id}/reassign',
      'GET /operators',
      'POST /operators',
      'GET /operators/{id}',
      'PATCH /operators/{id}',
      'DELETE /operators/{id}',
      'GET /sources',
      'POST /sources',
      'GET /sources/{id}',
      'PATCH /sources/{id}',
      'DELETE /sources/{id}',
      'POST /sources/{id}/keys',
      'DELETE /sources/{id}/keys/{key_id}',
      'GET /sources/{id}/rule',
      'PATCH /sources/{id}/rule',
      'GET /sources/{id}/cases',
      'POST /sources/{id}/cases',
      'DELETE /sources/{id}/cases/{case_id}',
      'POST /sources/{id}/choose',
      'GET /schedules',
      'POST /schedules',
      'GET /schedules/{id}',
      'PATCH /schedules/{id}',
      'DELETE /schedules/{id}',
      'GET /operators/{id}/shifts',
      'PUT /operators/{id}/shifts/{date}',
      'GET /competences',
      'PUT /operators/{operator_id}/competences/{source_id}',
      'DELETE /operators/{operator_id}/competences/{source_id}',
      'PUT /sources/{id}/competences',
      'GET /leads',
      'POST /leads',
      'GET /leads/{id}',
      'PATCH /leads/{id}',
      'GET /leads/{id}/export',
      'POST /leads/{id}/erase',
      'GET /identifiers/{id}',
      'POST /identifiers/{id}/share',
      'POST /identifiers/{id}/unshare',
      'POST /merges/{id}/undo',
      'GET /suggested-merges',
      'POST /suggested-merges/{id}/accept',
      'POST /suggested-merges/{id}/dismiss',
      'POST /console-links',
      'GET /sessions',
      'POST /sessions',
      'DELETE /sessions/{id}',
      'GET /people',
      'POST /people',
      'GET /people/{id}',
      'PATCH /people/{id}',
      'DELETE /people/{id}',
      'POST /people/{id}/invitations',
      'POST /people/{id}/keys',
      'DELETE /people/{id}/keys/{key_id}',
      'GET /me',
      'POST /me/pause',
      'POST /me/back',
      'GET /events',
    ]);
  });

  test('describes each of them completely', () => {
    const tags = document.tags.map(({ name }) => name);
    const ids = new Set<string>();
    for (const { path, method, operation } of operations()) {
      ids.add(operation.operationId);
      expect(operation.summary).not.toBe('');
      expect(tags).toEqual(expect.arrayContaining(operation.tags));
      const placeholders = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
      const inPath = operation.parameters?.filter((parameter) => parameter.in === 'path') ?? [];
      expect(inPath.map(({ name }) => name)).toEqual(placeholders);
      expect(inPath.every(({ required }) => required)).toBe(true);
      expect(Object.keys(operation.responses).some((status) => status.startsWith('2'))).toBe(true);
      expect(Object.keys(operation.responses)).toEqual(expect.arrayContaining(['4XX', '5XX']));
      expect(operation.requestBody !== undefined).toBe(
        ['put', 'patch'].includes(method) ||
          (/^\/(contacts|operators|sources|leads|schedules|people|sessions)$|\/(decline|reassign|choose|cases|pause|close)$|^\/contacts\/.*\/accept$/.test(
            path,
          ) &&
            method === 'post'),
      );
      for (const requirement of operation.security)
        expect(Object.keys(document.components.securitySchemes)).toEqual(expect.arrayContaining(Object.keys(requirement)));
    }
    expect(ids.size).toBe(operations().length);
  });

  test('has no dangling references and no unused components', () => {
    const referred = new Set([...JSON.stringify(document).matchAll(/"\$ref":"#\/components\/schemas\/(\w+)"/g)].map(([, name]) => name));
    expect(referred).toEqual(new Set(Object.keys(document.components.schemas)));
    expect(Object.keys(document.components.schemas).filter((name) => name.endsWith('Input'))).toEqual([]);
  });

  test('has schemas that a validator can use', () => {
    const schemas = operations().flatMap(({ operation }) => [
      ...(operation.parameters ?? []).map(({ schema }) => schema),
      ...Object.values(operation.requestBody?.content ?? {}).map(({ schema }) => schema),
      ...Object.values(operation.responses).flatMap(({ content = {} }) => Object.values(content).map(({ schema }) => schema)),
    ]);
    expect(schemas.length).toBeGreaterThan(100);
    for (const schema of schemas) expect(() => validator(schema)).not.toThrow();
  });

  test('describes the actual answers', async () => {
    const { source_id, key, operator_id } = await port.source('bot', 1);
    const answers: [string, string, Answer][] = [];
    const call = async (method: string, path: string, at: string, body?: unknown, token?: string) => {
      const answer = await port.call(method.toUpperCase(), at, { body, ...(token !== undefined && { token }) });
      answers.push([path, method, answer]);
      return answer.body;
    };
    await call('post', '/contacts', '/contacts', { external_id: 'a', phone: 'nonsense' }, key);
    await call('post', '/contacts', '/contacts', { external_id: 'b' }, key);
    await call('post', '/contacts', '/contacts', {}, key);
    await call('get', '/contacts', '/contacts');
    await call('get', '/contacts/{id}', '/contacts/2');
    await call('get', '/contacts/{id}', '/contacts/99');
    await call('get', '/contacts/{id}/decision', '/contacts/1/decision');
    await call('get', '/contacts/{id}/decision', '/contacts/2/decision');
    await call('get', '/contacts/{id}/messages', '/contacts/1/messages');
    await call('get', '/contacts/{id}/messages', '/contacts/99/messages');
    await call('post', '/contacts/{id}/reassign', '/contacts/2/reassign', { operator_id });
    await call('post', '/sources/{id}/choose', `/sources/${source_id}/choose`, { external_id: 'a' });
    await call('post', '/sources/{id}/choose', `/sources/${source_id}/choose`, {}, key);
    await call('post', '/sources/{id}/choose', '/sources/99/choose', {});
    await call('post', '/contacts/{id}/close', '/contacts/1/close');
    await call('get', '/operators', '/operators');
    await call('patch', '/operators/{id}', `/operators/${operator_id}`, { max_load: 5 });
    await call('get', '/sources', '/sources');
    await call('post', '/sources', '/sources', { name: 'x', settings: { a: 1 } });
    await call('post', '/sources/{id}/keys', `/sources/${source_id}/keys`);
    await call('get', '/competences', '/competences');
    await call('post', '/leads', '/leads', { email: 'a@example.com' });
    await call('post', '/leads', '/leads', { email: 'a@example.com', external_id: 'a' });
    const { merges } = await call('get', '/leads/{id}', '/leads/1');
    await call('post', '/merges/{id}/undo', `/merges/${merges[0].id}/undo`);
    await call('get', '/leads', '/leads');
    await call('get', '/leads/{id}/export', '/leads/1/export');
    await call('post', '/leads/{id}/erase', '/leads/1/erase');
    await call('get', '/leads/{id}/export', '/leads/1/export');
    await call('post', '/leads/{id}/erase', '/leads/99/erase');
    await call('post', '/console-links', '/console-links');
    port.sessions.open(port.sessions.link(port.origin).url.split('token=')[1] ?? '', { host: '', user_agent: 'Mozilla/5.0' });
    await call('get', '/sessions', '/sessions');
    await call('get', '/health', '/health');
    for (const answer of answers) expectDocumented(...answer);
    expect(answers.map(([, , { status }]) => status)).toEqual([
      201, 201, 422, 200, 200, 404, 200, 200, 200, 404, 409, 200, 200, 404, 200, 200, 200, 200, 201, 201, 200, 201, 200, 200, 200, 200, 200, 200, 200, 404, 201,
      200, 200,
    ]);
  });

  test('describes a contact with the accepted types', async () => {
    const body = document.paths['/contacts']?.post?.requestBody?.content['application/json'].schema ?? {};
    const { key } = await port.source('accepts what is documented');
    for (const contact of [
      { external_id: 17 },
      { phone: 79001234567 },
      { phone: '89001234567', attributes: { tags: ['a'], deep: { a: 1 } } },
      { email: 'a@example.com', name: 'a'.repeat(300) },
    ]) {
      expect(validator(body).safeParse(contact)).toMatchObject({ success: true });
      expect((await port.call('POST', '/contacts', { token: key, body: contact })).status).toBe(201);
    }
  });
});

describe('the documentation page', () => {
  test('is called Switchyard and contains everything it needs', async () => {
    const page = await port.call('GET', '/docs', { token: null });
    expect([page.status, page.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
    expect(page.body).toContain('<title>Switchyard</title>');
    const addresses = [...page.body.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, address]) => address);
    expect(addresses.length).toBeGreaterThan(4);
    for (const address of addresses) {
      expect(address).toMatch(/^\/docs\/static\//);
      expect((await port.call('GET', address, { token: null })).status).toBe(200);
    }
    expect((await port.call('GET', '/docs/json', { token: null })).body).toEqual(document);
    expect((await port.call('GET', '/docs/static/../../package.json', { token: null })).status).not.toBe(200);
    expect((await port.call('GET', '/docs/static/%2e%2e/%2e%2e/package.json', { token: null })).status).not.toBe(200);
  });

  test('runs no inline script and fetches nothing from elsewhere', async () => {
    for (const path of ['/docs', '/docs/', '/docs/static/swagger-initializer.js']) {
      const { status, headers } = await port.call('GET', path, { token: null });
      expect(status).toBe(200);
      expect(headers.get('content-security-policy')).toBe(
        "default-src 'none'; script-src 'self'; style-src 'self'; style-src-attr 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; connect-src 'self'; " +
          "base-uri 'none'; form-action 'none'; frame-ancestors 'none';",
      );
      expect([headers.get('cache-control'), headers.get('x-content-type-options')]).toEqual(['no-store', 'nosniff']);
    }
  });

  test('lists all problem codes and has an example with an Idempotency-Key', () => {
    for (const code of problemCodes) expect(document.info.description).toContain(`| \`${code}\` |`);
    expect(document.info.description).toMatch(/curl [\s\S]*Idempotency-Key: /);
  });
});
