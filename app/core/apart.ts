/** Use cases that take long are done apart from the thread that answers requests, wherever there are threads for it (threads.server.ts). */
import type { Actor } from './actor.ts';
import type { Threads } from './threads.server.ts';

/** A use case that may be done in another thread: all it is told and all it answers are plain values. */
export type Apart = { task: string; here(deps: object, actor: Actor, ...told: unknown[]): Promise<unknown> };

type Clocked = { clock: () => number };

/**
 * Does `work` in a thread where `deps` name threads, else where it is called.
 * @param task unique among all; the thread finds the work by it (http/thread.ts)
 */
export function apart<Needs extends Clocked, Told extends unknown[], Answer>(
  task: string,
  work: (deps: Needs, actor: Actor, ...told: Told) => Promise<Answer>,
) {
  const either = (deps: Needs & { threads?: Threads }, actor: Actor, ...told: Told): Promise<Answer> =>
    deps.threads ? (deps.threads.run({ task, now: deps.clock(), actor, told }) as Promise<Answer>) : work(deps, actor, ...told);
  return Object.assign(either, { task, here: work as unknown as Apart['here'] });
}
