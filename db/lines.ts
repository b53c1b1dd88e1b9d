/** Queues in this process: work on one name goes one at a time, in the order it came. */
import { createHash } from 'node:crypto';
import { DatabaseTrouble } from './errors.ts';

export type Lines = <T>(names: readonly string[], work: () => Promise<T>) => Promise<T>;

/** @param waitMs how long somebody stands in a line before giving up (`isOutOfReach` says so of the error) */
export function lines(waitMs: number): Lines {
  /** Who waits behind the one whose turn it is; no entry where nobody is. */
  const waiting = new Map<string, (() => void)[]>();

  const enter = (name: string) =>
    new Promise<void>((resolve, reject) => {
      const line = waiting.get(name);
      if (!line) {
        waiting.set(name, []);
        return resolve();
      }
      const turn = () => {
        clearTimeout(timer);
        resolve();
      };
      const timer = setTimeout(() => {
        line.splice(line.indexOf(turn), 1);
        reject(new DatabaseTrouble('LINE_TOO_LONG', `no turn within ${waitMs} ms`));
      }, waitMs);
      line.push(turn);
    });

  const leave = (name: string) => {
    const next = waiting.get(name)?.shift();
    if (next) next();
    else waiting.delete(name);
  };

  return async (names, work) => {
    const entered: string[] = [];
    try {
      // All take several names in the same order: nobody waits in a circle.
      for (const name of [...new Set(names)].sort()) {
        await enter(name);
        entered.push(name);
      }
      return await work();
    } finally {
      for (const name of entered) leave(name);
    }
  };
}

/** The advisory locks of PostgreSQL that stand for these names between processes, in the order everybody takes them in. */
export function lockNumbers(names: readonly string[]): bigint[] {
  const numbers = new Set(names.map((name) => createHash('sha256').update(name).digest().readBigInt64BE()));
  return [...numbers].sort((a, b) => (a < b ? -1 : 1));
}
