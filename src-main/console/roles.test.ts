import { describe, expect, test } from 'vitest';
import { createPerson, updatePerson } from '#engine/configuration/people.ts';
import { value } from '#engine/testing/desk.ts';
import { consoleCalls, type Host } from '#shared/contract/console.ts';
import { type Access, type Principal, personPrincipal, personRoles, sourcePrincipal } from '#shared/contract/principal.ts';
import { KeptDesk } from '#vault/testing/keeper.ts';
import { consoleRouter } from './router.ts';
import { consoleOf } from './testing/console.ts';

/**
 * Which calls are whose, written down apart from the contract, so that both have to be changed on purpose: everything but people, erasing, restoring and
 * settings of the host is a supervisor's; a viewer looks and exports; an operator has a page of their own.
 */
const administrators = [
  ...['people', 'createPerson', 'updatePerson', 'removePerson', 'invitePerson', 'signOutPerson', 'makeConsoleLink'],
  ...['eraseLead', 'restoreBackup', 'setSecondBackupFolder', 'startDemo', 'removeDemo', 'saveDesktop'],
];
const supervisors = [
  ...['reopenContact', 'reassignContact', 'moveContacts', 'closeContacts'],
  ...['updateLead', 'undoMerge', 'shareIdentifier', 'unshareIdentifier', 'acceptSuggestedMerge', 'dismissSuggestedMerge'],
  ...['mendableFields', 'handInRefusedContact', 'dismissRefusedContact'],
  ...['createOperator', 'updateOperator', 'archiveOperator', 'restoreOperator', 'leaveOperator', 'changeOperators', 'importOperators'],
  ...['createSource', 'updateSource', 'chooseExternalIds', 'archiveSource', 'restoreSource', 'addSourceKey', 'revokeSourceKey'],
  ...['setCompetence', 'replaceCompetences', 'saveWeights', 'tryRule', 'updateRule', 'setLine', 'keepCase', 'removeCase'],
  ...['saveWorkSchedule', 'removeWorkSchedule', 'savePreset', 'removePreset', 'applyPreset', 'saveSettings', 'undoChange'],
  ...['createSchedule', 'removeSchedule', 'runSchedule', 'backUpNow', 'stopDemo', 'besidesDemo'],
];
/** What operators do with contacts that they hold, and bots and supervisors for them. */
const holders = ['acceptContact', 'declineContact', 'closeContact'];
const operators = ['ownDesk', 'ownFigures', 'pause', 'resume'];
const everybody = ['info', 'condition', 'contactMessages', 'sessions', 'endSession'];
const viewers = [
  ...['board', 'changes', 'alerts', 'today', 'flow', 'contact', 'decision', 'listContacts', 'exportContacts', 'listLeads', 'find'],
  ...[
    'lead',
    'identifier',
    'exportLead',
    'suggestedMerges',
    'refusedContacts',
    'foldedRefusals',
    'refusedContact',
    'heldContacts',
    'sources',
    'externalIdCounts',
  ],
  ...['rule', 'presets', 'audit', 'report', 'exportReport', 'printReport', 'cancelExport', 'exports', 'schedules', 'exportRuns', 'backups', 'desktop'],
];
const whose = [
  { calls: administrators, roles: ['administrator'] },
  { calls: supervisors, roles: ['administrator', 'supervisor'] },
  { calls: viewers, roles: ['administrator', 'supervisor', 'viewer'] },
  { calls: everybody, roles: ['administrator', 'supervisor', 'viewer', 'operator'] },
  { calls: holders, roles: ['administrator', 'supervisor', 'operator', 'source'] },
  { calls: operators, roles: ['operator'] },
];

type Asked = (typeof asked)[number];
const asked: { role: string; principal: Principal }[] = [
  ...personRoles.map((role) => ({ role, principal: personPrincipal({ id: 1, role, operator_id: role === 'operator' ? 1 : null }) })),
  { role: 'source', principal: sourcePrincipal(1) },
];

const REACHED = 'the host was asked';
const host = new Proxy({} as Host, {
  get: () => () => {
    throw new Error(REACHED);
  },
});

/** Whether a call of the router lets the principal through: refusing comes first, before the input is read. */
async function isAdmitted(name: string, { principal }: Asked): Promise<boolean> {
  const caller = consoleRouter.createCaller({ host, principal }) as unknown as Record<string, (input: unknown) => Promise<unknown>>;
  try {
    const answer = await caller[name]?.({ id: 'nonsense' });
    return answer !== undefined; // a subscription, which asks the host once it is read
  } catch (error) {
    return (error as { code?: string }).code !== 'FORBIDDEN';
  }
}

/** Calls that admit another role than the tables above say. */
async function deviations(): Promise<string[]> {
  const found: string[] = [];
  for (const { calls, roles } of whose)
    for (const name of calls) for (const one of asked) if ((await isAdmitted(name, one)) !== roles.includes(one.role)) found.push(`${name} by a ${one.role}`);
  return found;
}

test('every call of the console is in the tables of this file, once', () => {
  expect(whose.flatMap(({ calls }) => calls).toSorted()).toEqual(Object.keys(consoleCalls).toSorted());
});

test('every call admits exactly the roles that it is for', async () => {
  expect(await deviations()).toEqual([]);
});

describe('a call that admits more or fewer than it should is found:', () => {
  test.each<[string, Access]>([
    ['eraseLead', 'supervisor'],
    ['createPerson', 'viewer'],
    ['saveWeights', 'viewer'],
    ['closeContact', 'admin'],
    ['report', 'supervisor'],
    ['board', 'source_read'],
    ['board', 'person'],
    ['ownDesk', 'viewer'],
    ['acceptContact', 'supervisor'],
  ])('%s, opened to %s', async (name, access) => {
    const call = consoleCalls[name as keyof typeof consoleCalls] as { access: Access };
    const before = call.access;
    call.access = access;
    try {
      expect((await deviations()).filter((one) => one.startsWith(`${name} by`))).not.toEqual([]);
    } finally {
      call.access = before;
    }
  });
});

describe('on a real desk', () => {
  async function scene() {
    const desk = await KeptDesk.open();
    const { person } = value(await desk.engine.write('admin', (write) => createPerson(write, { name: 'Анна', role: 'supervisor' })));
    return { desk, anna: consoleOf(desk, personPrincipal(person)), person };
  }

  test('the journal, the audit log and the console know the person by name', async () => {
    const { desk, anna, person } = await scene();
    value(await anna.createOperator({ name: 'Вера', is_active: true, max_load: 1 }));
    value(await desk.engine.write('admin', (write) => updatePerson(write, person.id, { name: 'Анна Петрова' })));
    const { items } = value(await anna.audit({ actor: 'person' }));
    expect(items).toMatchObject([{ actor: `person:${person.id}`, person: 'Анна Петрова', changes: [{ kind: 'operator_saved' }] }]);
    expect((await anna.info()).me).toEqual({ id: person.id, name: 'Анна Петрова', role: 'supervisor', operator_id: null });
    expect((await consoleOf(desk).info()).me).toEqual({ id: null, name: null, role: 'administrator', operator_id: null });
  });

  test('settings of the host and changes of people are an administrator’s to make and to undo', async () => {
    const { desk, anna, person } = await scene();
    const administrator = consoleOf(desk);
    for (const patch of [{ port: 8001 }, { backup_days: 7 }, { sounds: true, port: 8001 }])
      expect(await anna.saveSettings(patch)).toMatchObject({ ok: false, problem: { code: 'not_allowed' } });
    expect(value(await anna.saveSettings({ sounds: true })).sounds).toBe(true);
    const steps = [
      await administrator.saveSettings({ port: 8001 }),
      await administrator.updatePerson({ id: person.id, patch: { name: 'Аня' } }),
      await administrator.saveSettings({ sounds: false }),
    ].map((done) => (done.ok ? done.step : undefined) ?? 0);
    const shown = value(await anna.audit({})).items.filter(({ revision }) => steps.includes(revision));
    expect(shown.map(({ is_undoable }) => is_undoable)).toEqual([true, false, false]);
    expect(value(await administrator.audit({})).items.filter(({ revision, is_undoable }) => steps.includes(revision) && is_undoable)).toHaveLength(3);
    const [port = 0, name = 0, sounds = 0] = steps;
    for (const revision of [port, name]) expect(await anna.undoChange({ revision })).toMatchObject({ ok: false, problem: { code: 'not_allowed' } });
    for (const revision of [sounds]) expect(await anna.undoChange({ revision })).toMatchObject({ ok: true });
    for (const revision of [port, name]) expect(await administrator.undoChange({ revision })).toMatchObject({ ok: true });
  });
});
