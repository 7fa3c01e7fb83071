/** The HTTP API for bots and scripts: assembles guards, routes and documentation. `listen.ts` opens the sockets. */
import { type FastifyReply, type FastifyRequest, fastify } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import type { Sessions } from '#engine/access/sessions.ts';
import type { SignIn } from '#engine/access/sign-in.ts';
import type { Engine } from '#engine/core/engine.ts';
import type { Reader } from '#reports/reader.ts';
import type { Reports } from '#reports/reports.ts';
import { REVISION_HEADER } from './answer.ts';
import type { App } from './app.ts';
import { authenticator } from './authenticate.ts';
import { MAX_BODY_BYTES, parseBody } from './body.ts';
import { type Clock, realClock } from './clock.ts';
import { Connections } from './connections.ts';
import { ContactPages } from './contact-pages.ts';
import { ContactWaits } from './contact-waits.ts';
import { describeRoutes } from './docs.ts';
import { type AllowedHost, Door } from './door.ts';
import { type Log, onClientError, problemOfError } from './errors.ts';
import { EventStreams } from './event-streams.ts';
import { guard, strayProblem } from './guard.ts';
import { closeWith, createHttpServer } from './listen.ts';
import { noSuchRoute, sendProblem } from './problem.ts';
import { RateLimiter } from './rate-limiter.ts';
import { competenceRoutes } from './routes/competences.ts';
import { contactRoutes } from './routes/contacts.ts';
import { eventRoute } from './routes/events.ts';
import { healthRoute } from './routes/health.ts';
import { leadRoutes } from './routes/leads.ts';
import { operatorRoutes } from './routes/operators.ts';
import { ownPageRoutes } from './routes/own-page.ts';
import { peopleRoutes } from './routes/people.ts';
import { reportRoutes } from './routes/reports.ts';
import { ruleRoutes } from './routes/rules.ts';
import { scheduleRoutes } from './routes/schedules.ts';
import { sessionRoutes } from './routes/sessions.ts';
import { sourceRoutes } from './routes/sources.ts';
import { submitRoute } from './routes/submit.ts';
import type { Certificates } from './tls.ts';
import { validatorCompiler } from './validate.ts';
import { WaitingRoom } from './waiting-room.ts';

export interface IntakeOptions {
  readonly engine: Engine;
  readonly adminToken: string;
  readonly version: string;
  readonly log: Log;
  /** without it, /reports is not served */
  readonly reports?: Reports;
  /** browser sessions; without them, browsers cannot open the console, and /sessions is not served */
  readonly sessions?: Sessions | undefined;
  /** with `sessions`: how people open them */
  readonly signIn?: SignIn | undefined;
  /** runs long reads in a separate thread; without it they run on the event loop */
  readonly reader?: Pick<Reader, 'ask'>;
  readonly clock?: Clock;
  /** names besides those of loopback that a Host header may carry */
  readonly allowedHosts?: readonly AllowedHost[];
  /** with it, the port speaks TLS only */
  readonly certificates?: Certificates | undefined;
}

/**
 * Creates the HTTP app. The shell may register the console under `/console/` on it: those routes share the Host and Origin checks
 * and have their own authentication. WebSocket upgrades bypass all hooks: accept them with `takeUpgrades` and check them with `door`.
 */
export function createIntake({
  engine,
  adminToken,
  version,
  log,
  reports,
  reader,
  sessions,
  signIn,
  clock = realClock,
  allowedHosts,
  certificates,
}: IntakeOptions): App {
  const authenticate = authenticator(engine, adminToken);
  const revision = () => engine.board().revision;
  const connections = new Connections();
  const limiter = new RateLimiter(engine, clock);
  const streams = new EventStreams(engine, limiter, clock);
  const waits = new ContactWaits(engine, clock);
  const app = fastify({
    logger: false,
    bodyLimit: MAX_BODY_BYTES,
    routerOptions: { ignoreTrailingSlash: true, ignoreDuplicateSlashes: true },
    // requests during shutdown are still served: the engine closes later
    return503OnClosing: false,
    serverFactory: (handler) => createHttpServer(handler, connections, certificates),
    clientErrorHandler: onClientError(connections),
    // undecodable or overlong paths, which bypass all hooks
    frameworkErrors: (_error, request, reply) => {
      reply.header('cache-control', 'no-store').header('x-content-type-options', 'nosniff').header(REVISION_HEADER, String(revision()));
      sendProblem(reply as FastifyReply, strayProblem(request as FastifyRequest, authenticate)); // generic types here, outside of any route
    },
  }).withTypeProvider<ZodTypeProvider>();

  app.decorate('connections', connections);
  app.decorate('door', new Door(allowedHosts));
  app.decorate('certificates', certificates);
  app.decorateRequest('principal');
  app.decorateRequest('place');
  app.decorateReply('revision');
  app.setValidatorCompiler(validatorCompiler);
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('application/json', { parseAs: 'buffer' }, parseBody);
  app.setErrorHandler((error, request, reply) => sendProblem(reply, problemOfError(error, request, log)));
  app.setNotFoundHandler((_request, reply) => sendProblem(reply, noSuchRoute));
  app.addHook('onRoute', (route) => {
    const isPage = route.url === '/console' || route.url.startsWith('/console/');
    route.config = { ...route.config, access: isPage ? 'console' : (route.config?.access ?? 'admin') };
  });
  app.addHook('onRequest', guard(authenticate, limiter, new WaitingRoom(connections.arrivals), revision));
  // for requests without a body; others have waited before parsing
  app.addHook('preValidation', ({ place }, _reply, done) => (place ? place.ready(done) : done()));
  app.addHook('onSend', ({ place }, reply, payload, done) => {
    if (reply.revision !== undefined) reply.header(REVISION_HEADER, String(reply.revision));
    place?.leave();
    done(null, payload);
  });

  closeWith(app);
  app.addHook('preClose', async () => {
    streams.close();
    waits.close();
  });

  describeRoutes(app, version);
  app.register(async (routes: App) => {
    healthRoute(routes, engine, version);
    submitRoute(routes, engine);
    contactRoutes(routes, { engine, pages: new ContactPages(engine, limiter, reader), waits, authenticate });
    operatorRoutes(routes, engine);
    sourceRoutes(routes, engine);
    ruleRoutes(routes, engine);
    scheduleRoutes(routes, engine);
    competenceRoutes(routes, engine);
    leadRoutes(routes, engine);
    if (reports) reportRoutes(routes, reports);
    if (sessions) sessionRoutes(routes, sessions, signIn);
    peopleRoutes(routes, engine);
    ownPageRoutes(routes, engine);
    eventRoute(routes, { engine, streams, authenticate });
  });
  return app;
}
