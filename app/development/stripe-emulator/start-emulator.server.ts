import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type Stripe from 'stripe';
import { ApiServer, type Exchange } from './api-server.server.ts';
import { attemptPayment, findSession, OUTCOMES, type Outcome } from './checkout.ts';
import { answerControl } from './control.server.ts';
import { Engine, type EngineOptions } from './engine.server.ts';
import { ApiError } from './errors.ts';
import { errorBody, readBody, send, sendJson } from './exchange.server.ts';
import type { FaultSwitches } from './faults.ts';
import { runDueJobs, settleNow } from './jobs.ts';
import { closedPage, PAGE_STYLE, pagePolicy, pageWords, paymentPage, successAddress } from './page.ts';
import { METHODS, type Method } from './payment-objects.ts';
import { closeDispute, openDispute } from './refunds.ts';
import { Webhooks } from './webhooks.server.ts';

export interface StripeEmulatorOptions extends Partial<EngineOptions> {
  /** 0 (default) takes any free port. */
  port?: number;
  host?: string;
  /** The only key it takes; default `sk_test_local`. */
  apiKey?: string;
  /** Where the buyer's browser finds it; default is its own address. */
  publicUrl?: string;
  /** Enables `/_stand-in/…` (faults, clock, pay, disputes). */
  control?: boolean;
  /** Needed to run at all where NODE_ENV is `production`. */
  demo?: boolean;
  observe?: (exchange: Exchange) => void;
}

export interface StripeEmulator {
  port: number;
  url: string;
  clock: Engine['clock'];
  faults: { set: (switches: FaultSwitches) => void; reset: () => void };
  /** Pays in the buyer's place; false when the session was no longer open. */
  pay: (sessionId: string, method?: Method, outcome?: Outcome) => boolean;
  /** Ends now all payments and refunds that are still processing. */
  settle: () => void;
  openDispute: (chargeId: string, reason?: string) => Stripe.Dispute;
  closeDispute: (disputeId: string, status: 'won' | 'lost') => Stripe.Dispute;
  /** Resolves when every webhook that is due was sent and answered. */
  idle: () => Promise<void>;
  close: () => Promise<void>;
}

const DEFAULTS: EngineOptions = {
  folder: null,
  now: Date.now,
  asyncDelayMs: 5_000,
  feeBasisPoints: 100,
  webhook: null,
  retryDelaysMs: [1_000, 5_000, 30_000, 120_000, 600_000, 3_600_000, 10_800_000],
  faults: {},
};

const STYLE_HASH = createHash('sha256').update(PAGE_STYLE).digest('base64');
const LONGEST_TIMER_MS = 60_000;

/**
 * Starts the local emulator of Stripe.
 * @throws Error with one clear line in production without the demo flag, and for a port that is taken
 */
export async function startStripeEmulator(options: StripeEmulatorOptions = {}): Promise<StripeEmulator> {
  if (process.env.NODE_ENV === 'production' && !options.demo) {
    throw new Error(
      'The simulated payment service does not run in production. Set STRIPE_SECRET_KEY, or the demo flag for a demonstration.',
    );
  }
  const { port = 0, host = '127.0.0.1', apiKey = 'sk_test_local', publicUrl, control = false, demo: _, observe, ...given } = options;
  const engine = new Engine({ ...DEFAULTS, ...given });
  let ownUrl = '';
  const baseUrl = () => (publicUrl ?? ownUrl).replace(/\/$/, '');
  const api = new ApiServer(engine, { apiKey, publicUrl: baseUrl, observe });
  const webhooks = new Webhooks(engine);
  const server = createServer((request, response) => {
    route(request, response).catch((error: unknown) => {
      const { status, body } = errorBody(error);
      if (status >= 500) console.error('emulator:', error);
      if (!response.headersSent) sendJson(response, status, body);
      else response.destroy();
    });
  });

  async function route(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = URL.parse(request.url ?? '/', 'http://emulator');
    if (!url) throw new ApiError(400, { message: 'Not a valid address' });
    if (url.pathname.startsWith('/v1/')) return api.handle(request, response, url);
    if (url.pathname.startsWith('/c/pay/')) return answerPage(engine, request, response, url.pathname.slice('/c/pay/'.length));
    if (control && url.pathname.startsWith('/_stand-in/')) {
      api.checkKey(request);
      return answerControl(engine, request, response, url.pathname);
    }
    if (url.pathname === '/healthz') return sendJson(response, 200, { ok: true });
    throw new ApiError(404, { message: `Unrecognized request URL (${request.method}: ${url.pathname}).` });
  }

  const stopWork = keepWorking(engine, webhooks);
  await listen(server, port, host);
  const taken = (server.address() as AddressInfo).port;
  ownUrl = `http://${host}:${taken}`;
  engine.onWork();

  return {
    port: taken,
    url: ownUrl,
    clock: engine.clock,
    faults: {
      set: (switches) => void engine.setFaults(switches),
      reset: () => void engine.setFaults({}),
    },
    pay: (id, method = 'card', outcome = 'succeed') => {
      runDueJobs(engine);
      return engine.change(null, () => attemptPayment(engine, id, method, outcome));
    },
    settle: () => settleNow(engine),
    openDispute: (charge, reason = 'product_not_received') => engine.change(null, () => openDispute(engine, charge, reason)),
    closeDispute: (id, status) => engine.change(null, () => closeDispute(engine, id, status)),
    idle: async () => {
      runDueJobs(engine);
      await webhooks.idle();
    },
    close: async () => {
      stopWork();
      webhooks.close();
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
      await webhooks.idle();
      engine.store.close();
    },
  };
}

/** Runs jobs when the clock reaches them and after every change that left some. */
function keepWorking(engine: Engine, webhooks: Webhooks): () => void {
  let timer: NodeJS.Timeout | undefined;
  let queued = false;
  let stopped = false;
  const pump = () => {
    queued = false;
    if (stopped) return;
    runDueJobs(engine);
    webhooks.sendDue();
    clearTimeout(timer);
    const next = engine.refreshNextDue();
    if (next === null) return;
    timer = setTimeout(engine.onWork, Math.min(Math.max(next - engine.clock.now(), 1), LONGEST_TIMER_MS));
    timer.unref();
  };
  engine.onWork = () => {
    if (queued || stopped) return;
    queued = true;
    setImmediate(pump);
  };
  return () => {
    stopped = true;
    clearTimeout(timer);
  };
}

/** The hosted checkout page: one form, no script. */
async function answerPage(engine: Engine, request: IncomingMessage, response: ServerResponse, id: string): Promise<void> {
  runDueJobs(engine);
  const html = (status: number, body: string, session: Stripe.Checkout.Session | null) =>
    send(response, status, 'text/html; charset=utf-8', body, {
      'content-security-policy': pagePolicy(session, STYLE_HASH),
      'referrer-policy': 'no-referrer',
    });
  const row = (() => {
    try {
      return findSession(engine, id);
    } catch {
      return null;
    }
  })();
  const words = pageWords(row?.session.locale ?? null, request.headers['accept-language']);
  if (!row) return html(404, closedPage(null, words), null);
  if (request.method !== 'POST' || row.session.status !== 'open') {
    const body = row.session.status === 'open' ? paymentPage(row, words, false) : closedPage(row.session, words);
    return html(200, body, row.session);
  }
  const [wantedMethod, wantedOutcome] = (new URLSearchParams(await readBody(request)).get('pay') ?? '').split(' ');
  const method = METHODS.find((item) => item === wantedMethod);
  const outcome = OUTCOMES.find((item) => item === wantedOutcome);
  if (!method || !outcome) throw new ApiError(400, { message: 'Not a valid choice' });
  engine.change(null, () => attemptPayment(engine, id, method, outcome));
  // Read again: another tab may have paid while this body was on its way.
  const after = findSession(engine, id);
  if (after.session.status === 'complete') {
    response.writeHead(303, { location: successAddress(after.session), 'cache-control': 'no-store' });
    response.end();
    return;
  }
  html(200, after.session.status === 'open' ? paymentPage(after, words, true) : closedPage(after.session, words), after.session);
}

async function listen(server: Server, port: number, host: string): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) =>
      reject(error.code === 'EADDRINUSE' ? new Error(`Port ${port} is in use: choose another for the simulated payment service.`) : error),
    );
    server.listen(port, host, resolve);
  });
}
