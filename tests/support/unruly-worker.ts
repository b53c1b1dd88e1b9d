/** A worker that fails in every way a worker can, for tests of what is around it. */
import { setTimeout as pause } from 'node:timers/promises';
import type { Ended, Work } from '#app/core/workers.server.ts';
import { openDatabase } from '#db/open.server.ts';
import { lease } from '#db/schema/core.ts';

const forEver = (): never => {
  for (;;);
};

export default async function work({ begin, task, told }: Work & { begin: string }): Promise<Ended> {
  switch (task) {
    case 'which':
      return { answer: process.pid };
    case 'wait':
      return { answer: await pause(Number(told[0]), 'waited') };
    case 'refuse':
      return { problem: { code: 'invalid_form', facts: { field: 'rows' } } };
    case 'throw':
      return { failed: { message: 'the rules are broken', stack: 'where' } };
    case 'fail later':
      setTimeout(() => {
        throw new Error('nobody waits');
      }, 1);
      return { answer: process.pid };
    case 'exit':
      return process.exit(1);
    case 'spin':
      return forEver();
    case 'fill': {
      const heap: string[][] = [];
      for (;;) heap.push(Array.from({ length: 10_000 }, (_, i) => `${heap.length} ${i}`));
    }
    case 'write and spin':
      await openDatabase(begin).write(async (tx) => {
        await tx.insert(lease).values({ name: 'half', owner: 'worker', until: 1 });
        forEver();
      });
      return forEver();
    default:
      throw new Error(task);
  }
}
