/**
 * One history per seed: the real engine on real SQLite, with clock, random numbers, commands and crashes all determined by the seed.
 * The model predicts every answer; after every step the rows must agree with the model and the rules. The same seed gives the same log.
 */
import { createHash } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { setCompetence } from '#engine/configuration/competences.ts';
import { createOperator } from '#engine/configuration/operators.ts';
import { createSource } from '#engine/configuration/sources.ts';
import { lastSeen, SEEN_EVERY_MS } from '#engine/core/deadlines.ts';
import { Engine } from '#engine/core/engine.ts';
import type { Write } from '#engine/core/write.ts';
import { isByRule } from '#shared/contract/entities.ts';
import type { RulePatch } from '#shared/contract/rules.ts';
import { replay } from '#shared/distribution/choose.ts';
import { DAY_MS } from '#shared/time.ts';
import { verifyChain } from '#store/journal/chain.ts';
import { loadBoard } from '#store/tables/board.ts';
import { firstDue } from '#store/tables/deadlines.ts';
import { type DecisionRow, tableOf } from '#store/tables/decisions.ts';
import { type Random, randomFrom } from '../harness/random.ts';
import { type Command, type Person, type Run, run, type Wishes } from './command.ts';
import { type Crash, Disk } from './disk.ts';
import { type Fall, Model } from './model.ts';
import type { Sabotage } from './sabotage.ts';

export interface Simulated {
  readonly seed: number;
  /** of the log: commands, answers, draws and crashes */
  readonly hash: string;
  readonly commands: number;
  readonly crashes: number;
  readonly contacts: number;
  readonly merges: number;
  /** the first violation and its step; null if there was none */
  readonly broken: string | null;
}

const SOURCES = 4;
const OPERATORS = [2, 1, 3] as const;
/** In one of so many histories all sources keep the default rule. */
const WITHOUT_RULES = 4;
const TAGS = ['language:en', 'language:de', 'vip:yes'];
const START = Date.UTC(2026, 9, 24, 20);
/** Nights on which the clocks of the workspace's time zone change. */
const DST = [Date.UTC(2026, 9, 25, 0, 50), Date.UTC(2027, 2, 28, 0, 50), Date.UTC(2025, 9, 26, 0, 50)];
/** How often the board is also reloaded and compared. */
const BOARD_COMPARED = 0.2;
const TIME_ZONE = 'Europe/Berlin';

export interface SimulationOptions {
  readonly seed: number;
  readonly steps: number;
  readonly template?: string | undefined;
  readonly sabotage?: Sabotage | undefined;
  /** whether rules are changed; default: as the seed says */
  readonly hasRules?: boolean | undefined;
}

export async function simulate(options: SimulationOptions): Promise<Simulated> {
  const simulation = new Simulation(options);
  let broken: string | null = null;
  try {
    await simulation.play();
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    broken = `step ${simulation.commands}: ${error.message}`;
  } finally {
    simulation.end();
  }
  return { ...simulation.told(), broken };
}

class Simulation {
  commands = 0;
  readonly #options: SimulationOptions;
  readonly #random: Random;
  readonly #disk: Disk;
  /** small enough to have an effect in every second history */
  readonly #drainStep: number | undefined;
  readonly #model: Model;
  readonly #log = createHash('sha256');
  readonly #run: Run;
  #engine: Engine;
  #now = START;
  #falls: Fall[] = [];
  #crashes = 0;
  #hired = 0;
  #contacts = 0;
  #decisionsChecked = 0;
  readonly #hasRules: boolean;
  /** contacts have targets of their own, and the clock is not set back: otherwise it is not defined which of several contacts has waited longest */
  readonly #hasTargets: boolean;
  /** contacts are to be accepted, or closed after a time; the desk is then looked at every few seconds, except while it sleeps */
  readonly #hasDeadlines: boolean;
  #revision = 0;
  #errors: string[] = [];

  constructor(options: SimulationOptions) {
    this.#options = options;
    this.#random = randomFrom(options.seed);
    this.#hasRules = options.hasRules ?? options.seed % WITHOUT_RULES > 0;
    this.#hasTargets = this.#hasRules && options.seed % 2 === 1;
    this.#hasDeadlines = this.#hasRules && options.seed % 4 < 3;
    this.#drainStep = options.seed % 2 === 0 ? 1 + ((options.seed / 2) % 2) : undefined;
    this.#model = new Model(SOURCES, this.#drainStep);
    this.#disk = new Disk(options.template);
    this.#run = options.sabotage?.run?.(run) ?? run;
    this.#engine = this.#open();
  }

  told(): Omit<Simulated, 'broken'> {
    const { contacts, merges } = this.#model;
    return {
      seed: this.#options.seed,
      hash: this.#log.digest('hex'),
      commands: this.commands,
      crashes: this.#crashes,
      contacts: contacts.length,
      merges: merges.length,
    };
  }

  end(): void {
    this.#disk.remove();
  }

  async play(): Promise<void> {
    await this.#furnish();
    let again: Command[] = [];
    while (this.commands < this.#options.steps) {
      await this.#passTime();
      const group = [...again, ...this.#group()];
      again = await this.#step(group);
    }
    this.#compareAll();
    this.#compareBoard();
    const store = this.#engine.read.store;
    this.#same('integrity_check', store.connection.pragma('integrity_check', { simple: true }), 'ok');
    this.#same('the chain', verifyChain(store.reading, 0).ok, true);
  }

  /** Submits commands together. Returns those with unknown outcome that can be retried. */
  async #step(group: readonly Command[]): Promise<Command[]> {
    this.commands += group.length;
    await this.#comeToDate();
    const crash = this.#random.chance(0.04) ? this.#crash() : null;
    if (crash) this.#disk.plan(crash);
    this.#falls = [];
    this.#model.passTo(this.#now);
    const answers = await Promise.all(group.map((command) => this.#ask(command)));
    if (this.#drainStep !== undefined) await this.#settle();
    this.#note({ group, crash, falls: this.#falls });
    const outcome = crash && this.#disk.crash();
    if (outcome) {
      this.#crashes += 1;
      this.#engine = this.#open();
      this.#decisionsChecked = Math.min(this.#decisionsChecked, this.#engine.board().recent[0]?.id ?? 0);
      if (outcome.stayed || this.#options.sabotage?.answersEarly) this.#predictTransaction(group);
      this.#falls = [];
      this.#wasUp();
      await this.#settle();
      this.#model.passTo(this.#now);
      this.#model.drainOn(this.#falls);
      await this.#comeToDate();
      this.#compareAll();
      return group.filter((command) => command.do === 'submit' && command.key !== null);
    }
    this.#note(answers);
    for (const [i, expected] of this.#predict(group).entries()) this.#same(`the answer to ${JSON.stringify(group[i])}`, answers[i], expected);
    this.#compareAll();
    if (this.#random.chance(BOARD_COMPARED)) this.#compareBoard();
    return [];
  }

  /** Lets the desk do all that is due at this moment, and predicts it. */
  async #comeToDate(): Promise<void> {
    if (!this.#hasDeadlines) return;
    this.#falls = [];
    this.#model.passTo(this.#now);
    const { reading } = this.#engine.read.store;
    do for (let turn = 0; turn < 3; turn++) await this.#settle();
    while (firstDue(reading) !== null && (firstDue(reading) ?? 0) <= this.#now);
    const falls = [...this.#falls];
    this.#model.drainOn(falls);
    this.#model.carryOutDue(falls);
    if (falls.length > 0) throw new Error(`the desk made ${falls.length} draws too many by itself`);
    this.#note({ dueAt: this.#now, falls: this.#falls });
  }

  /** After a crash the desk knows from its database when it was last up: at most 5 s less than it was. */
  #wasUp(): void {
    if (!this.#hasDeadlines) return;
    const seen = lastSeen(this.#engine.read.store.reading);
    const isKnown = this.#model.deadlines.length === 0 || (seen <= this.#model.seen && seen >= this.#model.seen - SEEN_EVERY_MS);
    if (!isKnown) throw new Error(`the desk was up at ${this.#model.seen} and knows of ${seen}`);
    this.#model.seen = seen;
  }

  #predict(group: readonly Command[]): string[] {
    const falls = [...this.#falls];
    this.#model.drainOn(falls); // what became possible since is due before newer commands
    const predicted = group.map((command) => {
      const answer = this.#model.apply(command, falls);
      this.#model.drainOn(falls);
      return answer;
    });
    if (falls.length > 0) throw new Error(`the engine made ${falls.length} draws too many`);
    return predicted;
  }

  /** If a group crashed in its first transaction, only what that transaction contained can be there. */
  #predictTransaction(group: readonly Command[]): void {
    const falls = [...this.#falls];
    if (this.#model.isDrainOwed) this.#model.drainStepOf(falls);
    for (const command of group) {
      if (this.#model.isDrainOwed) return;
      this.#model.apply(command, falls);
    }
  }

  /** Runs until no waiting contact can be assigned any more. */
  async #settle(): Promise<void> {
    await this.#engine.write('console', () => ({ ok: true, value: null }));
  }

  async #ask(command: Command): Promise<string> {
    try {
      const { sabotage } = this.#options;
      const result = await this.#engine.write<string>('console', (write) => this.#run(write, command));
      await sabotage?.afterwards?.(command, result, this.#engine);
      return result.ok ? result.value : result.problem.code;
    } catch (error) {
      return `threw ${String(error)}`;
    }
  }

  #open(): Engine {
    const dice = (sum: number) => {
      const r = this.#random.below(sum);
      this.#falls.push({ sum, r });
      return this.#options.sabotage?.dice?.(r, sum) ?? r;
    };
    let keys = 0;
    const engine = new Engine({
      store: this.#disk.open(),
      now: () => this.#now,
      dice,
      newKey: () => `sw_${this.#options.seed}_${this.#crashes}_${keys++}`,
      timeZone: TIME_ZONE,
      log: (message, error) => this.#errors.push(`${message}: ${String(error)}`),
      after: () => () => {}, // no timer fires between two steps, and what is due is done with the next
      drainStep: this.#drainStep,
      mostMoved: this.#options.seed % 3 === 0 ? this.#options.seed % 2 : undefined,
      mostRefused: this.#options.seed % 3 === 1 ? 1 + (this.#options.seed % 2) : undefined,
    });
    return engine;
  }

  async #furnish(): Promise<void> {
    const write = <T>(command: (write: Write) => T) => this.#engine.write('admin', (tx) => ({ ok: true, value: command(tx) }));
    for (let n = 0; n < SOURCES; n++) await write((tx) => createSource(tx, { name: `Source ${n + 1}`, settings: {} }));
    for (const max_load of OPERATORS) {
      const hire: Command = { do: 'hire', name: this.#name(), is_active: true, max_load };
      await write((tx) => createOperator(tx, hire));
      this.#model.apply(hire, []);
    }
    for (const [operator, source, weight] of [
      [1, 1, 3],
      [2, 1, 1],
      [2, 2, 2],
      [3, 2, 5],
      [3, 3, 1],
    ] as const) {
      await write((tx) => setCompetence(tx, operator, source, weight));
      this.#model.apply({ do: 'weigh', operator, source, weight }, []);
    }
  }

  #name(): string {
    this.#hired += 1;
    return `Operator ${this.#hired}`;
  }

  /** Advances the clock by minutes; sometimes it is set wrong, or to a night on which clocks change. */
  async #passTime(): Promise<void> {
    const random = this.#random;
    const dice = random.below(100);
    const before = this.#now;
    if (dice === 0) this.#now += Math.round((random.next() * 2 - 1) * 400 * DAY_MS);
    else if (dice === 1) this.#now = random.pick(DST);
    else if (this.#hasDeadlines && random.chance(0.6)) await this.#stayUp(random.below(40_000));
    else this.#now += random.below(this.#hasRules && random.chance(0.6) ? 60_000 : 20 * 60_000);
    if (this.#hasTargets) this.#now = Math.max(this.#now, before);
  }

  /** Time passes while the desk is up and looks every few seconds, as its timers make it. */
  async #stayUp(ms: number): Promise<void> {
    const until = this.#now + ms;
    while (this.#now < until) {
      this.#now = Math.min(until, this.#now + SEEN_EVERY_MS);
      await this.#comeToDate();
    }
  }

  #crash(): Crash {
    const random = this.#random;
    return random.pick<Crash>([
      { kind: 'before' },
      { kind: 'inside', statement: 1 + random.below(12) },
      { kind: 'torn', part: random.next() },
      { kind: 'after' },
    ]);
  }

  #group(): Command[] {
    const size = this.#random.chance(0.3) ? 1 + this.#random.below(5) : 1;
    return Array.from({ length: size }, () => this.#command());
  }

  #command(): Command {
    const random = this.#random;
    const { contacts, operators, merges } = this.#model;
    // one more than exist, so that some ids are not found
    const operator = () => 1 + random.below(operators.length + (random.chance(0.1) ? 1 : 0));
    const contact = () => {
      const open = contacts.filter(({ status }) => status !== 'closed');
      return open.length > 0 && random.chance(0.85) ? random.pick(open).id : 1 + random.below(contacts.length + 1);
    };
    const source = () => 1 + random.below(random.chance(0.02) ? SOURCES + 1 : SOURCES);
    if (this.#hasRules && random.chance(0.15)) return this.#aboutRules(operator(), source());
    if (this.#hasDeadlines && random.chance(0.2)) {
      const by = random.chance(0.4) ? { operator: operator() } : {};
      return random.chance(0.2)
        ? { do: 'reopen', contact: 1 + random.below(contacts.length + 1) }
        : { do: random.chance(0.6) ? 'take' : 'decline', contact: contact(), ...by };
    }
    const dice = random.below(100);
    if (dice < 36) return this.#submission(source());
    if (dice < 60) return { do: 'close', contact: contact() };
    if (dice < 68) return { do: 'reassign', contact: contact(), operator: random.chance(0.35) ? null : operator() };
    if (dice < 76) return this.#activity(operator());
    if (dice < 81) return { do: 'capacity', operator: operator(), max_load: random.below(5) };
    if (dice < 88) return { do: 'weigh', operator: operator(), source: source(), weight: random.chance(0.15) ? null : random.below(4) };
    if (dice < 89) return { do: 'shelve', source: source(), is_archived: random.chance(0.35) };
    if (dice < 92) return this.#takingBack();
    if (dice < 94 && operators.length < 9) return { do: 'hire', name: this.#name(), is_active: random.chance(0.8), max_load: random.below(4) };
    if (dice < 95) return { do: 'dismiss', operator: operator() };
    if (dice < 96) return { do: 'lead', person: this.#person() };
    if (dice < 98) return this.#aboutSuggestions();
    return { do: 'undo', merge: 1 + random.below(merges.length + 1) };
  }

  /** A rule, the line or tags of an operator, or a lead that is pinned to one. */
  #aboutRules(operator: number, source: number): Command {
    const random = this.#random;
    const dice = random.below(10);
    if (dice < 4) return { do: 'rule', source, patch: this.#rulePatch() };
    if (dice < 6) return { do: 'line', operator, source, line: random.pick([1, 2, 2, 3]) };
    if (dice < 9) return { do: 'tag', operator, tags: TAGS.filter(() => random.chance(0.5)) };
    return { do: 'pin', lead: 1 + random.below(this.#model.mergedInto.length + 1), operator: random.chance(0.3) ? null : operator };
  }

  /** Some fields of a rule. */
  #rulePatch(): RulePatch {
    const random = this.#random;
    const seconds = () => random.pick([0, 60, 600, 1800]);
    const patch: RulePatch = {
      strategy: random.pick(['weighted', 'even', 'least_load', 'least_share', 'longest_idle'] as const),
      lines: random.pick([[seconds()], [600], [1800], [600, 3600]]),
      open_early: random.chance(0.8),
      needs: random.pick([[], ['language'], ['vip'], ['language', 'vip']]),
      needs_seconds: random.chance(0.5) ? null : seconds(),
      owner: { mode: random.pick(['off', 'open', 'days', 'days'] as const), days: 1 + random.below(3), wait_seconds: seconds() },
      ...(this.#hasTargets && { cost: random.pick([1, 1, 2, 3]), target_seconds: random.pick([null, 60, 600]), urgency: random.pick([1, 1, 3, 10]) }),
      repeat: { mode: random.pick(['new', 'join'] as const), within_seconds: random.pick([null, seconds()]) },
      ...(this.#hasDeadlines && { accept_seconds: random.pick([null, 10, 20, 60]), close_after_seconds: random.pick([null, 60, 90, 600]) }),
    };
    const names = Object.keys(patch).filter(() => random.chance(0.5));
    return { ...Object.fromEntries(Object.entries(patch).filter(([name]) => names.includes(name))), ...this.#options.sabotage?.rule };
  }

  #wishes(): Wishes {
    const random = this.#random;
    if (!this.#hasRules || random.chance(0.4)) return { attributes: null, target_seconds: null };
    const attributes = { ...(random.chance(0.6) && { language: random.pick(['en', 'de']) }), ...(random.chance(0.3) && { vip: random.pick(['yes', 'no']) }) };
    return { attributes, target_seconds: this.#hasTargets ? random.pick([null, null, 30, 300]) : null };
  }

  /** Switches asking before merges on or off, or decides on a suggestion. */
  #aboutSuggestions(): Command {
    const random = this.#random;
    const { suggestions } = this.#model;
    const open = suggestions.findLastIndex(({ state }) => state === 'open');
    if (open < 0 ? random.chance(0.8) : random.chance(0.2)) return { do: 'ask first', isAsked: random.chance(0.8) };
    const suggestion = open >= 0 && random.chance(0.8) ? open + 1 : 1 + random.below(suggestions.length + 1);
    return { do: random.chance(0.6) ? 'accept' : 'keep apart', suggestion };
  }

  /** Online or offline, with or without a reason; also a reason alone. */
  #activity(operator: number): Command {
    const random = this.#random;
    const off = this.#model.operators.find((one) => one.reason !== null);
    if (off && random.chance(0.4)) return { do: 'activity', operator: off.id, ...(random.chance(0.6) ? { reason: null } : { is_active: true }) };
    const reason = random.chance(0.3) ? random.pick([null, 'break', 'off'] as const) : undefined;
    if (reason !== undefined && random.chance(0.5)) return { do: 'activity', operator, reason };
    const is_active = reason ? random.chance(0.1) : random.chance(0.75);
    return { do: 'activity', operator, is_active, ...(reason !== undefined && { reason }) };
  }

  /** Usually one of the latest changes, or the latest one that removed a reason. */
  #takingBack(): Command {
    const { steps } = this.#model;
    const reasonTaken = steps.findLastIndex((step) => step.some(({ before }) => before.reason && before.is_active === undefined));
    if (reasonTaken >= 0 && this.#random.chance(0.4)) return { do: 'take back', step: reasonTaken + 1 };
    const decided = steps.findLastIndex((step) => step.some(({ thing }) => thing.startsWith('suggestion')));
    if (decided >= 0 && this.#random.chance(0.3)) return { do: 'take back', step: decided + 1 };
    const latest = steps.length - this.#random.below(6);
    return { do: 'take back', step: this.#random.chance(0.8) ? Math.max(1, latest) : 1 + this.#random.below(steps.length + 1) };
  }

  /** Half of them have a key; some of those are sent again, some with another body, some with the same content written differently. */
  #submission(source: number): Command {
    const random = this.#random;
    const keyed = [...this.#model.contacts, ...this.#model.messages].filter(({ key }) => key !== null);
    if (keyed.length > 0 && random.chance(0.15)) {
      const first = random.pick(keyed);
      const [person, message, wishes] = JSON.parse(first.body) as [Person, string, Wishes]; // the model wrote it
      return {
        do: 'submit',
        source: first.source,
        person,
        wishes,
        key: first.key,
        message: random.chance(0.8) ? message : 'another',
        isWrittenOtherwise: random.chance(0.4),
      };
    }
    this.#contacts += 1;
    return {
      do: 'submit',
      source,
      person: this.#person(),
      wishes: this.#wishes(),
      key: random.chance(0.6) ? `key-${this.#contacts}` : null,
      message: `contact ${this.#contacts}`,
      isWrittenOtherwise: random.chance(0.2),
    };
  }

  #person(): Person {
    const random = this.#random;
    const kinds = 1 + random.below(7);
    return {
      external_id: kinds & 1 ? `tg-${random.below(8)}` : null,
      phone: kinds & 2 ? `+7900000001${random.below(8)}` : null,
      email: kinds & 4 ? `p${random.below(8)}@example.com` : null,
      name: random.chance(0.3) ? random.pick(['Анна', 'Борис', 'Вера']) : null,
    };
  }

  /** Compares the rows with the model, and both with the rules. */
  #compareAll(): void {
    if (this.#errors.length > 0) throw new Error(`the engine logged: ${this.#errors.join('; ')}`);
    const { reading } = this.#engine.read.store;
    const rows = reading.get<Record<string, string | number>>(ALL_ROWS);
    const predicted = this.#predictedRows();
    for (const what in predicted) if (rows?.[what] !== predicted[what]) throw new Error(`${what}: ${rows?.[what]} instead of ${predicted[what]}`);
    this.#gaps();
    this.#replay();
  }

  /** Checks that the state the engine decides from agrees with the rows. After a crash it has just been read from them, so there is nothing to check. */
  #compareBoard(): void {
    this.#same('the board', this.#engine.board(), loadBoard(this.#engine.read.store.reading));
  }

  /** What `ALL_ROWS` must return. */
  #predictedRows(): Record<string, string | number> {
    const { operators, contacts, messages, mergedInto, owners, names, pins, deadlines } = this.#model;
    const byName = ([a]: [string, number], [b]: [string, number]) => (a < b ? -1 : 1);
    return {
      'the operators': JSON.stringify(
        operators.map(({ id, is_active, reason, max_load, is_archived, misses }) => [
          id,
          Number(is_active),
          reason,
          max_load,
          this.#model.load(id),
          Number(is_archived),
          misses,
        ]),
      ),
      'the contacts': JSON.stringify(
        contacts.map(({ id, source, lead, status, key, operator, created, acceptBy, accepted, returned }) => [
          ...[id, source, lead, status, key, operator, created],
          ...[acceptBy, accepted, returned],
        ]),
      ),
      'the deadlines': JSON.stringify(
        deadlines.toSorted((a, b) => a.due - b.due).map(({ kind, contact, due, since, isWitnessed }) => [kind, contact.id, due, since, Number(isWitnessed)]),
      ),
      'the messages': JSON.stringify(messages.map(({ contact, source, key }) => [contact.id, source, key])),
      'contacts with another number of messages': 0,
      'the leads': JSON.stringify(mergedInto.flatMap((into, i) => (into === null ? [[i + 1, this.#model.operatorOfLead(i + 1), names[i], pins[i]]] : []))),
      'the identifiers': JSON.stringify([...owners].sort(byName)),
      'the suggested merges': JSON.stringify(
        this.#model.suggestions.map(({ survivor, merged, state }, i) => [
          i + 1,
          survivor,
          merged,
          Number(state === 'open'),
          typeof state === 'number' ? state : null,
        ]),
      ),
      'loads that differ from the sum of the costs': 0,
      'identifiers owned by two leads': 0,
      'ordinary waiting contacts that could be assigned': 0,
    };
  }

  /** From the step before: what a crash lost is written again. */
  #gaps(): void {
    const { reading } = this.#engine.read.store;
    const { revision } = this.#engine.board();
    const from = Math.min(this.#revision, revision);
    const rows = reading.get<{ rows: number }>('SELECT COUNT(*) AS rows FROM journal WHERE revision > ?', from - 1)?.rows;
    this.#same('journal rows since the previous step', rows, revision - from + (from === 0 ? 0 : 1));
    this.#revision = revision;
  }

  #replay(): void {
    const fresh = this.#engine.read.store.reading.all<DecisionRow>(
      `SELECT d.id, d.contact_id, t.source_id, d.at, d.kind, t.members, d.loads, d.sum, d.r, d.operator_id, d.waiting_reason, d.keys, d.barred, d.owner_id, d.cost
       FROM decisions d JOIN rosters t ON t.id = d.roster_id WHERE d.id > ? ORDER BY d.id`,
      this.#decisionsChecked,
    );
    for (const row of fresh) {
      this.#decisionsChecked = row.id;
      const table = tableOf(row);
      const taker = table.find(({ operator_id }) => operator_id === row.operator_id);
      if (taker && taker.load + (taker.cost ?? 1) > taker.max_load) throw new Error(`decision ${row.id} assigned a contact over an operator's limit`);
      this.#same(`decision ${row.id}`, `${row.kind} ${row.contact_id} to ${row.operator_id}`, this.#model.decisions[row.id - 1]);
      if (isByRule(row.kind)) this.#same(`the replay of decision ${row.id}`, replay(table, row, row.owner_id), row.operator_id);
    }
  }

  #note(what: unknown): void {
    this.#log.update(JSON.stringify(what));
  }

  #same(what: string, actual: unknown, expected: unknown): void {
    if (!isDeepStrictEqual(actual, expected)) throw new Error(`${what}: ${inText(actual)} instead of ${inText(expected)}`);
  }
}

const inText = (value: unknown) => JSON.stringify(value instanceof Map ? [...value].map(String).toSorted((a, b) => a.localeCompare(b)) : value);

/** The lead that a row belongs to. */
const LEAD = '(SELECT coalesce(part_of, id) FROM leads l WHERE l.id = lead_id)';

/** Every row that the model predicts, as text, and how often each rule is broken; one query, because it runs after every step. */
const ALL_ROWS = `SELECT
  (SELECT json_group_array(json_array(id, is_active, inactive_reason, max_load, current_load, archived_at IS NOT NULL, misses) ORDER BY id) FROM operators) AS "the operators",
  (SELECT json_group_array(json_array(id, source_id, ${LEAD}, status, idempotency_key, operator_id, created_at, accept_by, accepted_at, returned) ORDER BY id) FROM contacts) AS "the contacts",
  (SELECT json_group_array(json_array(kind, subject_id, due_at, since, is_witnessed) ORDER BY due_at, id) FROM deadlines) AS "the deadlines",
  (SELECT json_group_array(json_array(contact_id, source_id, idempotency_key) ORDER BY id) FROM messages) AS "the messages",
  (SELECT COUNT(*) FROM contacts c WHERE c.messages <> (SELECT COUNT(*) FROM messages m WHERE m.contact_id = c.id)) AS "contacts with another number of messages",
  (SELECT json_group_array(json_array(id, operator_id, name, pinned_operator_id) ORDER BY id) FROM leads WHERE merged_into IS NULL) AS "the leads",
  (SELECT json_group_array(json_array(kind || ' ' || value, ${LEAD}) ORDER BY kind, value) FROM lead_identifiers) AS "the identifiers",
  (SELECT json_group_array(json_array(id, survivor_id, merged_id, settled_at IS NULL, merge_id) ORDER BY id) FROM suggested_merges) AS "the suggested merges",
  (SELECT COUNT(*) FROM operators o WHERE o.current_load <>
     (SELECT coalesce(SUM(coalesce(k.content ->> '$.cost', 1)), 0) FROM contacts c LEFT JOIN contact_classes k ON k.id = c.class_id
      WHERE c.operator_id = o.id AND c.status = 'assigned')) AS "loads that differ from the sum of the costs",
  (SELECT COUNT(*) FROM (SELECT 1 FROM lead_identifiers GROUP BY kind, value HAVING COUNT(*) > 1)) AS "identifiers owned by two leads",
  (SELECT COUNT(*) FROM contacts c WHERE c.status = 'waiting' AND c.returned = 0 AND NOT EXISTS (SELECT 1 FROM rules r WHERE r.source_id = c.source_id OR r.content LIKE '%cost%') AND EXISTS (SELECT 1 FROM competences w JOIN operators o ON o.id = w.operator_id
     WHERE w.source_id = c.source_id AND w.weight > 0 AND o.is_active = 1 AND o.current_load < o.max_load)) AS "ordinary waiting contacts that could be assigned"`;
