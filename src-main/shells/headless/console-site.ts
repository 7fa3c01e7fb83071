/** The console's page over HTTP, at /console/. The intake's door (Host, Origin) stands before it. */
import fastifyStatic from '@fastify/static';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { appFile } from '#shells/app-root.ts';
import { CONTENT_SECURITY_POLICY } from '#shells/content-security-policy.ts';
import type { Language } from '#shells/language.ts';
import { messages } from '#shells/messages.ts';
import type { ConsoleSession } from './session.ts';

/** Files whose names carry a hash of their content; the others are asked for each time. */
const HASHED = /^assets\//;

export function consoleSite(app: FastifyInstance, session: ConsoleSession, language: Language): void {
  app.register(fastifyStatic, { root: appFile('out', 'renderer'), serve: false, cacheControl: false });

  app.get('/console/', (request: FastifyRequest<{ Querystring: { token?: string } }>, reply) => {
    const [path] = request.url.split('?');
    const { token } = request.query;
    secure(reply);
    if (token !== undefined && session.isLaunchToken(token)) {
      return reply.header('set-cookie', session.cookieFor(portOf(request))).redirect('/console/', 303);
    }
    if (!isOpen(request, session)) return refuse(reply, language);
    // without the slash, or with a token of yesterday, the address is tidied up
    if (path !== '/console/' || token !== undefined) return reply.redirect('/console/', 303);
    return reply.sendFile('index.html');
  });

  app.get('/console/*', (request: FastifyRequest<{ Params: { '*': string } }>, reply) => {
    secure(reply);
    if (!isOpen(request, session)) return refuse(reply, language);
    const file = request.params['*'];
    if (HASHED.test(file)) reply.header('cache-control', 'private, max-age=31536000, immutable');
    return reply.sendFile(file);
  });
}

const portOf = (request: FastifyRequest): number => request.socket.localPort ?? 0;
const isOpen = (request: FastifyRequest, session: ConsoleSession): boolean => session.isOpenedBy(request.headers.cookie, portOf(request));

function secure(reply: FastifyReply): void {
  reply.header('content-security-policy', CONTENT_SECURITY_POLICY);
  reply.header('referrer-policy', 'no-referrer'); // the link's token stays out of it
  reply.header('x-content-type-options', 'nosniff');
}

function refuse(reply: FastifyReply, language: Language): FastifyReply {
  const { title, text } = messages(language).consoleClosed;
  const page = `<!doctype html>
<html lang="${language}">
<meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light dark">
<link rel="icon" href="data:,"><title>${title}</title>
<body style="font: 16px/1.5 system-ui, sans-serif; max-width: 32rem; margin: 20vh auto; padding: 0 1rem">
<h1 style="font-size: 1.25rem">${title}</h1><p>${text}</p>
</html>
`;
  return reply.code(403).type('text/html; charset=utf-8').send(page);
}
