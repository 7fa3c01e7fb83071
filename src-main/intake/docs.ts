/** `/openapi.json` and `/docs`: generated from the schemas that validate requests. All assets of the page are served locally. */
import { STATUS_CODES } from 'node:http';
import swagger, { type SwaggerTransformObject } from '@fastify/swagger';
import swaggerUi from '@fastify/swagger-ui';
import type { FastifySchema } from 'fastify';
import { createJsonSchemaTransform, createJsonSchemaTransformObject } from 'fastify-type-provider-zod';
import { globalRegistry, type ZodType, type z } from 'zod';
import { MOST_OPEN } from '#engine/contacts/refused-contacts.ts';
import * as entities from '#shared/contract/entities.ts';
import { DEFAULT_RATE_LIMIT, RATE_LIMIT_SETTING } from '#shared/contract/entities.ts';
import { deskEvent } from '#shared/contract/events.ts';
import type { Access } from '#shared/contract/principal.ts';
import { keptRefusals, problems, WARNINGS_MAX } from '#shared/contract/problems.ts';
import { effects } from '#shared/effects/effects.ts';
import type { App } from './app.ts';
import { ACCEPTED, MAX_BODY_BYTES } from './body.ts';
import { MAX_WAITS } from './contact-waits.ts';
import { MAX_STREAMS } from './event-streams.ts';
import { nothing } from './route-config.ts';
import { ROOM_BYTES } from './waiting-room.ts';

/** Named components of the document. Other schemas are inlined where they are used. */
const components: Readonly<Record<string, ZodType>> = {
  Contact: entities.contact,
  Decision: entities.decision,
  DecisionAnswer: entities.decisionAnswer,
  Operator: entities.operator,
  Source: entities.source,
  CreatedSource: entities.createdSource,
  CreatedKey: entities.createdKey,
  Competence: entities.competence,
  Lead: entities.lead,
  LeadAnswer: entities.leadAnswer,
  LeadDetail: entities.leadDetail,
  Merge: entities.merge,
  Problem: entities.problemDocument,
  Health: entities.health,
  Event: deskEvent,
};

// the global registry's ids are used by this document only; a private registry would lose the schemas' descriptions
for (const [id, schema] of Object.entries(components)) globalRegistry.add(schema, { ...globalRegistry.get(schema), id });

/** Swagger UI writes style attributes; scripts, fetches and everything else are restricted to this server. */
const CSP = {
  'default-src': "'none'",
  'script-src': "'self'",
  'style-src': ["'self'"],
  'style-src-attr': ["'unsafe-inline'"],
  'img-src': ["'self'", 'data:'],
  'font-src': ["'self'", 'data:'],
  'connect-src': "'self'",
  'base-uri': "'none'",
  'form-action': "'none'",
  'frame-ancestors': "'none'",
};

/** Serves the OpenAPI document and Swagger UI under /docs. Register it before the routes that it describes. */
export function describeRoutes(app: App, version: string): void {
  app.addHook('onRoute', (route) => {
    if (route.url === '/docs' || route.url.startsWith('/docs/')) route.config = { ...route.config, access: 'anyone' };
  });
  const transformSchema = createJsonSchemaTransform({ zodToJsonConfig: { override: plain } });
  const transformObject = createJsonSchemaTransformObject({ zodToJsonConfig: { override: plain } });
  app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: { title: 'Switchyard', version, description: description() },
      servers: [{ url: '/', description: 'This desk' }],
      tags: ['Contacts', 'Operators', 'Schedules', 'Sources', 'Competences', 'Leads', 'Reports', 'Events', 'Sessions', 'People', 'Own page', 'Service'].map(
        (name) => ({
          name,
        }),
      ),
      components: {
        securitySchemes: {
          source_key: { type: 'http', scheme: 'bearer', description: 'The key of one source: submits, reads and closes its contacts.' },
          person_key: { type: 'http', scheme: 'bearer', description: 'The key of a person: what the role of the person allows.' },
          admin_token: { type: 'http', scheme: 'bearer', description: 'Full access. The token is in the file admin-token of the data directory.' },
        },
      },
    },
    transform: ({ route, schema, ...rest }) => {
      const { config } = route;
      if (!config?.answers) return { schema: { hide: true }, url: rest.url };
      const { access, answers, produces = 'application/json', headers, body } = config;
      return transformSchema({
        ...rest,
        route,
        schema: { ...schema, ...(body && { body }), headers, response: documented(answers, produces), security: bearers[access] },
      });
    },
    transformObject: (document) => withRevision(withoutUnused(transformObject(document))),
  });
  app.register(swaggerUi, {
    routePrefix: '/docs',
    staticCSP: CSP,
    logo: { type: 'image/svg+xml', content: '' }, // the layout shows no logo; the default would be read from disk at each start
    theme: { title: 'Switchyard' },
    uiConfig: { layout: 'BaseLayout', docExpansion: 'list', displayRequestDuration: true },
    transformSpecification: (document, { headers }) => addressed(document as Document, headers.host),
  });
  app.get('/openapi.json', { config: { access: 'anyone' }, schema: { hide: true } }, ({ headers }, reply) =>
    reply.send(addressed(app.swagger() as Document, headers.host)),
  );
}

const USUAL_ADDRESS = '127.0.0.1:8000';

/** The document with examples for the address at which it was requested. The guard has checked that it is the desk's. */
function addressed(document: Document, host = USUAL_ADDRESS): Document {
  const { info } = document;
  return { ...document, info: { ...info, description: info?.description?.replaceAll(USUAL_ADDRESS, host) } } as Document;
}

/** Removes details that readers do not need (bounds of safe integers, date patterns), and allows additional fields in answers. */
function plain({ jsonSchema }: { jsonSchema: z.core.JSONSchema.BaseSchema }): void {
  if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum;
  if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
  if (jsonSchema.format === 'date-time') delete jsonSchema.pattern;
  if (jsonSchema.additionalProperties === false) delete jsonSchema.additionalProperties;
}

const bearers: Record<Access, NonNullable<FastifySchema['security']>> = {
  anyone: [],
  source: [{ source_key: [] }, { person_key: [] }, { admin_token: [] }],
  source_read: [{ source_key: [] }, { person_key: [] }, { admin_token: [] }],
  holder: [{ source_key: [] }, { person_key: [] }, { admin_token: [] }],
  operator: [{ person_key: [] }],
  person: [{ person_key: [] }, { admin_token: [] }],
  viewer: [{ person_key: [] }, { admin_token: [] }],
  supervisor: [{ person_key: [] }, { admin_token: [] }],
  admin: [{ person_key: [] }, { admin_token: [] }],
  console: [],
};

/** The documented answers of a route, plus the problems that any route may answer. */
function documented(answers: Readonly<Record<number, ZodType>>, produces: string): Record<string, unknown> {
  const response: Record<string, unknown> = {};
  for (const [status, schema] of Object.entries(answers)) {
    response[status] = schema === nothing ? schema : { description: STATUS_CODES[status], content: { [produces]: { schema } } };
  }
  for (const status of ['4XX', '5XX']) {
    response[status] = { description: 'A problem: see the list of codes', content: { 'application/problem+json': { schema: entities.problemDocument } } };
  }
  return response;
}

/** Documentation spelling; header names are case-insensitive. */
const REVISION = 'Switchyard-Revision';

type Document = ReturnType<SwaggerTransformObject>;

/** Removes unreferenced components: the generator emits each one twice, as input and output. */
function withoutUnused(document: Document): Document {
  const schemas = ('components' in document && document.components?.schemas) || {};
  const used = new Set<string>();
  const visit = (part: unknown): void => {
    if (typeof part !== 'object' || part === null) return;
    for (const [name, value] of Object.entries(part)) {
      if (name !== '$ref' || typeof value !== 'string') visit(value);
      else if (!used.has(value)) {
        used.add(value);
        visit(schemas[value.replace('#/components/schemas/', '')]);
      }
    }
  };
  visit(document.paths);
  for (const name of Object.keys(schemas)) if (!used.has(`#/components/schemas/${name}`)) delete schemas[name];
  return document;
}

/** Adds the revision header, which every answer carries. */
function withRevision(document: Document): Document {
  const header = {
    description: 'The last revision that the command made, or else the current one',
    required: true,
    schema: { type: 'integer', minimum: 0 },
  };
  const operations = Object.values(document.paths ?? {}).flatMap((methods) => Object.values(methods as Record<string, { responses?: Record<string, object> }>));
  for (const { responses = {} } of operations)
    for (const response of Object.values(responses)) Object.assign(response, { headers: { [REVISION]: { $ref: `#/components/headers/${REVISION}` } } });
  const components = 'components' in document ? document.components : {};
  return { ...document, components: { ...components, headers: { [REVISION]: header } } } as Document; // a header of OpenAPI 3.1
}

/** Introduction in Markdown, shown above the calls. */
function description(): string {
  const codes = Object.entries(problems).map(([code, { status, title }]) => `| \`${code}\` | ${status} | ${title} |`);
  const kinds = Object.entries(effects).map(([kind, { event }]) => `| \`${kind}\` | ${event} |`);
  return `
Bots submit contacts; the desk identifies the lead and chooses an operator by weight and free capacity.

\`\`\`sh
printf 'Authorization: Bearer %s' "$SOURCE_KEY" | curl --retry 5 --retry-connrefused http://${USUAL_ADDRESS}/contacts -H @- \\
  -H "Content-Type: application/json" \\
  -H "Idempotency-Key: tg-77-1042" \\
  -d '{"external_id": "tg-77", "phone": "8 (900) 123-45-67", "message": "Call me back"}'
\`\`\`

**2xx means stored.** A 5xx, or no answer, means that the outcome is unknown: retry with the same body and the same \`Idempotency-Key\`, with increasing delays.
The contact is created once, however often it is sent. Bodies are compared by meaning: \`" a"\` and \`"a"\` are the same \`external_id\`, \`8 (900) 123-45-67\` and \`+79001234567\` the same \`phone\`.
A different body with the same key is answered \`422 idempotency_key_reused\`. A key is remembered as long as its contact: for good, unless the lead's data is erased.

Times are ISO 8601 in UTC. Lists return \`{items, next_cursor}\`; pass \`next_cursor\` as \`cursor\` until it is null. Unknown fields in a body are ignored.

### Odd bodies

A contact with a valid key and one usable identifier is accepted, whatever else is odd in its body. A whole number counts as its digits; \`false\`, \`[]\` and \`{}\` count as not given. What is of another type, too long, given twice or not certain is
not used to identify; it is kept in \`attributes\`, shortened where it must be. Control characters and halves of characters are replaced. Every such thing is named in \`warnings\`, of which there are at most ${WARNINGS_MAX}, and then one that counts the others.

### Refused contacts

A body of \`POST /contacts\` that was answered ${keptRefusals.map((code) => `\`${problems[code].status} ${code}\``).join(', ')} is stored as it was sent (as its text if it is not unambiguous JSON), for a supervisor, who can
edit it and submit it again; a malformed \`Idempotency-Key\` counts as \`validation_failed\`. Its source must be known and not archived: that of the key, or the one that the body names with the admin token.
A retry with the same \`Idempotency-Key\` updates the same refused contact, and settles it on success. No other refusals are stored, whatever their status: not \`idempotency_key_reused\`, whose contact exists
already, and nothing that was refused before the body was read or because the desk was busy. For each source at most ${MOST_OPEN.contacts.toLocaleString('en')} stay open, and ${MOST_OPEN.bytes / 1024 / 1024} MiB of bodies and
errors. Beyond that, the oldest are only counted, and their bodies are deleted.

### Revisions

Every change has a revision: consecutive numbers in commit order. Every answer carries \`${REVISION}\`: the last
revision that the command made, or, if it made none, the current one. The event with that \`id\` reports the same change; an answer with the same or a later revision includes it.

### Limits

A body may have ${MAX_BODY_BYTES / 1024} KiB, also after unpacking (\`Content-Encoding: ${ACCEPTED}\`); more is answered \`413 body_too_large\`. All bodies that wait to be read may have ${ROOM_BYTES / 1024 / 1024} MiB together; beyond that, requests are answered \`503 overloaded\`.
At most ${MAX_STREAMS} event streams are open at a time, shared fairly by the sources and the admin; further ones are answered \`503 overloaded\`.
In the same way at most ${MAX_WAITS} requests wait for a contact to change; the newest of whoever has most is answered early when others come.

A source may make ${DEFAULT_RATE_LIMIT} requests per second, with bursts of ${2 * DEFAULT_RATE_LIMIT}. Its setting \`${RATE_LIMIT_SETTING}\` overrides this; null: unlimited. Every answer to a source key says in \`RateLimit\` how many
requests are left (\`r\`) and the seconds until there is one more (\`t\`), and in \`RateLimit-Policy\` the maximum (\`q\`) and the seconds to refill it
(\`w\`). Further requests are answered \`429 rate_limited\`. A 429 and a 503 say in \`Retry-After\` how many seconds to wait. The admin token is not limited.

### Events

\`\`\`sh
printf 'Authorization: Bearer %s' "$TOKEN" | curl -N http://${USUAL_ADDRESS}/events -H @-
\`\`\`

\`GET /events\` reports every change right after it is stored: \`id\` is the revision, \`event\` the kind, \`data\` a line of JSON with ids, never with
names or telephone numbers: request the details by id. After an interruption a client sends the last id as \`Last-Event-ID\` and receives what it missed, however long ago;
\`EventSource\` and similar clients do so automatically. A comment every 15 seconds shows that the stream is alive; readers that consume nothing are disconnected and can reconnect.

| event | meaning |
| --- | --- |
${kinds.join('\n')}

### Waiting for one contact

A client that cannot read a stream asks for the contact and waits. Begin with the revision of the answer to \`POST /contacts\`, and go on with that of each answer:

\`\`\`sh
printf 'Authorization: Bearer %s' "$SOURCE_KEY" | curl -i "http://${USUAL_ADDRESS}/contacts/17?wait=30&since=1042" -H @-
\`\`\`

### Problems

Errors are \`application/problem+json\` (RFC 9457). \`code\` is one of these; \`errors\` locates the faults in the body by JSON Pointer.

| code | status | meaning |
| --- | --- | --- |
${codes.join('\n')}
`.trim();
}
