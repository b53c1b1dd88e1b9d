/**
 * A few threads beside the one that answers requests. They begin when there is work and end when there has been none for a while, so a
 * process at rest holds none. Each has its own connections to the database, and remembers what it worked on last.
 */
import { createRequire } from 'node:module';
import { availableParallelism } from 'node:os';
import type { Piscina } from 'piscina';
import type { Actor } from './actor.ts';
import type { Log } from './deps.ts';
import { Problem } from './problem.ts';

/** One piece of work. `now`: the time it is done at, whatever the thread's clock says. */
export type Work = { task: string; now: number; actor: Actor; told: unknown[] };

/** How it ended. Errors that cross between threads lose their class and facts. */
export type Ended =
  | { answer: unknown }
  | { problem: Pick<Problem, 'code' | 'facts'> }
  | { failed: { message: string; stack: string | undefined } };

export type Threads = {
  /**
   * @param mostMs for waiting, beginning a thread, and the work
   * @throws Problem what the work throws; threads_full when too much waits already; thread_failed when the thread ended or took too long
   */
  run(work: Work, mostMs?: number): Promise<unknown>;
  /** Working and waiting. */
  atWork(): number;
  close(): Promise<void>;
};

export type ThreadOptions = {
  log: Log;
  /** Of the file that does the work. */
  file: string;
  /** What every thread is told at its beginning. */
  begin: unknown;
  most?: number;
  mostMb?: number;
  idleMs?: number;
};

/** A whole scope of 20,000 rows takes a second or two. */
const MOST_MS = 60_000;
/** Of two cores one is left to the requests. */
const MOST_THREADS = Math.max(1, Math.min(2, availableParallelism() - 1));
/** Somebody who works on a file thinks for minutes between two decisions; what the thread remembers makes the next page quick. */
const IDLE_MS = 5 * 60_000;
/** Working and waiting, for all and for one organisation. */
const MOST_AT_ONCE = 24;
const MOST_OF_ONE = 6;
/** Ten times what the largest file takes. A thread that needs more ends alone. */
const MOST_MB = 768;
/** Judging makes many short-lived things: with the little the server itself has, a third of the time goes into clearing them away. */
const YOUNG_MB = 48;
const AGAIN_SECONDS = 5;

export function threads({ log, file, begin, most = MOST_THREADS, mostMb = MOST_MB, idleMs = IDLE_MS }: ThreadOptions): Threads {
  let pool: Promise<Piscina> | undefined;
  let closed = false;
  const atWork = new Map<string, number>();
  const open = async () => {
    const { Piscina } = await import('piscina');
    const made = new Piscina({
      // By its name in the package: the built server is one file elsewhere, and threads run the source.
      filename: createRequire(import.meta.url).resolve(file),
      workerData: begin,
      minThreads: 0,
      maxThreads: most,
      idleTimeout: idleMs,
      // Connections to a database need the thread's event loop between two pieces of work.
      atomics: 'disabled',
      resourceLimits: { maxOldGenerationSizeMb: mostMb, maxYoungGenerationSizeMb: YOUNG_MB },
    });
    // A thread that ends while nobody waits for it; the next work has another.
    made.on('error', (error) => log.error({ error: String(error) }, 'a thread ended between two pieces of work'));
    return made;
  };
  const all = () => [...atWork.values()].reduce((sum, count) => sum + count, 0);
  return {
    atWork: all,
    run: async (work, mostMs = MOST_MS) => {
      const owner = work.actor.organisationId;
      const own = atWork.get(owner) ?? 0;
      if (closed || own >= MOST_OF_ONE || all() >= MOST_AT_ONCE) throw new Problem('threads_full', { seconds: AGAIN_SECONDS });
      atWork.set(owner, own + 1);
      try {
        return said(await ended(work, mostMs));
      } finally {
        const left = (atWork.get(owner) ?? 1) - 1;
        if (left > 0) atWork.set(owner, left);
        else atWork.delete(owner);
      }
    },
    close: async () => {
      closed = true;
      await (await pool)?.destroy();
    },
  };

  async function ended(work: Work, mostMs: number): Promise<Ended> {
    try {
      pool ??= open();
      const to = await pool;
      return (await to.run(work, { signal: AbortSignal.timeout(mostMs) })) as Ended;
    } catch (cause) {
      log.error({ task: work.task, error: String(cause) }, 'a thread ended before its work did');
      throw new Problem('thread_failed', { seconds: AGAIN_SECONDS }, { cause });
    }
  }
}

function said(end: Ended): unknown {
  if ('answer' in end) return end.answer;
  if ('problem' in end) throw new Problem(end.problem.code, end.problem.facts);
  const error = new Error(end.failed.message);
  if (end.failed.stack) error.stack = end.failed.stack;
  throw error;
}
