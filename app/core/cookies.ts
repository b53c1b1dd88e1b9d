/** How the site's cookies are named, and read from a request. */
import type { Settings } from './settings.ts';

export const overTls = ({ origin }: Pick<Settings, 'origin'>): boolean => origin.startsWith('https:');

/** With `__Host-` the browser itself refuses the cookie from a subdomain, from http and for part of the site. */
export const cookieName = (settings: Pick<Settings, 'origin'>, name: string): string =>
  overTls(settings) ? `__Host-hengji_${name}` : `hengji_${name}`;

/** A secret (core/ids.server.ts) in one of our cookies; nothing for one that cannot be ours. */
export function secretIn(settings: Pick<Settings, 'origin'>, request: Request, name: string): string | undefined {
  const start = `${cookieName(settings, name)}=`;
  const pairs = request.headers.get('cookie')?.split(/;\s*/) ?? [];
  const value = pairs.find((pair) => pair.startsWith(start))?.slice(start.length);
  return value && /^[\w-]{27}$/.test(value) ? value : undefined;
}
