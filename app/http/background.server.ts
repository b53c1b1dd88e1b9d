import { setTimeout as pause } from 'node:timers/promises';
import type { Deps } from '#app/core/deps.ts';
import { giveBackLease, takeLease } from '#app/core/lease.server.ts';
import type { Task } from '#app/core/module.ts';

export type Background = {
  /** Runs a task soon, without waiting for its turn; many calls in a moment are one run. */
  wake(name: string): void;
  /** No task starts any more; those running are waited for and their leases given back. */
  stop(): Promise<void>;
};

/** A process that died holds a lease no longer than this, however seldom its task runs; one that lives renews it well before. */
const LEASE_MS = 60_000;
const RENEW_MS = LEASE_MS / 3;
const WAKE_MS = 15;
/** Tasks begin a little after the start, so that the first requests are answered first. What needs a task's result earlier reads it itself. */
const FIRST_MS = 250;

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
    let nextAt = performance.now() + FIRST_MS;
    while (!signal.aborted) {
      const woken = new Promise<void>((resolve) => {
        wake = resolve;
      });
      if (performance.now() >= nextAt) {
        const had = await takeTurn(deps, task, owner, signal);
        // A process without the lease asks for it often, because the one that has it may have died.
        nextAt = performance.now() + (had ? task.everyMs : Math.min(task.everyMs, RENEW_MS));
      } else if (!task.everywhere) {
        await takeLease(deps, leaseOf(task), owner, LEASE_MS).catch(() => {}); // kept from turn to turn; the next turn asks again
      }
      if (await sleepUntil(woken, Math.min(nextAt - performance.now(), RENEW_MS), signal)) nextAt = 0;
    }
    if (!task.everywhere) await giveBackLease(deps, leaseOf(task), owner).catch(() => {});
  };
  return { wake: () => wake(), ended: turn() };
}

/**
 * For so long, or until a moment after somebody wakes it: what is written in that moment is done in the same run.
 * @returns whether somebody did
 */
async function sleepUntil(woken: Promise<void>, ms: number, signal: AbortSignal): Promise<boolean> {
  const over = new AbortController();
  const either = { signal: AbortSignal.any([signal, over.signal]) };
  const wasWoken = await Promise.race([pause(Math.max(0, ms), false, either), woken.then(() => pause(WAKE_MS, true, either))]).catch(
    () => false,
  );
  over.abort();
  return wasWoken;
}

/**
 * One turn of a task, if this process may run it now.
 * @returns whether this process had the turn, well or badly
 */
export async function takeTurn(deps: Deps, task: Task, owner: string, signal: AbortSignal): Promise<boolean> {
  const lease = leaseOf(task);
  let renewal: NodeJS.Timeout | undefined;
  let had = false;
  try {
    had = task.everywhere || (await takeLease(deps, lease, owner, LEASE_MS));
    if (!had) return false;
    if (!task.everywhere)
      renewal = setInterval(() => {
        takeLease(deps, lease, owner, LEASE_MS).catch(() => {}); // the next turn asks again
      }, RENEW_MS);
    await task.run(signal);
    return true;
  } catch (error) {
    deps.log.error({ task: task.name, stack: error instanceof Error ? error.stack : String(error) }, 'background work failed');
    return had;
  } finally {
    clearInterval(renewal);
  }
}
