import { setTimeout as delay } from 'node:timers/promises';
import type Stripe from 'stripe';
import { type FaultState, type FaultSwitches, parseFaults } from './faults.ts';
import { newId } from './identifiers.ts';
import { Store } from './store.server.ts';

/** The API version of the pinned SDK; a test compares the two, so that raising the SDK asks for a new look at the emulator. */
export const API_VERSION = '2026-10-28.endive';

/** What an endpoint gets when it names no types: all that the platform listens to. */
const WEBHOOK_EVENTS = [
  'charge.dispute.closed',
  'charge.dispute.created',
  'charge.refunded',
  'checkout.session.async_payment_failed',
  'checkout.session.async_payment_succeeded',
  'checkout.session.completed',
  'checkout.session.expired',
  'payment_intent.payment_failed',
  'payment_intent.succeeded',
  'refund.created',
  'refund.failed',
  'refund.updated',
];

export interface EngineOptions {
  /** Folder for the state; null keeps it in memory. */
  folder: string | null;
  /** UTC milliseconds. */
  now: () => number;
  /** How long a payment or refund that settles later takes. */
  asyncDelayMs: number;
  /** The simulated processing fee, in hundredths of a per cent of the amount. */
  feeBasisPoints: number;
  webhook: { url: string; secret: string; events?: string[] } | null;
  /** Waits before the second, third, … attempt; afterwards the event is given up (it stays in `GET /v1/events`). */
  retryDelaysMs: number[];
  faults: FaultSwitches;
}

/** Who caused a change: an API request, or nobody (the buyer's page, the clock). */
interface Cause {
  id: string | null;
  idempotency_key: string | null;
}

export class Engine {
  readonly store: Store;
  readonly options: EngineOptions;
  readonly clock: { now: () => number; advance: (ms: number) => void };
  faults: FaultState;
  /** Called after a change that has left something to do. */
  onWork: () => void = () => {};
  #pending: Stripe.Event[] = [];
  #cause: Cause = { id: null, idempotency_key: null };
  #nextDue: number | null = 0;
  #released = new AbortController();

  constructor(options: EngineOptions) {
    this.options = options;
    this.store = new Store(options.folder);
    this.faults = parseFaults(options.faults);
    let offset = Number(this.store.setting('clock_offset') ?? 0);
    this.clock = {
      now: () => options.now() + offset,
      advance: (ms) => {
        offset += ms;
        this.store.setSetting('clock_offset', String(offset));
        this.onWork();
      },
    };
  }

  setFaults(switches: unknown): FaultState {
    this.faults = parseFaults(switches);
    this.#released.abort();
    this.#released = new AbortController();
    return this.faults;
  }

  /** Takes as long as the switch says, or until the switches are set anew. */
  async latency(): Promise<void> {
    if (this.faults.latencyMs === 0) return;
    await delay(this.faults.latencyMs, null, { signal: this.#released.signal, ref: false }).catch(() => null);
  }

  /** Now, in Stripe's whole seconds. */
  seconds(): number {
    return Math.floor(this.clock.now() / 1000);
  }

  /** Runs one change: its objects, events and jobs are stored together; webhooks leave after the commit. */
  change<T>(cause: Cause | null, work: () => T): T {
    this.#pending = [];
    this.#cause = cause ?? { id: null, idempotency_key: null };
    try {
      const result = this.store.transaction(() => {
        const value = work();
        this.#queueDeliveries();
        return value;
      });
      if (this.#pending.length > 0) this.onWork();
      return result;
    } finally {
      this.#pending = [];
    }
  }

  emit(type: string, object: object): void {
    const { webhook } = this.options;
    const listened = webhook !== null && (webhook.events ?? WEBHOOK_EVENTS).includes(type);
    // The union of the SDK's 270 event types cannot be met by a string; the contract test checks each against its own.
    const event = {
      id: newId('evt'),
      object: 'event',
      api_version: API_VERSION,
      created: this.seconds(),
      data: { object },
      livemode: false,
      pending_webhooks: listened ? 1 : 0,
      request: this.#cause,
      type,
    } as unknown as Stripe.Event;
    this.store.insert('event', event, event.created, { type });
    if (listened) this.#pending.push(event);
  }

  schedule(dueMs: number, task: string, object: string, attempt = 0): void {
    this.store.addJob(dueMs, task, object, attempt);
    if (this.#nextDue === null || dueMs < this.#nextDue) this.#nextDue = dueMs;
  }

  /** A cheap look whether the clock has passed the next job. */
  hasDueJobs(): boolean {
    return this.#nextDue !== null && this.#nextDue <= this.clock.now();
  }

  /** Looks up the next job later than `after`. */
  refreshNextDue(after = this.clock.now()): number | null {
    this.#nextDue = this.store.nextDue(after);
    return this.#nextDue;
  }

  /** The events of one change go out together, one after the other, as the fault switches say. */
  #queueDeliveries(): void {
    const { webhooks } = this.faults;
    const met = (event: Stripe.Event) => webhooks.types === undefined || webhooks.types.includes(event.type);
    const faulty = this.#pending.filter(met);
    const plain = this.#pending.filter((event) => !met(event));
    const now = this.clock.now();
    if (plain.length > 0) this.schedule(now, 'deliver', plain.map((event) => event.id).join(','));
    if (faulty.length === 0 || webhooks.drop) return;
    const ids = faulty.map((event) => event.id);
    if (webhooks.reorder) ids.reverse();
    const repeated = ids.flatMap((id) => Array<string>(webhooks.duplicate + 1).fill(id));
    this.schedule(now + webhooks.delayMs, 'deliver', repeated.join(','));
  }
}
