/** What a route says of itself beside its schema: whom it serves, and what it answers. Answers are documented, never validated again. */
import { type ZodType, z } from 'zod';
import type { Access, Caller } from './caller.ts';
import type { Connections } from './connections.ts';
import type { Place } from './waiting-room.ts';

declare module 'fastify' {
  interface FastifyInstance {
    connections: Connections;
  }
  interface FastifyRequest {
    /** Set by the guard on every route that needs a token. */
    caller: Caller;
    /** Set by the guard on every request that may write. */
    place: Place | undefined;
  }
  interface FastifyContextConfig {
    /** Without it only the admin is served. */
    access?: Access;
    /** By status. */
    answers?: Record<number, ZodType>;
    /** The media type of the answers; JSON without it. */
    produces?: string;
    /** Request headers, for the documentation. */
    headers?: ZodType;
  }
}

/** The schema of an answer without a body. */
export const nothing = z.null().meta({ description: 'Done; no body' });
