/**
 * A few worker processes beside the one that answers requests. They begin when there is work and end when there has been none for a while,
 * and take with them what they used: threads of one process leave their memory behind in it (decisions/workers.md). Each has its own
 * connections to the database, and remembers what it worked on last.
 */
import { createRequire } from 'node:module';
import { availableParallelism } from 'node:os';
import { pathToFileURL } from 'node:url';
import type { Tinypool } from 'tinypool';
import type { Actor } from './actor.ts';
import type { Log } from './deps.ts';
import { Problem } from './problem.ts';

/** One piece of work. `now`: the time it is done at, whatever the worker's clock says. */
export type Work = { task: string; now: number; actor: Actor; told: unknown[] };

/** How it ended. Errors that cross between processes lose their class and facts. */
export type Ended =
  | { answer: unknown }
  | { problem: Pick<Problem, 'code' | 'facts'> }
  | { failed: { message: string; stack: string | undefined } };

export type Workers = {
  /**
   * @param mostMs for waiting, beginning a worker, and the work
   * @throws Problem what the work throws; workers_full when too much waits already; worker_failed when the worker ended or took too long
   */
  run(work: Work, mostMs?: number): Promise<unknown>;
  /** Working and waiting. */
  atWork(): number;
  close(): Promise<void>;
};

export type WorkerOptions = {
  log: Log;
  /** Of the file that does the work. */
  file: string;
  /** What every worker is told with its work. */
  begin: unknown;
  most?: number;
  mostMb?: number;
  idleMs?: number;
};

/** A whole scope of 20,000 rows takes a second or two. */
const MOST_MS = 60_000;
/** Of two cores one is left to the requests. */
const MOST_WORKERS = Math.max(1, Math.min(2, availableParallelism() - 1));
/** Somebody who works on a file thinks for minutes between two decisions; what the worker remembers makes the next page quick. */
const IDLE_MS = 5 * 60_000;
/** Working and waiting, for all and for one organisation. */
const MOST_AT_ONCE = 24;
const MOST_OF_ONE = 6;
/** Ten times what the largest file takes. A worker that needs more ends alone. */
const MOST_MB = 768;
/** Judging makes many short-lived things: with the little the server itself has, a third of the time goes into clearing them away. */
const YOUNG_MB = 16;
const AGAIN_SECONDS = 5;
const SIZES = /^--max-(old|semi)-space-size=/;

export function startWorkers({ log, file, begin, most = MOST_WORKERS, mostMb = MOST_MB, idleMs = IDLE_MS }: WorkerOptions): Workers {
  let pool: Promise<Tinypool> | undefined;
  let closed = false;
  const atWork = new Map<string, number>();
  const open = async () => {
    const { Tinypool } = await import('tinypool');
    const made = new Tinypool({
      runtime: 'child_process',
      // Buffers, dates and what is undefined arrive as they are.
      serialization: 'advanced',
      // By its name in the package: the built server is one file elsewhere, and these processes run the source.
      filename: pathToFileURL(createRequire(import.meta.url).resolve(file)).href,
      env: process.env as Record<string, string>,
      execArgv: [
        ...process.execArgv.filter((flag) => !SIZES.test(flag)),
        `--max-old-space-size=${mostMb}`,
        `--max-semi-space-size=${YOUNG_MB}`,
      ],
      minThreads: 0,
      maxThreads: most,
      idleTimeout: idleMs,
    });
    // A worker that ends while nobody waits for it; the next work has another.
    made.on('error', (error) => log.error({ error: String(error) }, 'a worker ended between two pieces of work'));
    return made;
  };
  const all = () => [...atWork.values()].reduce((sum, count) => sum + count, 0);
  return {
    atWork: all,
    run: async (work, mostMs = MOST_MS) => {
      const owner = work.actor.organisationId;
      const own = atWork.get(owner) ?? 0;
      if (closed || own >= MOST_OF_ONE || all() >= MOST_AT_ONCE) throw new Problem('workers_full', { seconds: AGAIN_SECONDS });
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
      return (await to.run({ ...work, begin }, { signal: AbortSignal.timeout(mostMs) })) as Ended;
    } catch (cause) {
      log.error({ task: work.task, error: String(cause) }, 'a worker ended before its work did');
      throw new Problem('worker_failed', { seconds: AGAIN_SECONDS }, { cause });
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
