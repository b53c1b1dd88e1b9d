/** A thread that fails in every way a thread can, for tests of what is around it. */
import { setTimeout as pause } from 'node:timers/promises';
import { threadId, workerData } from 'node:worker_threads';
import type { Ended, Work } from '#app/core/threads.server.ts';
import { openDatabase } from '#db/open.server.ts';
import { lease } from '#db/schema/core.ts';

const forEver = (): never => {
  for (;;);
};

export default async function work({ task, told }: Work): Promise<Ended> {
  switch (task) {
    case 'which':
      return { answer: threadId };
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
      return { answer: threadId };
    case 'exit':
      return process.exit(1);
    case 'spin':
      return forEver();
    case 'fill': {
      const heap: string[][] = [];
      for (;;) heap.push(Array.from({ length: 10_000 }, (_, i) => `${heap.length} ${i}`));
    }
    case 'write and spin':
      await openDatabase(String(workerData)).write(async (tx) => {
        await tx.insert(lease).values({ name: 'half', owner: 'thread', until: 1 });
        forEver();
      });
      return forEver();
    default:
      throw new Error(task);
  }
}
