import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { answerApi } from './api.ts';
import { API_VERSION, type Engine } from './engine.server.ts';
import { ApiError } from './errors.ts';
import { errorBody, readBody, send, sendJson } from './exchange.server.ts';
import { type AnswerFault, takeAnswerFault } from './faults.ts';
import { decodeForm, type Form } from './form.ts';
import { newId } from './identifiers.ts';
import { runDueJobs } from './jobs.ts';
import { Parameters } from './parameters.ts';

/** One request as it was answered, for tests that hold it against the SDK's types. */
export interface Exchange {
  method: string;
  path: string;
  params: Form;
  status: number;
  answer: unknown;
}

interface ApiServerOptions {
  apiKey: string;
  publicUrl: () => string;
  observe?: (exchange: Exchange) => void;
}

const IDEMPOTENCY_SECONDS = 24 * 60 * 60;
const LONGEST_KEY = 255;

/** The `/v1/…` side: key, version, idempotency, faults, then the answer. */
export class ApiServer {
  readonly #engine: Engine;
  readonly #options: ApiServerOptions;
  readonly #inFlight = new Set<string>();
  #nextForget = 0;

  constructor(engine: Engine, options: ApiServerOptions) {
    this.#engine = engine;
    this.#options = options;
  }

  async handle(request: IncomingMessage, response: ServerResponse, url: URL): Promise<void> {
    const method = request.method ?? 'GET';
    const requestId = newId('req', 14);
    const key = method === 'POST' ? header(request, 'idempotency-key') : undefined;
    const headers: Record<string, string> = { 'request-id': requestId, 'stripe-version': API_VERSION };
    if (key !== undefined && /^[\x20-\x7e]+$/.test(key)) headers['idempotency-key'] = key;
    let params: Form = {};
    const finish = (status: number, body: string, more: Record<string, string> = {}) => {
      this.#options.observe?.({ method, path: url.pathname, params, status, answer: JSON.parse(body) });
      send(response, status, 'application/json', body, { ...headers, ...more });
    };
    try {
      const text = method === 'POST' ? await readBody(request) : url.search.slice(1);
      this.#checkCaller(request);
      params = decodeForm(text);
      const fault = takeAnswerFault(this.#engine.faults, method, url.pathname);
      if (fault !== null && answerInstead(fault, response, headers)) return;
      const saved = key === undefined ? null : this.#savedAnswer(key, fingerprint(method, url.pathname, text));
      if (saved) {
        const replayed = { 'idempotent-replayed': 'true', 'original-request': saved.request_id };
        finish(saved.status, saved.body, replayed);
        return;
      }
      const answer = await this.#execute({ method, url, text, params, key, requestId, fault });
      if (fault === 'timeout') return;
      if (fault === 'disconnect') {
        request.socket.destroy();
        return;
      }
      finish(answer.status, answer.body);
    } catch (error) {
      if (!(error instanceof ApiError)) console.error('emulator:', error);
      const { status, body } = errorBody(error);
      if (status === 413) headers.connection = 'close';
      finish(status, JSON.stringify(body));
    }
  }

  checkKey(request: IncomingMessage): void {
    const given = /^Bearer (\S+)$/.exec(header(request, 'authorization') ?? '')?.[1];
    if (given === undefined) {
      throw new ApiError(401, { message: 'You did not provide an API key. Use Authorization: Bearer YOUR_SECRET_KEY.' });
    }
    const hash = (text: string) => createHash('sha256').update(text).digest();
    if (!timingSafeEqual(hash(given), hash(this.#options.apiKey))) {
      throw new ApiError(401, { message: 'Invalid API Key provided: the emulator takes its own test key only' });
    }
  }

  #checkCaller(request: IncomingMessage): void {
    this.checkKey(request);
    const version = header(request, 'stripe-version');
    if (version !== undefined && version !== API_VERSION) {
      throw new ApiError(400, { message: `Invalid Stripe API version: ${version.slice(0, 40)}; the emulator speaks ${API_VERSION}` });
    }
    const key = header(request, 'idempotency-key');
    if (key !== undefined && key.length > LONGEST_KEY) {
      throw new ApiError(400, { message: `Idempotency-Key must be at most ${LONGEST_KEY} characters` });
    }
  }

  /** https://docs.stripe.com/api/idempotent_requests: kept for 24 hours, compared with the parameters, refused while under way. */
  #savedAnswer(key: string, print: string) {
    const now = this.#engine.seconds();
    if (now >= this.#nextForget) {
      this.#engine.store.forgetAnswersBefore(now - IDEMPOTENCY_SECONDS);
      this.#nextForget = now + 60;
    }
    if (this.#inFlight.has(key)) {
      throw new ApiError(409, {
        type: 'idempotency_error',
        code: 'idempotency_key_in_use',
        message: `There is currently another in-progress request using this Idempotent Key: ${key}`,
      });
    }
    const saved = this.#engine.store.answer(key);
    if (saved && saved.fingerprint !== print) {
      throw new ApiError(400, {
        type: 'idempotency_error',
        message: `Keys for idempotent requests can only be used with the same parameters they were first used with. Try using a key other than '${key}' if you meant to execute a different request.`,
      });
    }
    return saved;
  }

  async #execute(call: Call): Promise<{ status: number; body: string }> {
    const { key } = call;
    if (key !== undefined) this.#inFlight.add(key);
    try {
      await this.#engine.latency();
      runDueJobs(this.#engine);
      const params = new Parameters(call.params);
      const work = () => answerApi(this.#engine, call.method, call.url.pathname, params, this.#options.publicUrl());
      if (call.method === 'GET') return { status: 200, body: JSON.stringify(work()) };
      return this.#executeOnce(call, work);
    } finally {
      if (key !== undefined) this.#inFlight.delete(key);
    }
  }

  /** What was executed is remembered under its key in the same transaction, be it success or refusal; a parameter error is not. */
  #executeOnce(call: Call, work: () => object): { status: number; body: string } {
    const engine = this.#engine;
    const remember = (answer: { status: number; body: string }) => {
      if (call.key !== undefined) {
        const print = fingerprint(call.method, call.url.pathname, call.text);
        engine.store.saveAnswer(call.key, { ...answer, fingerprint: print, request_id: call.requestId }, engine.seconds());
      }
      return answer;
    };
    try {
      return engine.change({ id: call.requestId, idempotency_key: call.key ?? null }, () => {
        const body = JSON.stringify(work());
        return remember(call.fault === 'error_after' ? { status: 500, body: SERVER_ERROR } : { status: 200, body });
      });
    } catch (error) {
      if (!(error instanceof ApiError) || error.fields.param !== undefined || error.status === 404) throw error;
      return remember({ status: error.status, body: JSON.stringify({ error: error.fields }) });
    }
  }
}

interface Call {
  method: string;
  url: URL;
  text: string;
  params: Form;
  key: string | undefined;
  requestId: string;
  fault: AnswerFault | null;
}

const SERVER_ERROR = JSON.stringify({ error: { type: 'api_error', message: 'An error occurred on our end (simulated).' } });
const REFUSED_KEY = { type: 'invalid_request_error', message: 'Invalid API Key provided: sk_test_****ocal (simulated).' };
const BAD_GATEWAY = '<html><head><title>502 Bad Gateway</title></head><body><h1>502 Bad Gateway</h1></body></html>';

/** @returns true when the fault has answered in the request's place */
function answerInstead(fault: AnswerFault, response: ServerResponse, headers: Record<string, string>): boolean {
  switch (fault) {
    case 'rate_limit':
      sendJson(
        response,
        429,
        { error: { type: 'invalid_request_error', code: 'rate_limit', message: 'Too many requests (simulated).' } },
        headers,
      );
      return true;
    case 'unauthorised':
    case 'forbidden':
      sendJson(response, fault === 'forbidden' ? 403 : 401, { error: REFUSED_KEY }, headers);
      return true;
    case 'server_error':
      send(response, 500, 'application/json', SERVER_ERROR, headers);
      return true;
    case 'html':
      send(response, 502, 'text/html; charset=utf-8', BAD_GATEWAY);
      return true;
    case 'bare_404':
    case 'bare_500':
      sendJson(response, fault === 'bare_404' ? 404 : 500, { message: 'no route (simulated)' }, headers);
      return true;
    default:
      return false;
  }
}

/** The same parameters in another order are the same request. */
function fingerprint(method: string, path: string, text: string): string {
  return createHash('sha256')
    .update(`${method} ${path}\n${text.split('&').sort().join('&')}`)
    .digest('base64');
}

function header(request: IncomingMessage, name: string): string | undefined {
  const value = request.headers[name];
  return Array.isArray(value) ? value[0] : value;
}
