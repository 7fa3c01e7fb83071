import { createSchedule, removeSchedule, schedule, schedules, setShifts, shiftsOf, updateSchedule } from '#engine/configuration/schedules.ts';
import type { Engine } from '#engine/core/engine.ts';
import { answer, answerCreated, answerEmpty } from '#intake/answer.ts';
import type { App } from '#intake/app.ts';
import { pageOf, shortListQuery } from '#intake/paging.ts';
import { byDate, byId } from '#intake/params.ts';
import { nothing } from '#intake/route-config.ts';
import { page } from '#shared/contract/entities.ts';
import type { Principal } from '#shared/contract/principal.ts';
import { notFound } from '#shared/contract/problems.ts';
import { ownShift, scheduleInput, schedulePatch, shifts, shiftsQuery, storedSchedule } from '#shared/contract/schedules.ts';

const tags = ['Schedules'];

const isOwnOrAll = ({ operator_id }: Principal, id: number): boolean => operator_id === null || operator_id === id;

export function scheduleRoutes(app: App, engine: Engine): void {
  app.get(
    '/schedules',
    {
      config: { access: 'viewer', answers: { 200: page(storedSchedule) } },
      schema: { tags, operationId: 'listSchedules', summary: 'All schedules, by id', querystring: shortListQuery },
    },
    (request, reply) =>
      answer(
        reply,
        pageOf(schedules(engine.read), request.query, ({ id }) => [id]),
      ),
  );
  app.post(
    '/schedules',
    {
      config: { access: 'supervisor', answers: { 201: storedSchedule } },
      schema: {
        tags,
        operationId: 'createSchedule',
        summary: 'Add a schedule: a pattern of days that repeats',
        description:
          'Times are local: each is the moment when the clock of the zone first shows it, or leaps over it. An operator gets a schedule by `PATCH /operators/{id}`; from its next boundary on the desk switches the operator on and off.',
        body: scheduleInput,
      },
    },
    async ({ body, principal }, reply) => {
      const result = await engine.write(principal.actor, (write) => createSchedule(write, body));
      return answerCreated(reply, result, ({ id }) => `/schedules/${id}`);
    },
  );
  app.get(
    '/schedules/:id',
    {
      config: { access: 'viewer', answers: { 200: storedSchedule } },
      schema: { tags, operationId: 'getSchedule', summary: 'One schedule', params: byId },
    },
    ({ params }, reply) => answer(reply, schedule(engine.read, params.id)),
  );
  app.patch(
    '/schedules/:id',
    {
      config: { access: 'supervisor', answers: { 200: storedSchedule } },
      schema: {
        tags,
        operationId: 'updateSchedule',
        summary: 'Change a schedule; fields not named are kept, lists are replaced whole',
        description: 'Whoever has the schedule follows it from its next boundary.',
        params: byId,
        body: schedulePatch,
      },
    },
    async ({ body, principal, params }, reply) => answer(reply, await engine.write(principal.actor, (write) => updateSchedule(write, params.id, body))),
  );
  app.delete(
    '/schedules/:id',
    {
      config: { access: 'supervisor', answers: { 204: nothing } },
      schema: { tags, operationId: 'removeSchedule', summary: 'Remove a schedule that nobody has', params: byId },
    },
    async ({ principal, params }, reply) => answerEmpty(reply, await engine.write(principal.actor, (write) => removeSchedule(write, params.id))),
  );
  app.get(
    '/operators/:id/shifts',
    {
      config: { access: 'person', answers: { 200: shifts } },
      schema: {
        tags,
        operationId: 'listShifts',
        summary: 'The shifts of an operator that begin on these dates, both included',
        description: "Dates are those of the operator's time zone. Shifts that overlap are cut so that they do not. Operators see their own.",
        params: byId,
        querystring: shiftsQuery,
      },
    },
    ({ params: { id }, principal, query }, reply) => answer(reply, isOwnOrAll(principal, id) ? shiftsOf(engine.read, id, query) : notFound('operator', id)),
  );
  app.put(
    '/operators/:id/shifts/:date',
    {
      config: { access: 'supervisor', answers: { 204: nothing } },
      schema: {
        tags,
        operationId: 'setShift',
        summary: 'Set what an operator does on a date instead of what the schedule says; null: what the schedule says',
        description: 'Overtime is a date with longer hours. It goes before the exceptions of the schedule, and these before its pattern.',
        params: byDate,
        body: ownShift.nullable(),
      },
    },
    async ({ body, principal, params }, reply) =>
      answerEmpty(reply, await engine.write(principal.actor, (write) => setShifts(write, [{ operator_id: params.id, date: params.date, shift: body }]))),
  );
}
