/** A desk on a disk with its backups, with a clock and timers that the test controls. */
import { onTestFinished } from 'vitest';
import { Desk } from '#engine/testing/desk.ts';
import { Reader } from '#reports/reader.ts';
import { folder } from '#store/testing/folder.ts';
import { BackupKeeper } from '#vault/backups.ts';
import { admit, type Places } from '#vault/guard.ts';
import { WorkerTasks } from '#vault/worker-tasks.ts';
import { placesIn, READER, WORKER } from './places.ts';

/** A temporary data directory. */
export const dataDir = (): Places => placesIn(folder());

export class KeptDesk extends Desk {
  readonly places: Places;
  readonly keeper: BackupKeeper;
  readonly workerTasks: WorkerTasks;
  readonly reader: Reader;
  readonly log: string[];
  readonly #timers: Set<() => void>;

  private constructor(places: Places, installation: ConstructorParameters<typeof BackupKeeper>[0]['installation'], workerTasks: WorkerTasks) {
    super({ file: places.database });
    this.places = places;
    this.workerTasks = workerTasks;
    this.reader = new Reader({ entry: READER, database: places.database });
    this.log = [];
    const timers = new Set<() => void>();
    this.#timers = timers;
    this.keeper = new BackupKeeper({
      engine: this.engine,
      places,
      installation,
      workerTasks,
      whileClosed: (work) => this.reader.whileClosed(work),
      now: () => this.now,
      every: (_, call) => {
        timers.add(call);
        return () => timers.delete(call);
      },
      log: (message) => this.log.push(message),
    });
    this.keeper.start();
  }

  /** Opens a desk, closed after the test. @param most size in bytes up to which all pages are checked before opening @throws Error when the data directory is refused */
  static async open(places: Places = dataDir(), most?: number): Promise<KeptDesk> {
    const desk = await KeptDesk.start(places, most);
    onTestFinished(async () => {
      await desk.reader.close();
      await desk.workerTasks.close();
      desk.engine.close();
    });
    return desk;
  }

  static async start(places: Places, most?: number): Promise<KeptDesk> {
    const workerTasks = new WorkerTasks(WORKER);
    const admitted = await admit(places, workerTasks, most);
    if (!admitted.ok) throw new Error(`refused: ${admitted.refusal.reason} ${admitted.refusal.detail}`);
    return new KeptDesk(places, admitted.installation, workerTasks);
  }

  /** Advances the clock and runs what is due. */
  async pass(ms: number): Promise<void> {
    this.now += ms;
    for (const call of this.#timers) call();
    await this.keeper.tick(); // runs after a tick that a timer may have started
  }

  /** Creates source 1 with this number of contacts and an operator who takes them. */
  async filled(contacts = 3): Promise<this> {
    const source_id = await this.source('Сайт');
    await this.weights(source_id, { [await this.operator('Анна', 100_000)]: 1 });
    await this.add(contacts);
    return this;
  }

  async add(contacts: number): Promise<void> {
    await Promise.all(Array.from({ length: contacts }, (_, i) => this.submit(1, { external_id: `${this.engine.board().revision}-${i}` })));
  }

  contacts(): number {
    return this.rows<{ n: number }>('SELECT COUNT(*) AS n FROM contacts')[0]?.n ?? 0;
  }

  async end(): Promise<void> {
    await this.keeper.close();
    this.engine.close();
  }
}
