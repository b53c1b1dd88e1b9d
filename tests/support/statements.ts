import Sqlite from 'better-sqlite3';
import pg from 'pg';
import { inject, onTestFinished } from 'vitest';

/** Every statement the driver is given from here on: drizzle's, those prepared long ago, and those of the transaction. */
export function countStatements(): { count: number } {
  const seen = { count: 0 };
  const watch = (proto: Record<string, unknown>, names: readonly string[]) => {
    for (const name of names) {
      const real = proto[name] as (...args: unknown[]) => unknown;
      proto[name] = function (this: unknown, ...args: unknown[]) {
        seen.count++;
        return real.apply(this, args);
      };
      onTestFinished(() => {
        proto[name] = real;
      });
    }
  };
  if (inject('engine') === 'sqlite')
    watch(Object.getPrototypeOf(new Sqlite(':memory:').prepare('select 1')) as Record<string, unknown>, ['run', 'all', 'get']);
  else watch(pg.Client.prototype as unknown as Record<string, unknown>, ['query']);
  return seen;
}
