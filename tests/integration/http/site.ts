import type { ServerBuild } from '@remix-run/node';
import { onTestFinished } from 'vitest';
import type { Task } from '#app/core/module.ts';
import { Problem } from '#app/core/problem.ts';
import { handleError } from '#app/entry.server.tsx';
import type { LoadContext } from '#app/http/load-context.ts';
import type { ProcessLog } from '#app/http/log.server.ts';
import { redactFacts } from '#app/http/redact.ts';
import { serve } from '#app/http/route.server.ts';
import { type Running, run } from '#app/http/run.server.ts';
import { createServices, type Services } from '#app/http/services.server.ts';
import type { Middleware, SiteOptions } from '#app/http/site.server.ts';
import { currentLocale } from '#app/i18n/locale.ts';
import { lease } from '#db/schema/core.ts';
import { freshDatabaseUrl, testSettings } from '#tests/support/database.ts';

type Line = { level: 'info' | 'warn' | 'error'; facts: Record<string, unknown>; text: string };

/** What the small site of these tests has seen and been told. */
export type Seen = {
  lines: Line[];
  /** Requests whose action ran. */
  actions: { path: string; bytes: number }[];
  /** Called when /slow has been entered; it answers when `release` is called. */
  entered: Promise<void>;
  release: () => void;
};

export type TestSite = { url: string; port: number; seen: Seen; services: Services; running: Running };

/** A build with the shape of the real one and pages of a line each: what is tested is everything around them. */
function smallBuild(seen: Seen, enter: () => void, released: Promise<void>): ServerBuild {
  const route = (id: string, path: string, module: object) => ({ id, parentId: 'root', path, module });
  const echo = async ({ request }: { request: Request }) => {
    seen.actions.push({ path: new URL(request.url).pathname, bytes: (await request.arrayBuffer()).byteLength });
    return new Response('done');
  };
  const page = { default: () => null };
  const routes = {
    root: { id: 'root', path: '', module: { ...page, ErrorBoundary: () => null } },
    home: route('home', 'en?', page),
    form: route('form', 'form', { ...page, action: echo }),
    upload: route('upload', 'en?/centre/services/:id', {
      action: serve(async ({ request }) => {
        const form = await request.formData();
        const said = await Promise.all(
          [...form].map(async ([name, value]) => [
            name,
            ...(typeof value === 'string' ? [value] : [value.name, value.type, await value.text()]),
          ]),
        );
        seen.actions.push({ path: new URL(request.url).pathname, bytes: JSON.stringify(said).length });
        return Response.json(said);
      }),
    }),
    hook: route('hook', 'webhooks/echo', { action: echo }),
    any: route('any', 'any/*', { loader: ({ request }: { request: Request }) => new Response(new URL(request.url).search) }),
    who: route('who', 'who', {
      loader: ({ context }: { context: LoadContext }) => Response.json({ address: context.address, request: context.requestId }),
    }),
    language: route('language', 'en?/language', { loader: () => new Response(currentLocale()) }),
    cookies: route('cookies', 'cookies', {
      loader: () =>
        new Response('', {
          headers: [
            ['Set-Cookie', 'a=1'],
            ['Set-Cookie', 'b=2'],
          ],
        }),
    }),
    taken: route('taken', 'taken', { ...page, loader: serve(async () => Promise.reject(new Problem('slot_taken'))) }),
    save: route('save', 'en?/save', {
      ...page,
      action: serve(async ({ services }) => {
        await services.db.write((tx) => tx.insert(lease).values({ name: 'saved', owner: 'x', until: 1 }));
        return new Response('saved');
      }),
      loader: serve(async ({ services }) => {
        await services.db.write((tx) => tx.insert(lease).values({ name: 'read', owner: 'x', until: 1 }));
        return new Response('read');
      }),
    }),
    keep: route('keep', 'en?/keep', {
      ...page,
      action: serve(async ({ services, request }) => {
        const name = String((await request.formData()).get('name'));
        await services.db.write((tx) => tx.insert(lease).values({ name, owner: 'x', until: 1 }));
        return new Response('kept');
      }),
      loader: serve(async ({ services }) => {
        await services.db.read((q) => q.select().from(lease));
        return new Response('read');
      }),
    }),
    boom: route('boom', 'boom', { ...page, loader: () => Promise.reject(new Error('the inside of the machine')) }),
    spin: route('spin', 'en?/spin', {
      loader: () => {
        for (const began = performance.now(); performance.now() - began < 5; );
        return new Response('done');
      },
    }),
    slow: route('slow', 'slow', {
      loader: async () => {
        enter();
        await released;
        return new Response('finished');
      },
    }),
  };
  return {
    mode: 'production',
    routes,
    entry: {
      module: {
        handleError,
        default: (
          _request: Request,
          status: number,
          headers: Headers,
          { staticHandlerContext }: { staticHandlerContext: object },
          context: LoadContext,
        ) => {
          headers.set('Content-Type', 'text/html');
          const { errors } = staticHandlerContext as { errors?: unknown };
          return new Response(`<p data-nonce="${context.cspNonce}">${JSON.stringify(errors ?? null)}</p>`.padEnd(3000), {
            status,
            headers,
          });
        },
      },
    },
    assets: { version: '1', url: '/m.js', entry: { module: '/e.js', imports: [] }, routes: {} },
    publicPath: '/',
    assetsBuildDirectory: 'build/client',
    future: { v3_singleFetch: true },
    isSpaMode: false,
  } as unknown as ServerBuild;
}

type Setup = { env?: Record<string, string>; files?: Middleware; graceMs?: number; databaseUrl?: string; tasks?: Task[] };

/** The small site, really listening on a port of its own, over a database of the test's own. */
export async function listeningSite({
  env = {},
  files = (_q, _s, next) => next(),
  graceMs,
  databaseUrl,
  tasks = [],
}: Setup = {}): Promise<TestSite> {
  const { promise: entered, resolve: enter } = Promise.withResolvers<void>();
  const { promise: released, resolve: release } = Promise.withResolvers<void>();
  const seen: Seen = { lines: [], actions: [], entered, release };
  const write = (level: Line['level']) => (facts: object, text: string) =>
    void seen.lines.push({ level, facts: redactFacts(facts) as Line['facts'], text });
  const log: ProcessLog = { info: write('info'), warn: write('warn'), error: write('error'), flush() {} };
  const settings = { ...testSettings(env), databaseUrl: databaseUrl ?? (await freshDatabaseUrl()) };
  const services = await createServices(settings, { log });
  const options: SiteOptions = { services, build: smallBuild(seen, enter, released), files };
  const running = await run({ ...options, port: 0, graceMs, tasks });
  onTestFinished(async () => {
    release();
    await running.stop();
  });
  return { url: `http://127.0.0.1:${running.port}`, port: running.port, seen, services, running };
}
