/**
 * A path as a Location header can carry it: only ASCII without spaces, what is escaped already stays as it is. Browsers read `//host`
 * and `/\host` as another host: of such beginnings one slash is left.
 */
export const headerPath = (path: string): string =>
  path
    .replace(/^[/\\]+/, '/')
    .toWellFormed()
    .replace(/[^\x21-\x7e]+/gu, encodeURIComponent);
