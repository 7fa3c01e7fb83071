/** Route configuration beside the schema: access and answers. Answers are documented, not validated. */
import { type ZodType, z } from 'zod';
import type { Access, Principal } from '#shared/contract/principal.ts';
import type { Connections } from './connections.ts';
import type { Door } from './door.ts';
import type { Certificates } from './tls.ts';
import type { Place } from './waiting-room.ts';

declare module 'fastify' {
  interface FastifyInstance {
    connections: Connections;
    door: Door;
    /** undefined: plain HTTP */
    certificates: Certificates | undefined;
  }
  interface FastifyRequest {
    /** Set by the guard on routes that require a token. */
    principal: Principal;
    /** Set by the guard on requests that may write. */
    place: Place | undefined;
  }
  interface FastifyReply {
    /** The revision that the answer carries: set by the guard, and again by a command. Undefined for what fastify refuses itself. */
    revision?: number;
  }
  interface FastifyContextConfig {
    /** Whom the route admits; without it, the admin only. */
    access: Access;
    /** Schemas by status code. */
    answers?: Record<number, ZodType>;
    /** Media type of the answers; default: JSON. */
    produces?: string;
    /** Request headers, for the documentation. */
    headers?: ZodType;
    /** The body, for the documentation, if more is accepted than the schema allows. */
    body?: ZodType;
    /** The body may be left out. */
    needsNoBody?: boolean;
    /** A body that is not unambiguous JSON is passed on as an `UnclearBody`. */
    keepsUnclear?: boolean;
  }
}

/** Schema of an answer without body. */
export const nothing = z.null().meta({ description: 'Success, without a body' });
