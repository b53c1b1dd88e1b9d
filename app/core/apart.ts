/** Use cases that take long are done apart from the thread that answers requests, wherever there are workers for it (workers.server.ts). */
import type { Actor } from './actor.ts';
import type { Workers } from './workers.server.ts';

/** A use case that may be done in another worker: all it is told and all it answers are plain values. */
export type Apart = { task: string; here(deps: object, actor: Actor, ...told: unknown[]): Promise<unknown> };

type Clocked = { clock: () => number };

/**
 * Does `work` in a worker where `deps` name workers, else where it is called.
 * @param task unique among all; the worker finds the work by it (http/worker.ts)
 */
export function apart<Needs extends Clocked, Told extends unknown[], Answer>(
  task: string,
  work: (deps: Needs, actor: Actor, ...told: Told) => Promise<Answer>,
) {
  const either = (deps: Needs & { workers?: Workers }, actor: Actor, ...told: Told): Promise<Answer> =>
    deps.workers ? (deps.workers.run({ task, now: deps.clock(), actor, told }) as Promise<Answer>) : work(deps, actor, ...told);
  return Object.assign(either, { task, here: work as unknown as Apart['here'] });
}
