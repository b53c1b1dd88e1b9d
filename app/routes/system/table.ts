import { type RouteConfigEntry, route } from '@remix-run/route-config';

/** Last: what no other route answers is a page that says so, in the visitor's language. */
export const systemRoutes: RouteConfigEntry[] = [route('*', 'routes/system/not-found.tsx')];

export const systemUnprefixed: RouteConfigEntry[] = [];
