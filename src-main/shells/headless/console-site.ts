/**
 * Serves the console's page over HTTP at /console/, and that of operators at /console/me, behind the intake's Host and Origin checks. Page and files are public and give no access:
 * a link opens a session, and the WebSocket requires its proof.
 */
import fastifyStatic from '@fastify/static';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Sessions } from '#engine/access/sessions.ts';
import type { SignIn } from '#engine/access/sign-in.ts';
import type {} from '#intake/route-config.ts';
import { CONSOLE_PATH, INVITED_META, OWN_PAGE_PATH, SESSION_META, SIGN_IN_META } from '#shared/contract/sessions.ts';
import { appFile } from '#shells/app-root.ts';
import { consolePage, contentSecurityPolicy, newNonce } from '#shells/console-page.ts';
import { acceptedLanguage, type Language } from '#shells/language.ts';
import { messages } from '#shells/messages.ts';

/** Files whose names contain a content hash; all others are revalidated each time. */
const HASHED = /^assets\//;
const PAGES: Readonly<Record<string, string>> = { [CONSOLE_PATH]: 'index.html', [OWN_PAGE_PATH]: 'me.html' };

/** @param asked language of its pages; null: the browser's, else `usual` */
export function consoleSite(
  app: FastifyInstance,
  { sessions, signIn }: { readonly sessions: Sessions; readonly signIn: SignIn },
  { asked, usual }: { readonly asked: Language | null; readonly usual: Language },
): void {
  const languageOf = ({ headers }: FastifyRequest): Language => asked ?? acceptedLanguage(headers['accept-language']) ?? usual;
  const givePage = (reply: FastifyReply, page: string, meta: Meta = {}) => sendPage(reply, page, signIn.isUsed() ? { ...meta, [SIGN_IN_META]: '' } : meta);

  app.register(fastifyStatic, { root: appFile('out', 'renderer'), serve: false, cacheControl: false });

  // for users who type the address without the path
  app.get('/', { config: { access: 'console' } }, (_request, reply) => reply.redirect(CONSOLE_PATH, 303));

  for (const [path, page] of Object.entries(PAGES))
    app.get(path, { exposeHeadRoute: false }, (request: FastifyRequest<{ Querystring: { token?: unknown; invite?: unknown } }>, reply) => {
      const { token, invite } = request.query;
      secure(reply);
      if (token !== undefined) {
        const session =
          typeof token === 'string' ? sessions.open(token, { host: request.headers.host ?? '', user_agent: request.headers['user-agent'] ?? '' }) : null;
        return session === null ? refuse(request, reply, languageOf(request)) : givePage(reply, page, { [SESSION_META]: `${session.id}.${session.secret}` });
      }
      if (invite !== undefined) {
        const name = typeof invite === 'string' ? signIn.invited(invite) : null;
        return name === null ? refuse(request, reply, languageOf(request), 'invitation') : givePage(reply, page, { [INVITED_META]: name });
      }
      return request.url === path ? givePage(reply, page) : reply.redirect(path, 303);
    });

  app.get('/console/*', (request: FastifyRequest<{ Params: { '*': string } }>, reply) => {
    secure(reply);
    const file = request.params['*'];
    if (Object.values(PAGES).includes(file)) return givePage(reply, file);
    if (HASHED.test(file)) reply.header('cache-control', 'private, max-age=31536000, immutable');
    return reply.sendFile(file);
  });
}

/** Contents of `<meta>` elements, by name. */
type Meta = Readonly<Record<string, string>>;

async function sendPage(reply: FastifyReply, page: string, meta: Meta): Promise<FastifyReply> {
  const { html, policy } = await consolePage(appFile('out', 'renderer', page));
  const elements = Object.entries(meta).map(([name, content]) => `<meta name="${name}" content="${inAttribute(content)}" />`);
  const given = html.replace('</head>', () => `${elements.join('')}</head>`); // a function, since names may contain `$&`
  return reply.header('content-security-policy', policy).type('text/html; charset=utf-8').send(given);
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '"': '&quot;', '<': '&lt;', '>': '&gt;' };
const inAttribute = (text: string): string => text.replaceAll(/[&"<>]/g, (character) => ENTITIES[character] ?? character);

function secure(reply: FastifyReply): void {
  reply.header('content-security-policy', contentSecurityPolicy());
  reply.header('referrer-policy', 'no-referrer'); // keeps links out of referrers
  reply.header('cross-origin-opener-policy', 'same-origin'); // isolates the console from pages that opened it
  reply.header('x-content-type-options', 'nosniff');
}

/** Answers a link or an invitation that was already used, was replaced, or has expired. */
function refuse({ server, raw }: FastifyRequest, reply: FastifyReply, language: Language, what: 'link' | 'invitation' = 'link'): FastifyReply {
  const { linkSpent, invitationSpent } = messages(language);
  const { onTheMachine, command, open } = linkSpent;
  const { title, why, how } = what === 'link' ? linkSpent : invitationSpent;
  const ways = what === 'link' ? `<p>${onTheMachine}</p><pre>${command(server.door.addressOf(raw))}</pre>` : '';
  const nonce = newNonce();
  const page = `<!doctype html>
<html lang="${language}">
<meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light dark">
<link rel="icon" href="data:,"><title>${title}</title>
<style nonce="${nonce}">body { font: 16px/1.5 system-ui, sans-serif; max-width: 40rem; margin: 15vh auto; padding: 0 1rem } h1 { font-size: 1.25rem } pre { white-space: pre-wrap; overflow-wrap: anywhere; padding: .75rem; border: 1px solid #8886; font-size: .8125rem }</style>
<h1>${title}</h1><p>${why}</p><p>${how}</p>${ways}<p><a href="/console/">${open}</a></p>
</html>
`;
  return reply.code(403).header('content-security-policy', contentSecurityPolicy(nonce)).type('text/html; charset=utf-8').send(page);
}
