/**
 * Pages are documents: most have nothing that moves, so they ship no script but a small one for forms (ui/enhance.js), and what
 * their loader answers is drawn on the server and never sent a second time as data. A page with live parts says so,
 * `export const handle = { live: true }`: React hydrates it, and its data goes along.
 */
import { type ServerBuild, data as withInit } from '@remix-run/node';

type RouteModule = NonNullable<ServerBuild['routes'][string]>['module'];

/** In the registry of symbols, because the server's bundle and the process around it each hold a copy of this module. */
const VIEW = Symbol.for('hengji.view');
type Wrapped = { [VIEW]: unknown };

const isLive = ({ handle }: { handle?: unknown }) => (handle as { live?: boolean } | undefined)?.live === true;

/** Whether a page that matched these routes is hydrated. */
export const hasLiveParts = (matches: readonly { handle?: unknown }[]): boolean => matches.some(isLive);

/**
 * A route's module whose loader's answer only the server can read: what is encoded for the browser is an empty object.
 * @param amongLive whether a page it may stand around has live parts: the root's data then goes along
 */
export function wrapView(module: RouteModule, amongLive: boolean): RouteModule {
  const { loader, default: page, meta } = module;
  // A route without a page answers with its own data.
  if (!loader || !page || isLive(module) || (amongLive && 'Layout' in module)) return module;
  return {
    ...module,
    loader: async (args) => {
      const answer = await loader(args);
      if (answer instanceof Response || answer === null) return answer;
      return isWithInit(answer) ? withInit(wrap(answer.data), answer.init ?? undefined) : wrap(answer);
    },
    ...(typeof meta === 'function' ? { meta: (args) => meta({ ...args, data: unwrap(args.data) }) } : {}),
  };
}

const wrap = (data: unknown): Wrapped => ({ [VIEW]: data });

/** Remix's `data(…)`, told by its shape as Remix does. */
export type WithInit<T> = { type: string; data: T; init: ResponseInit | null };
const isWithInit = (answer: unknown): answer is WithInit<unknown> =>
  typeof answer === 'object' && (answer as WithInit<unknown>).type === 'DataWithResponseInit';

/** What `wrapView` hid; anything else as it is. */
export const unwrap = (data: unknown): unknown => (data && typeof data === 'object' && VIEW in data ? (data as Wrapped)[VIEW] : data);
