import type { Database } from '#db/open.server.ts';
import type { Tell } from './hooks.ts';
import type { Settings } from './settings.ts';

export type Log = {
  info(facts: object, text: string): void;
  warn(facts: object, text: string): void;
  error(facts: object, text: string): void;
};

/** What a use case is handed: nothing in the product reaches for a database, a clock or the environment by itself. */
export type Deps = {
  db: Database;
  settings: Settings;
  /** UTC milliseconds. */
  clock: () => number;
  log: Log;
  /** Has the other modules follow what happened, in the same transaction. */
  tell: Tell;
};
