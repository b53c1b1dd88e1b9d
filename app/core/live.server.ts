import { type Change, followChanges, hasMark, markFeed } from './change-feed.server.ts';
import type { Saved } from './columns.ts';
import type { Deps, Log } from './deps.ts';
import { readSnapshot, writeSnapshot } from './snapshot.server.ts';

/** Something derived from the tables and kept in memory. `current()` first takes in what has been announced since the last call. */
export type Live<T> = {
  current(): Promise<T>;
  /** Puts down what the next start would have to read again. Nothing may be asked any more. */
  close(): Promise<void>;
};

/** What is derived, and how it follows. `apply` is called with no changes too: time alone may make something stale. */
export type Derived<T> = { value: T; apply: (changes: Change[]) => Promise<void> };

/** Where it is put down, so that a start reads a file and not the tables. */
export type Keep = {
  folder: string;
  log: Log;
  /** Fewer are read from the tables as quickly. */
  fewest?: number;
};
export type Kept<T> = Keep & {
  name: string;
  size(value: T): number;
  save(value: T): Saved;
  restore(saved: Saved): Promise<Derived<T>>;
};

/** Read from the tables in a second or two. */
const FEWEST_KEPT = 20_000;
/** More than a start should follow. */
const MOST_FOLLOWED = 2_000;
/** Half as long as the feed is kept (http/tasks.server.ts). */
const OLDEST_MS = 3.5 * 86_400_000;

/** Loaded at the first call of `current`, so that a process can be put together before its tables exist. */
export function live<T>(deps: Pick<Deps, 'db' | 'clock'>, load: () => Promise<Derived<T>>, kept?: Kept<T>): Live<T> {
  let changes = followChanges(deps);
  let loaded: Promise<Derived<T>> | undefined;
  let catchingUp: Promise<void> | undefined;
  /** Announced and not taken in: the feed gives a change once, and taking it in may fail when the database does. */
  let waiting: Change[] = [];
  /** Since the file was written. */
  let followed = 0;

  const loadNow = async () => {
    const restored = kept && (await restore(kept));
    if (restored) return restored;
    changes = followChanges(deps);
    await changes(); // from here on; then the tables as they are, so that nothing falls in between
    const derived = await load();
    if (kept) await write(kept, derived);
    return derived;
  };
  const fileOf = ({ folder, name }: Kept<T>) => `${folder}/${name}.snapshot`;
  const restore = async (from: Kept<T>): Promise<Derived<T> | undefined> => {
    const file = fileOf(from);
    try {
      const read = await readSnapshot(file);
      if (!read) return undefined;
      const { settled, seq, ref } = read.facts as { settled: number; seq: number; ref: string };
      if (!(await hasMark(deps, { seq, ref }, deps.clock() - OLDEST_MS))) throw new Error('the feed does not lead from it to today');
      const derived = await from.restore(read.saved);
      changes = followChanges(deps, settled);
      return derived;
    } catch (error) {
      from.log.warn({ file, error: String(error) }, 'a snapshot is not used, the tables are read instead');
      return undefined;
    }
  };
  const write = async (to: Kept<T>, { value }: Derived<T>) => {
    const [file, settled] = [fileOf(to), changes.settled()];
    if (settled === undefined || to.size(value) < (to.fewest ?? FEWEST_KEPT)) return;
    try {
      await writeSnapshot(file, to.save(value), { settled, ...(await markFeed(deps)) });
      followed = 0;
    } catch (error) {
      to.log.warn({ file, error: String(error) }, 'a snapshot was not written, the next start reads the tables');
    }
  };
  const catchUp = async ({ apply }: Derived<T>) => {
    waiting = waiting.concat(await changes());
    await apply(waiting);
    followed += waiting.length;
    waiting = [];
  };
  return {
    async current() {
      loaded ??= loadNow().catch((error) => {
        loaded = undefined;
        throw error;
      });
      const derived = await loaded;
      // Requests that come together share one look at the feed.
      catchingUp ??= catchUp(derived).finally(() => {
        catchingUp = undefined;
      });
      await catchingUp;
      return derived.value;
    },
    async close() {
      const derived = await loaded?.catch(() => undefined);
      await catchingUp?.catch(() => undefined);
      if (kept && derived && waiting.length === 0 && followed > MOST_FOLLOWED) await write(kept, derived);
    },
  };
}
