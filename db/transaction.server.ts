import { AsyncLocalStorage } from 'node:async_hooks';

/** How long a lock another holds is waited for, unless said. */
export const LOCK_WAIT_MS = 15_000;

const open = new AsyncLocalStorage<{ done: boolean }>();

/** Runs `work` marked as a transaction, so that a write inside it is refused instead of waiting for itself for ever. */
export async function asTransaction<T>(work: () => Promise<T>): Promise<T> {
  const mark = { done: false };
  try {
    return await open.run(mark, work);
  } finally {
    mark.done = true;
  }
}

/** @throws Error inside an open transaction. What was started in one and outlives it may write. */
export function refuseNested(): void {
  if (open.getStore()?.done === false)
    throw new Error('A write inside a write: pass the transaction down instead of opening a second one.');
}
