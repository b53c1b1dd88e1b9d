import { setTimeout as pause } from 'node:timers/promises';
import type { Deps } from '#app/core/deps.ts';
import { takeLease } from '#app/core/lease.server.ts';

export type Task = {
  /** Names the lease too. */
  name: string;
  everyMs: number;
  /** `signal` says that the process is going: what can stop half-way should. */
  run: (signal: AbortSignal) => Promise<unknown>;
  /** Runs in every process at once, because it leases what it works on row by row (the outbox). */
  everywhere?: boolean;
};

export type Background = {
  /** Runs a task soon, without waiting for its turn; many calls in a moment are one run. */
  wake(name: string): void;
  /** No task starts any more; those running are waited for and their leases given back. */
  stop(): Promise<void>;
};

/** A process that died holds a lease no longer than this; one that lives renews it well before. */
const LEASE_MS = 60_000;
const WAKE_MS = 15;

/**
 * Runs the tasks of this process. Several processes may: of those, one holds each task's lease and runs it, and when that one
 * goes, the next to ask takes over.
 * @param owner unique among the processes
 */
export function startBackground(deps: Deps, tasks: Task[], owner: string): Background {
  const stopping = new AbortController();
  const loops = tasks.map((task) => loop(deps, task, owner, stopping.signal));
  return {
    wake: (name) => loops[tasks.findIndex((task) => task.name === name)]?.wake(),
    stop: async () => {
      stopping.abort();
      await Promise.all(loops.map((one) => one.ended));
    },
  };
}

const leaseOf = (task: Task) => `background:${task.name}`;

function loop(deps: Deps, task: Task, owner: string, signal: AbortSignal) {
  let wake = () => {};
  const turn = async () => {
    while (!signal.aborted) {
      const woken = new Promise<void>((resolve) => {
        wake = resolve;
      });
      await takeTurn(deps, task, owner, signal);
      await sleepUntil(woken, task.everyMs, signal);
    }
    // A lease that ended a moment ago is free for the next process to take; one that another holds stays as it is.
    if (!task.everywhere) await takeLease(deps, leaseOf(task), owner, -1).catch(() => {});
  };
  return { wake: () => wake(), ended: turn() };
}

/** Until the next turn, or a moment after somebody wakes it: what is written in that moment is done in the same run. */
async function sleepUntil(woken: Promise<void>, ms: number, signal: AbortSignal): Promise<void> {
  const over = new AbortController();
  const either = AbortSignal.any([signal, over.signal]);
  await Promise.race([pause(ms, undefined, { signal: either }), woken.then(() => pause(WAKE_MS, undefined, { signal: either }))]).catch(
    () => {},
  );
  over.abort();
}

/**
 * One turn of a task, if this process may run it now.
 * @returns whether it ran to its end
 */
export async function takeTurn(deps: Deps, task: Task, owner: string, signal: AbortSignal): Promise<boolean> {
  const lease = leaseOf(task);
  let renewal: NodeJS.Timeout | undefined;
  try {
    if (!task.everywhere) {
      if (!(await takeLease(deps, lease, owner, LEASE_MS + task.everyMs))) return false;
      renewal = setInterval(() => {
        takeLease(deps, lease, owner, LEASE_MS + task.everyMs).catch(() => {}); // the next turn asks again
      }, LEASE_MS / 3);
    }
    await task.run(signal);
    return true;
  } catch (error) {
    deps.log.error({ task: task.name, stack: error instanceof Error ? error.stack : String(error) }, 'background work failed');
    return false;
  } finally {
    clearInterval(renewal);
  }
}
