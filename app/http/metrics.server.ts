/** What a monitoring system reads at /metrics (Prometheus text). Tables are asked only when it does. */
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { Counter, Gauge, Histogram, Registry } from 'prom-client';
import { countOpenFindings } from '#app/core/audit-findings.server.ts';
import { lateEffects, outboxBacklog } from '#app/core/outbox.server.ts';
import { countOrders } from '#app/modules/orders/count-orders.server.ts';
import { countPayments } from '#app/modules/payments/count-payments.server.ts';
import type { Overload } from './overload.ts';
import { sectionOf } from './remix.server.ts';
import type { Services } from './services.server.ts';

const NS_PER_SECOND = 1e9;
/** Effects late by an hour are counted up to here. */
const MOST_LATE = 1_000;
const SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

export type Metrics = {
  /** A request was answered, or its client left. */
  answered(path: string, status: number, ms: number): void;
  text(): Promise<string>;
  /** Of the text. */
  contentType: string;
  close(): void;
};

/** @param kinds first segments of the product's addresses: what else people ask for is one kind, and makes no rows of its own */
export function metrics(services: Services, load: Pick<Overload, 'state'>, kinds: () => ReadonlySet<string>): Metrics {
  const { db, clock, catalogue, scopes } = services;
  const registers = [new Registry()];
  const [register] = registers as [Registry];
  const delay = monitorEventLoopDelay({ resolution: 20 });
  delay.enable();

  const requests = new Histogram({
    name: 'hengji_request_seconds',
    help: 'Answered requests, by kind of address and class of status',
    labelNames: ['kind', 'status'] as const,
    buckets: SECONDS,
    registers,
  });
  const gauge = (name: string, help: string, labelNames: string[] = []) =>
    new Gauge({ name: `hengji_${name}`, help, labelNames, registers });
  const loop = gauge('event_loop_delay_seconds', 'Delay of the event loop since the last reading', ['quantile']);
  const memory = gauge('memory_bytes', 'Memory of the process', ['kind']);
  const atWork = gauge('requests', 'Requests at work and waiting to begin', ['state']);
  const away = new Counter({ name: 'hengji_turned_away_total', help: 'Requests turned away by overload', labelNames: ['who'], registers });
  const backlog = gauge('outbox_oldest_seconds', 'How long the oldest effect that is due has waited');
  const givenUp = gauge('outbox_given_up', 'Effects nobody tries any more');
  const late = gauge('outbox_late', 'Effects tried for an hour and more, by topic: mail, payments', ['topic']);
  const orders = gauge('orders', 'Orders by progress; held ones are holds', ['progress']);
  const attempts = gauge('payments', 'Payments by state', ['state']);
  const refunds = gauge('refunds', 'Refunds by state', ['state']);
  const changed = gauge('audit_findings', 'Changes of the audit log nobody has looked at, by what was found', ['fault']);
  const search = gauge('search_size', 'What search holds in memory', ['of']);
  const workers = gauge('workers_busy', 'Work in workers, waiting included');
  const told = { visitors: 0, signedIn: 0 };

  const ofProcess = () => {
    for (const [quantile, at] of [
      ['0.5', 50],
      ['0.99', 99],
      ['1', 100],
    ] as const)
      loop.set({ quantile }, delay.percentile(at) / NS_PER_SECOND);
    delay.reset();
    const { rss, heapUsed, external } = process.memoryUsage();
    for (const [kind, bytes] of Object.entries({ rss, heapUsed, external })) memory.set({ kind }, bytes);
    const state = load.state();
    atWork.set({ state: 'at work' }, state.atWork);
    atWork.set({ state: 'waiting' }, state.waiting);
    for (const who of ['visitors', 'signedIn'] as const) {
      away.inc({ who }, state.turnedAway[who] - told[who]);
      told[who] = state.turnedAway[who];
    }
    workers.set(services.workers.atWork());
  };
  const ofTables = async () => {
    const now = clock();
    const found = await db.read(async (q) => ({
      outbox: await outboxBacklog(q, now),
      late: await lateEffects(q, MOST_LATE),
      orders: await countOrders(q),
      payments: await countPayments(q),
      audit: await countOpenFindings(q),
    }));
    backlog.set(found.outbox.oldestDue === null ? 0 : Math.max(0, now - found.outbox.oldestDue) / 1000);
    givenUp.set(found.outbox.givenUp);
    for (const one of [late, orders, attempts, refunds, changed]) one.reset();
    for (const { fault, count } of found.audit) changed.set({ fault }, count);
    for (const { topic } of found.late) late.inc({ topic });
    for (const { progress, count } of found.orders) orders.set({ progress }, count);
    for (const { state, count } of found.payments.attempts) attempts.set({ state }, count);
    for (const { state, count } of found.payments.refunds) refunds.set({ state }, count);
    search.set({ of: 'services' }, (await catalogue.current()).services.size);
    search.set({ of: 'capabilities' }, (await scopes.current()).capabilities.size);
  };
  const kindOf = (path: string): string => {
    const first = sectionOf(path).split(' ')[1] ?? 'home';
    return kinds().has(first) ? first : 'other';
  };

  return {
    answered: (path, status, ms) => requests.observe({ kind: kindOf(path), status: `${Math.floor(status / 100)}xx` }, ms / 1000),
    text: async () => {
      ofProcess();
      // What the process knows of itself is told while the database is away, too.
      await ofTables().catch((error) => services.log.warn({ error: String(error) }, 'metrics could not be read from the tables'));
      return register.metrics();
    },
    contentType: register.contentType,
    close: () => void delay.disable(),
  };
}
