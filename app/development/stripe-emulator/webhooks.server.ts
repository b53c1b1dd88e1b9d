import { createHmac } from 'node:crypto';
import http from 'node:http';
import https from 'node:https';
import type Stripe from 'stripe';
import type { Engine } from './engine.server.ts';
import type { Job } from './store.server.ts';

const MOST_AT_ONCE = 16;
const ANSWER_TIMEOUT_MS = 10_000;

/**
 * The header by which `stripe.webhooks.constructEvent` knows us: https://docs.stripe.com/webhooks/signature
 * @param seconds when it was signed
 */
export function signatureHeader(payload: string, secret: string, seconds: number): string {
  return `t=${seconds},v1=${createHmac('sha256', secret).update(`${seconds}.${payload}`).digest('hex')}`;
}

/** Sends what is due and tries again what was not answered with 2xx. At least once: a stop in mid-send sends again after the start. */
export class Webhooks {
  readonly #engine: Engine;
  readonly #agents = { 'http:': new http.Agent({ keepAlive: true }), 'https:': new https.Agent({ keepAlive: true }) };
  readonly #inFlight = new Map<number, Promise<void>>();
  #closed = false;

  constructor(engine: Engine) {
    this.#engine = engine;
  }

  /** Starts all due deliveries that there is room for. */
  sendDue(): void {
    const room = MOST_AT_ONCE - this.#inFlight.size;
    if (this.#closed || room <= 0 || this.#engine.options.webhook === null) return;
    const due = this.#engine.store.dueJobs(this.#engine.clock.now(), 'deliver', MOST_AT_ONCE);
    for (const job of due.filter((item) => !this.#inFlight.has(item.id)).slice(0, room)) {
      const sending = this.#send(job).finally(() => {
        this.#inFlight.delete(job.id);
        this.#engine.onWork();
      });
      this.#inFlight.set(job.id, sending);
    }
  }

  /** Resolves when nothing is under way and nothing more is due. */
  async idle(): Promise<void> {
    this.sendDue();
    while (this.#inFlight.size > 0) {
      await Promise.all(this.#inFlight.values());
      this.sendDue();
    }
  }

  close(): void {
    this.#closed = true;
    for (const agent of Object.values(this.#agents)) agent.destroy();
  }

  async #send(job: Job): Promise<void> {
    const delivered: string[] = [];
    const failed: string[] = [];
    for (const id of job.object.split(',')) {
      const event = this.#engine.store.find<Stripe.Event>('event', id);
      if (event) ((await this.#post(JSON.stringify(event))) ? delivered : failed).push(id);
      if (this.#closed) return;
    }
    const { store, clock, options } = this.#engine;
    this.#engine.change(null, () => {
      store.removeJob(job.id);
      for (const id of new Set(delivered)) {
        const event = store.find<Stripe.Event>('event', id);
        if (event && event.pending_webhooks > 0) store.update({ ...event, pending_webhooks: 0 });
      }
      const wait = options.retryDelaysMs[job.attempt];
      if (failed.length > 0 && wait !== undefined) {
        this.#engine.schedule(clock.now() + wait, 'deliver', [...new Set(failed)].join(','), job.attempt + 1);
      }
    });
  }

  #post(payload: string): Promise<boolean> {
    const { url: address, secret } = this.#engine.options.webhook!;
    const url = new URL(address);
    // A clock set ahead moves the signature with it; one set back must not make every signature look stale to a receiver on real time.
    const signedAt = Math.floor(Math.max(Date.now(), this.#engine.clock.now()) / 1000);
    return new Promise((resolve) => {
      const secure = url.protocol === 'https:';
      const request = (secure ? https : http).request(url, {
        method: 'POST',
        agent: this.#agents[secure ? 'https:' : 'http:'],
        timeout: ANSWER_TIMEOUT_MS,
        headers: {
          'content-type': 'application/json; charset=utf-8',
          'content-length': Buffer.byteLength(payload),
          'user-agent': 'Stripe/1.0 (local emulator)',
          'stripe-signature': signatureHeader(payload, secret, signedAt),
        },
      });
      request.on('response', (response) => {
        response.resume();
        response.on('end', () => resolve((response.statusCode ?? 500) < 300));
        response.on('error', () => resolve(false));
      });
      request.on('timeout', () => request.destroy(new Error('no answer')));
      request.on('error', () => resolve(false));
      request.end(payload);
    });
  }
}
