import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { type ServerBuild, writeReadableStreamToWritable } from '@remix-run/node';
import compression from 'compression';
import { Problem } from '#app/core/problem.ts';
import { runWithLocale } from '#app/i18n/locale.server.ts';
import { localeOfPath } from '#app/i18n/locale.ts';
import { bearsToken } from './bearer.ts';
import { AGAIN_SECONDS } from './database-trouble.server.ts';
import { securityHeaders } from './headers.ts';
import { keptPages } from './kept-pages.ts';
import type { LoadContext } from './load-context.ts';
import type { Metrics } from './metrics.server.ts';
import { isMutation, isSigned } from './origin.ts';
import { overload } from './overload.ts';
import { plainPage } from './plain-page.ts';
import { isPrivate } from './private-pages.ts';
import { problemStatus } from './problems.ts';
import { auditFindings, outboxAge, readiness } from './ready.server.ts';
import { remixHandler } from './remix.server.ts';
import { clientAddress, closeAfter, endsSoon, sendHead, toWebRequest } from './request.server.ts';
import { logRefusal } from './security-events.ts';
import type { Services } from './services.server.ts';
import { isSignedIn } from './signed-in.server.ts';
import { bodyTaker } from './take-body.server.ts';

export type Middleware = (req: IncomingMessage, res: ServerResponse, next: () => void) => void;

export type Site = {
  server: Server;
  /** From now on /readyz says no and answers end their connection; requests in flight go on. */
  leave(): void;
};

export type SiteOptions = {
  services: Services;
  build: ServerBuild | (() => Promise<ServerBuild>);
  /** Answers files (built assets, in development Vite's modules); calls `next` for what is no file. */
  files: Middleware;
  development?: boolean;
};

/** An id from a proxy is taken over when it looks like one: it ends up in headers and logs. */
const REQUEST_ID = /^[A-Za-z0-9._-]{8,64}$/;
const HOST = /^[A-Za-z0-9.-]+(:\d{1,5})?$|^\[[0-9a-fA-F:]+\](:\d{1,5})?$/;

const COMPRESSED = /\b(gzip|br|deflate)\b|\*/;

/** Neither browser nor proxy keeps a page drawn for one person, not even for the browser's Back button. */
const PRIVATE = 'private, no-store';
/** What everybody sees may be kept by the browser, and is asked for anew. */
const PUBLIC = 'private, no-cache';

const METHODS = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE']);

type Incoming = { req: IncomingMessage; res: ServerResponse; path: string; requestId: string; nonce: string };

/** The web server of one process: everything around Remix. */
export function createSite({ services, build, files, development = false }: SiteOptions): Site {
  const { settings, log } = services;
  const remix = remixHandler(build);
  const headersFor = securityHeaders(settings, { development });
  const compress = compression({ filter: (_req, res) => isText(res.getHeader('Content-Type')) }) as unknown as Middleware;
  const isReady = readiness(services);
  const takeBody = bodyTaker(services);
  const load = overload();
  const kept = keptPages(services);
  // Loaded only where metrics are read: a process nobody watches does without the library.
  let measured: Metrics | undefined;
  const watched = settings.metricsToken
    ? import('./metrics.server.ts').then(({ metrics }) => {
        measured = metrics(services, load, remix.kinds);
        return measured;
      })
    : undefined;
  let leaving = false;

  /** A demonstration is reached as localhost, 127.0.0.1 or by the machine's name; a site in production only by its own. */
  const ownOrigin = (req: IncomingMessage) => (settings.demonstration && req.headers.host ? `http://${req.headers.host}` : settings.origin);

  const plain = ({ res, path, requestId, req }: Incoming, problem: Problem) => {
    // What the client is still sending is not read to its end: the connection cannot serve another request.
    if (!req.complete) res.setHeader('Connection', 'close');
    res.statusCode = problemStatus(problem.code);
    res.setHeader('Content-Type', 'text/html; charset=utf-8').setHeader('Cache-Control', 'no-store');
    res.end(req.method === 'HEAD' ? undefined : plainPage(problem, localeOfPath(path), requestId));
  };

  const page = async (incoming: Incoming) => {
    const { req, res, path, requestId, nonce } = incoming;
    const { method = 'GET' } = req;
    const key = development ? undefined : kept.keyOf(req, path);
    const found = key === undefined ? undefined : await kept.find(key, nonce);
    if (found && 'page' in found) {
      res.setHeader('Cache-Control', PUBLIC);
      for (const [name, value] of found.page.headers) res.setHeader(name, value);
      return void res.end(found.page.html);
    }
    const address = clientAddress(req, settings.trustedProxies);
    const taken = isMutation(method) ? await takeBody({ req, path, address, origins: [settings.origin, ownOrigin(req)] }) : {};
    const { body, form, refused, signedOut, leave } = taken;
    if (refused) logRefusal(log, requestId, refused, path);
    if (leave) res.once('close', leave);
    if (res.destroyed) return void leave?.();
    // What is left of a body of a bearable length is thrown away as it comes, so that the client gets to read its answer.
    if (refused && !req.complete && (refused.code === 'too_large' || !endsSoon(req))) closeAfter(req, res);
    const request = toWebRequest(req, ownOrigin(req) + req.url, body);
    const context: LoadContext = { services, requestId, cspNonce: nonce, address, refused, form, signedOut };
    const response = await runWithLocale(localeOfPath(path), () => remix.answer(request, context));
    // Either `guarded` has answered, or no action ran: in both cases no answer below 400 may leave.
    if (refused && response.status < 400) return plain(incoming, refused);
    if (!response.headers.has('Cache-Control')) res.setHeader('Cache-Control', isPrivate(settings, request) ? PRIVATE : PUBLIC);
    sendHead(res, response);
    // A page drawn for a problem does not carry over the headers the problem had.
    if (response.status === 503 && !res.hasHeader('Retry-After')) res.setHeader('Retry-After', AGAIN_SECONDS);
    if (context.document !== undefined) {
      const { headers, status } = response;
      if (status === 200 && !headers.has('Set-Cookie')) found?.keep({ headers: [...headers], html: context.document, nonce });
      res.end(context.document);
    } else if (response.body) await writeReadableStreamToWritable(response.body, res);
    else res.end();
    if (isMutation(method)) services.wake();
  };

  const inTurn = (incoming: Incoming) => {
    const { req, res, path } = incoming;
    return load.ask({
      begin: () => {
        if (res.destroyed) return load.end();
        res.once('close', load.end);
        page(incoming).catch((error) => failed(incoming, error));
      },
      turnAway: () => {
        res.setHeader('Retry-After', AGAIN_SECONDS);
        plain(incoming, new Problem('overloaded'));
      },
      isSignedIn: async () => isSigned(path) || isSignedIn(services, req),
    });
  };

  const failed = (incoming: Incoming, error: unknown) => {
    const { res, requestId, path } = incoming;
    if (res.destroyed) return; // the client has left
    log.error({ request: requestId, path, stack: error instanceof Error ? error.stack : String(error) }, 'request failed');
    if (res.headersSent) return void res.destroy();
    res.statusCode = 500;
    res.end(`${requestId}\n`);
  };

  const say = (res: ServerResponse, status: number, text: string, type = 'text/plain') => {
    res.statusCode = status;
    res.setHeader('Cache-Control', 'no-store').setHeader('Content-Type', type).end(text);
  };
  const health = async (res: ServerResponse) => {
    const [well, age, changed] = await Promise.all([!leaving && isReady(), outboxAge(services), auditFindings(services)]);
    const waits = age === undefined ? '' : `outbox: oldest due ${age} s\n`;
    // The answer stays "ready": whoever watches the queue has to call somebody.
    say(
      res,
      well ? 200 : 503,
      `${well ? 'ok' : 'not ready'}\n${waits}${changed > 0 ? `audit log: ${changed} findings to be looked at\n` : ''}`,
    );
  };
  const tellMetrics = async ({ req, res }: Incoming, token: string) => {
    if (!bearsToken(req.headers.authorization, token)) return say(res, 404, 'not found\n');
    const told = await watched;
    if (told) say(res, 200, await told.text(), told.contentType);
  };

  const server = createServer((req, res) => {
    const began = performance.now();
    const given = req.headers['x-request-id'];
    const requestId = typeof given === 'string' && REQUEST_ID.test(given) ? given : randomUUID();
    const nonce = randomUUID();
    const path = pathOf(req.url ?? '');
    const incoming: Incoming = { req, res, path, requestId, nonce };
    res.setHeader('X-Request-Id', requestId);
    for (const [name, value] of headersFor(nonce)) res.setHeader(name, value);
    if (leaving) res.setHeader('Connection', 'close');
    res.on('close', () => {
      const ms = Math.round((performance.now() - began) * 10) / 10;
      // Connections kept open for a next request are closed.
      if (leaving) setImmediate(() => server.closeIdleConnections());
      measured?.answered(path, res.statusCode, ms);
      log.info({ request: requestId, method: req.method, path, status: res.statusCode, ms }, 'request');
    });
    if (path === '/healthz') return say(res, 200, 'ok\n');
    if (path === '/readyz') return void health(res).catch((error) => failed(incoming, error));
    if (path === '/metrics' && settings.metricsToken)
      return void tellMetrics(incoming, settings.metricsToken).catch((error) => failed(incoming, error));
    if (!isReadable(req)) return plain(incoming, new Problem('bad_request'));
    const answer = () => void inTurn(incoming).catch((error) => failed(incoming, error));
    const orFile = () => (isMutation(req.method ?? '') || !(development || path.includes('.')) ? answer() : files(req, res, answer));
    if (COMPRESSED.test(req.headers['accept-encoding']?.toString() ?? '')) compress(req, res, orFile);
    else orFile();
  });
  server.once('close', () => void watched?.then((told) => told.close()));
  server.headersTimeout = 15_000;
  server.requestTimeout = 30_000;
  server.keepAliveTimeout = 65_000; // longer than a proxy's, so that it is never we who close under its request
  return {
    server,
    leave: () => {
      leaving = true;
    },
  };
}

/** What becomes smaller by compressing it. */
const isText = (type: unknown) => /^(text\/|application\/(json|javascript|xml)\b|[^;]*\+(json|xml)\b)/i.test(String(type));

/** The path the router will see: what is judged by its path (the origin, a body's size) is judged by this one. */
function pathOf(url: string): string {
  const address = url.startsWith('/') && !url.startsWith('//') ? `http://site.invalid${url}` : '';
  return URL.canParse(address) ? new URL(address).pathname : url.replace(/[?#].*$/s, '');
}

/** Whether address and host are ones a page can have, the host said once; NUL is refused because PostgreSQL has no such letter. */
function isReadable({ method = '', url = '', headers, rawHeaders }: IncomingMessage): boolean {
  if (!METHODS.has(method)) return false;
  if (rawHeaders.filter((name, i) => i % 2 === 0 && name.toLowerCase() === 'host').length > 1) return false;
  if (!url.startsWith('/') || url.startsWith('//') || /%00/.test(url) || !HOST.test(headers.host ?? '')) return false;
  if (!url.includes('%')) return true;
  try {
    decodeURIComponent(url.replace(/\?.*$/s, ''));
    return true;
  } catch {
    return false;
  }
}
