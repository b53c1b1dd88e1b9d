import { type Change, followChanges } from './change-feed.server.ts';
import type { Deps } from './deps.ts';

/** Something derived from the tables and kept in memory. `current()` first takes in what has been announced since the last call. */
export type Live<T> = { current(): Promise<T> };

/** What is derived, and how it follows. `apply` is called with no changes too: time alone may make something stale. */
export type Derived<T> = { value: T; apply: (changes: Change[]) => Promise<void> };

/** Loaded at the first call of `current`, so that a process can be put together before its tables exist. */
export function live<T>(deps: Pick<Deps, 'db' | 'clock'>, load: () => Promise<Derived<T>>): Live<T> {
  const changes = followChanges(deps);
  let loaded: Promise<Derived<T>> | undefined;
  let catchingUp: Promise<void> | undefined;
  /** Announced and not taken in: the feed gives a change once, and taking it in may fail when the database does. */
  let waiting: Change[] = [];

  const loadNow = async () => {
    await changes(); // from here on; then the tables as they are, so that nothing falls in between
    return load();
  };
  const catchUp = async ({ apply }: Derived<T>) => {
    waiting = waiting.concat(await changes());
    await apply(waiting);
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
  };
}
