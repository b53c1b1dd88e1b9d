import { createRequestHandler, type ServerBuild } from '@remix-run/node';
import { Problem } from '#app/core/problem.ts';
import { type Locale, localeOfPath } from '#app/i18n/locale.ts';
import { requireViewer } from '#app/modules/identity/guards.server.ts';
import type { LoadContext } from './load-context.ts';
import { problemResponse } from './problems.ts';
import { hasLiveParts, wrapView } from './view.ts';

type Handler = (request: Request, context: LoadContext) => Promise<Response>;
type Routes = ServerBuild['routes'];
type Route = NonNullable<Routes[string]>;
type RouteModule = Route['module'];

/**
 * Remix behind one function. It flattens and ranks its whole route table several times a request, and walks all of it once more
 * to draw: with 70 addresses in two languages that was a third of a page. So every kind of address, told by the number of its
 * segments and the first of them, has a handler of its own over the few routes that may answer it, in each language.
 * Goes with Remix 2: React Router 7 is measured without it first.
 * @param build in development a function, because it changes: then there is one handler over everything
 */
export function remixHandler(build: ServerBuild | (() => Promise<ServerBuild>)): { answer: Handler; kinds: () => ReadonlySet<string> } {
  if (typeof build === 'function')
    return { answer: createRequestHandler(async () => prepared(await build()), 'development'), kinds: () => new Set() };
  const handlers = new Map<string, Handler>();
  for (const [section, ids] of sectionsOf(build.routes))
    for (const locale of LOCALES)
      handlers.set(`${locale} ${section}`, createRequestHandler(prepared(spoken(only(build, ids), locale)), 'production'));
  const everything = createRequestHandler(prepared(build), 'production');
  const kinds = new Set([...sectionsOf(build.routes).keys()].map((section) => section.split(' ')[1] ?? 'home'));
  const answer: Handler = (asked, context) => {
    const request = plainAddress(asked);
    const { pathname } = new URL(request.url);
    // A client that learns routes as it goes asks for any of them.
    if (pathname.endsWith('/__manifest')) return everything(request, context);
    const locale = localeOfPath(pathname);
    const handler = handlers.get(`${locale} ${sectionOf(pathname)}`) ?? handlers.get(`${locale} ${HOME}`) ?? everything;
    return handler(request, context);
  };
  return { answer, kinds: () => kinds };
}

/** Remix before single fetch asked for the data of a route by `_data`, and still answers that, with an empty page. Nobody asks here. */
function plainAddress(request: Request): Request {
  if (!request.url.includes('_data')) return request;
  const url = new URL(request.url);
  url.searchParams.delete('_data');
  return new Request(url, request);
}

const LOCALES: readonly Locale[] = ['zh-CN', 'en'];

/** The section of the home pages, and of addresses nothing answers. */
const HOME = '0';

/** `/en/orders/HJ-1.data` → `2 orders`. */
export function sectionOf(pathname: string): string {
  const segments = pathname
    .toLowerCase()
    .replace(/(\/_root)?\.data$/, '')
    .replace(/^\/en(?=\/|$)/, '')
    .split('/')
    .filter(Boolean);
  return segments.length === 0 ? HOME : `${segments.length} ${segments[0]}`;
}

/** Route ids by section, with their parents, and with the routes any address may fall to (`*`). */
function sectionsOf(routes: Routes): Map<string, Set<string>> {
  const sections = new Map<string, Set<string>>([[HOME, new Set()]]);
  const always: string[] = [];
  for (const route of Object.values(routes) as Route[]) {
    const branch = branchOf(routes, route);
    const path = branch.map((one) => one.path ?? '').join('/');
    const section = sectionOf(`/${path}`.replace(/\/+en\?/, ''));
    if (path.endsWith('*')) always.push(...branch.map(({ id }) => id));
    else sections.set(section, new Set([...(sections.get(section) ?? []), ...branch.map(({ id }) => id)]));
  }
  for (const ids of sections.values()) for (const id of always) ids.add(id);
  return sections;
}

/** A route with its parents, the root first. */
function branchOf(routes: Routes, route: Route): Route[] {
  const parent = route.parentId === undefined ? undefined : routes[route.parentId];
  return parent ? [...branchOf(routes, parent), route] : [route];
}

function only(build: ServerBuild, ids: Set<string>): ServerBuild {
  const pick = <T extends object>(from: T) => Object.fromEntries(Object.entries(from).filter(([id]) => ids.has(id))) as T;
  return { ...build, routes: pick(build.routes), assets: { ...build.assets, routes: pick(build.assets.routes) } };
}

/** The build for addresses of one language: `en?/orders` is `orders` or `en/orders`, and half of the routes are to be tried. */
function spoken(build: ServerBuild, locale: Locale): ServerBuild {
  const said = (path: string | undefined) => path?.replace(/^en\?(\/|$)/, locale === 'en' ? 'en$1' : '') || undefined;
  const inLocale = <T extends { path?: string } | undefined>(routes: Record<string, T>) =>
    Object.fromEntries(Object.entries(routes).map(([id, route]) => [id, route && { ...route, path: said(route.path) }])) as Record<
      string,
      T
    >;
  return { ...build, routes: inLocale(build.routes), assets: { ...build.assets, routes: inLocale(build.assets.routes) } };
}

/** The build with every action refusing what was refused before it, and data that is only drawn kept on the server. */
function prepared(build: ServerBuild): ServerBuild {
  const live = hasLiveParts(Object.values(build.routes).map((route) => route?.module ?? {}));
  const routes = Object.entries(build.routes).map(([id, route]) => [
    id,
    route && { ...route, module: guarded(wrapView(route.module, live)) },
  ]);
  return { ...build, routes: Object.fromEntries(routes) };
}

/** The answer to a refused request is then a page of the site, with its words. */
function guarded(module: RouteModule): RouteModule {
  const { action } = module;
  if (!action) return module;
  return {
    ...module,
    action: async (args) => {
      const { refused, signedOut, services } = args.context as LoadContext;
      if (refused) throw problemResponse(refused);
      if (signedOut) {
        await requireViewer(services, args.request);
        throw problemResponse(new Problem('sign_in_required'));
      }
      return action(args);
    },
  };
}
