/** The console's page over HTTP, at /console/. The intake's door (Host, Origin) stands before it. */
import fastifyStatic from '@fastify/static';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { appFile } from '#shells/app-root.ts';
import { consolePage, contentSecurityPolicy, newNonce } from '#shells/console-page.ts';
import type { Language } from '#shells/language.ts';
import { messages } from '#shells/messages.ts';
import type { ConsoleSession } from './session.ts';

/** Files whose names carry a hash of their content; the others are asked for each time. */
const HASHED = /^assets\//;
const PAGE = 'index.html';

export function consoleSite(app: FastifyInstance, session: ConsoleSession, language: Language): void {
  app.register(fastifyStatic, { root: appFile('out', 'renderer'), serve: false, cacheControl: false });

  // who types the address without the path
  app.get('/', { config: { access: 'console' } }, (_request, reply) => reply.redirect('/console/', 303));

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
    return givePage(reply);
  });

  app.get('/console/*', (request: FastifyRequest<{ Params: { '*': string } }>, reply) => {
    secure(reply);
    if (!isOpen(request, session)) return refuse(reply, language);
    const file = request.params['*'];
    if (file === PAGE) return givePage(reply);
    if (HASHED.test(file)) reply.header('cache-control', 'private, max-age=31536000, immutable');
    return reply.sendFile(file);
  });
}

const portOf = (request: FastifyRequest): number => request.socket.localPort ?? 0;
const isOpen = (request: FastifyRequest, session: ConsoleSession): boolean => session.isOpenedBy(request.headers.cookie, portOf(request));

async function givePage(reply: FastifyReply): Promise<FastifyReply> {
  const { html, policy } = await consolePage(appFile('out', 'renderer', PAGE));
  return reply.header('content-security-policy', policy).type('text/html; charset=utf-8').send(html);
}

function secure(reply: FastifyReply): void {
  reply.header('content-security-policy', contentSecurityPolicy());
  reply.header('referrer-policy', 'no-referrer'); // the link's token stays out of it
  reply.header('x-content-type-options', 'nosniff');
}

function refuse(reply: FastifyReply, language: Language): FastifyReply {
  const { title, text } = messages(language).consoleClosed;
  const nonce = newNonce();
  const page = `<!doctype html>
<html lang="${language}">
<meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light dark">
<link rel="icon" href="data:,"><title>${title}</title>
<style nonce="${nonce}">body { font: 16px/1.5 system-ui, sans-serif; max-width: 32rem; margin: 20vh auto; padding: 0 1rem } h1 { font-size: 1.25rem }</style>
<h1>${title}</h1><p>${text}</p>
</html>
`;
  return reply.code(403).header('content-security-policy', contentSecurityPolicy(nonce)).type('text/html; charset=utf-8').send(page);
}
