import { headerPath } from '#app/core/address.ts';

/**
 * Where to go after signing in: a path of this site or nothing. Browsers read `//host` and `/\host` as another host, and drop tabs and
 * line breaks before they look. Given back as a header can carry it.
 */
export function localNext(next: string | null | undefined): string | undefined {
  if (!next || next.length > 1000 || !/^\/(?![/\\])[^\\\p{Cc}]*$/u.test(next)) return undefined;
  return new URL(next, 'http://site.invalid').host === 'site.invalid' ? headerPath(next) : undefined;
}
