/** `POST /contacts`: by far the most frequent call. */
import type { IncomingHttpHeaders } from 'node:http';
import { z } from 'zod';
import { readOddContact, UnclearBody } from '#domain/contact-body.ts';
import { fingerprint } from '#engine/contacts/fingerprint.ts';
import { keepUnreadable, type Submitted, submitContact } from '#engine/contacts/submit-contact.ts';
import type { Engine } from '#engine/core/engine.ts';
import { tellRevision } from '#intake/answer.ts';
import type { App } from '#intake/app.ts';
import { otherSource, RefusedRequest, type Reply, sendProblem } from '#intake/problem.ts';
import { contact, contactBody, contactInput } from '#shared/contract/entities.ts';
import type { Principal } from '#shared/contract/principal.ts';
import { fail, keptRefusals, ok, type Problem, type Result } from '#shared/contract/problems.ts';

const KEY = /^[\x21-\x7e]{1,255}$/;
const headers = z.object({
  'Idempotency-Key': z
    .string()
    .regex(KEY)
    .optional()
    .meta({ description: '1–255 visible ASCII characters; unique for each contact, and the same in each retry', example: '5e3c-17' }),
});

export function submitRoute(app: App, engine: Engine): void {
  app.post(
    '/contacts',
    {
      attachValidation: true, // refused bodies are stored
      config: { access: 'source', answers: { 200: contact, 201: contact }, headers, body: contactBody, keepsUnclear: true },
      schema: {
        tags: ['Contacts'],
        operationId: 'submitContact',
        summary: 'Submit a contact',
        description:
          'Identifies the lead by `external_id`, `phone`, `email` (at least one), and assigns the contact to an operator by weight and free capacity, or queues it. ' +
          '201: a new contact. 200 with `Idempotent-Replayed: true`: the contact that this `Idempotency-Key` made before. ' +
          '200 with `"joined": true`: it was added as a message to the open contact that is answered, as the rule of the source says (`repeat`). ' +
          `Refused with ${keptRefusals.map((code) => `\`${code}\``).join(', ')} it is stored as a refused contact, see above.`,
        body: contactInput,
      },
    },
    async ({ body, principal, headers, validationError }, reply) => {
      const reading =
        validationError instanceof RefusedRequest ? readOddContact(body, validationError.problem) : { ok: true as const, input: body, warnings: [] };
      const named = reading.ok ? (reading.input.source_id ?? null) : sourceNamed(body);
      const source_id = principal.source_id ?? named;
      if ((named ?? source_id) !== source_id) return sendProblem(reply, otherSource);
      const key = idempotencyKey(headers);
      const sent = keptForm(body);
      const misfit = !reading.ok ? reading.problem : key.ok ? null : key.problem;
      if (misfit) return answerContact(reply, await refused(engine, principal, { source_id, key, payload: sent, problem: misfit }));
      if (!reading.ok || source_id === null) return sendProblem(reply, sourceMissing);

      const { warnings } = reading;
      const input = { ...reading.input, source_id };
      const idempotency_key = key.ok ? key.value : null;
      const submission = {
        input,
        idempotency_key,
        fingerprint: idempotency_key === null ? null : fingerprint(validationError ? sent : input),
        ...(validationError && { warnings, sent }),
      };
      return answerContact(reply, await engine.takeIn(principal.actor, (write) => submitContact(write, submission)));
    },
  );
}

/** Answers 201 with a new contact, or 200 with the one that its Idempotency-Key made before, or that it was added to. */
function answerContact<R extends Reply<R>>(reply: R, result: Result<Submitted>): R {
  tellRevision(reply, result);
  if (!result.ok) return sendProblem(reply, result.problem);
  const { contact, replayed, joined } = result.value;
  reply.header('location', `/contacts/${contact.id}`);
  if (replayed) reply.header('idempotent-replayed', 'true');
  if (replayed || joined) return reply.send(joined ? { ...contact, joined } : contact);
  return reply.code(201).send(contact);
}

/** A body as it is stored: the value of its JSON or, if that is ambiguous, its text. */
const keptForm = (body: unknown): unknown => (body instanceof UnclearBody ? body.text : body);

const sourceMissing = fail('validation_failed', 'With the admin token the body must name the source.', {
  errors: [{ path: '/source_id', message: 'is needed with the admin token' }],
}).problem;

/** The source that a body names, even if the body does not match the schema. */
function sourceNamed(body: unknown): number | null {
  const named = typeof body === 'object' && body !== null && 'source_id' in body ? body.source_id : null;
  return typeof named === 'number' ? named : null;
}

function idempotencyKey(headers: IncomingHttpHeaders): Result<string | null> {
  const key = headers['idempotency-key'];
  if (key === undefined) return ok(null);
  if (typeof key === 'string' && KEY.test(key)) return ok(key);
  return fail('validation_failed', 'An Idempotency-Key has 1 to 255 visible ASCII characters.', {
    errors: [{ path: 'Idempotency-Key', message: 'must be 1 to 255 visible ASCII characters' }],
  });
}

interface Misfit {
  readonly source_id: number | null;
  readonly key: Result<string | null>;
  readonly payload: unknown;
  readonly problem: Problem;
}

/** Stores an authenticated bot's body as a refused contact for a supervisor. Returns the result to answer. */
async function refused(engine: Engine, principal: Principal, { source_id, key, payload, problem }: Misfit): Promise<Result<Submitted>> {
  const source = source_id === null ? undefined : engine.board().sources[source_id];
  const isBlank = typeof payload === 'string' && payload.trim() === '';
  if (!source || source.is_archived || isBlank) return { ok: false, problem };
  const idempotency_key = key.ok ? key.value : null;
  return await engine.takeIn(principal.actor, (write) => keepUnreadable(write, { source_id: source.id, idempotency_key, payload, problem }));
}
