import { hostname } from 'node:os';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { Task } from '#app/core/module.ts';
import { type Background, startBackground } from './background.server.ts';
import { createSite, type SiteOptions } from './site.server.ts';
import { backgroundTasks } from './tasks.server.ts';

/** Connections that may stand at the door while the process does something else. Node's own 511 makes the next one be tried again by its machine after a second. */
const BACKLOG = 4096;

/** Requests in flight get so long to finish after the process is told to go. */
const GRACE_MS = 10_000;

export type Running = {
  port: number;
  /** Finishes requests in flight, stops background work, closes the database; never longer than the grace time and a little. */
  stop(): Promise<void>;
};

/**
 * Listens and works in the background until stopped.
 * @throws Error with `code: 'EADDRINUSE'` when the port is taken
 */
export async function run(options: SiteOptions & { port: number; graceMs?: number; tasks?: Task[] }): Promise<Running> {
  const { services, port, graceMs = GRACE_MS } = options;
  const owner = `${hostname()}:${process.pid}:${performance.timeOrigin}`;
  const { tasks = backgroundTasks(services, owner) } = options;
  const { server, leave } = createSite(options);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen({ port, backlog: BACKLOG }, () => resolve(server.off('error', reject) && undefined));
  });
  const background: Background = startBackground(services, tasks, owner);
  services.wake = () => background.wake('outbox');

  let stopped: Promise<void> | undefined;
  const stop = async () => {
    leave();
    const closed = new Promise<void>((resolve) => server.close(() => resolve()));
    server.closeIdleConnections();
    const grace = setTimeout(() => server.closeAllConnections(), graceMs);
    await Promise.all([closed, within(background.stop(), graceMs)]);
    clearTimeout(grace);
    await within(services.close(), graceMs);
  };
  const address = server.address();
  return { port: typeof address === 'object' && address ? address.port : port, stop: () => (stopped ??= stop()) };
}

const within = (work: Promise<void>, ms: number) => {
  let timer: NodeJS.Timeout;
  const late = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, ms);
  });
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
};

/** After the start: when its first requests are answered. */
const SETTLED_MS = 1000;

/** Most of what a start needs is not needed again. V8 would give it back some time; a process at rest need not hold it until then. */
export function giveBackAfterStart(): void {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  setTimeout(collect, SETTLED_MS).unref();
}

/** The signals a terminal, a container or a service manager sends; the second one does not wait. */
export function stopOnSignals(running: Running, { log }: SiteOptions['services'], alsoStop: () => Promise<void> = async () => {}): void {
  let asked = false;
  const leave = async (code: number) => {
    if (asked) process.exit(1);
    asked = true;
    await running.stop();
    await alsoStop();
    process.exit(code);
  };
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => void leave(0));
  // Nothing is known about the state any more: finish what can be finished, and let the service manager start anew.
  process.on('uncaughtException', (error) => {
    log.error({ stack: error.stack }, 'uncaught error, the process stops');
    void leave(1);
  });
  process.on('unhandledRejection', (error) => {
    log.error({ stack: error instanceof Error ? error.stack : String(error) }, 'a promise failed and nobody waited for it');
  });
}
