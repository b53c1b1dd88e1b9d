import { setImmediate as breathe } from 'node:timers/promises';
import { localePath } from '#app/i18n/locale.ts';
import type { Catalogue } from '#app/modules/catalogue/catalogue.ts';

const FIXED = ['/', '/search', '/match', '/centres', '/parks', '/specifications', '/terms', '/privacy', '/help', '/imprint', '/ordering'];

/** Pages of one list; each stands there twice, once in each language. */
const PAGES = 5_000;
/** Pages written between two breaths of the process. */
const AT_ONCE = 200;

/** How many lists there are, one at least. */
export const sitemapParts = (catalogue: Catalogue): number =>
  Math.ceil((FIXED.length + catalogue.services.size + catalogue.centres.size + catalogue.parks.size) / PAGES);

/** Every page worth finding, in an order that a new service does not upset, without the first so many. */
function* paths({ parks, centres, services }: Catalogue, skip: number): Generator<string> {
  const first = [
    ...FIXED,
    ...[...parks.values()].map(({ slug }) => `/parks/${slug}`),
    ...[...centres.values()].map(({ slug }) => `/centres/${slug}`),
  ];
  yield* first.slice(skip);
  for (const slug of services.slugs(Math.max(0, skip - first.length))) yield `/services/${slug}`;
}

const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');

/** A page in both languages (alternates as Google reads them). */
function entry(origin: string, path: string): string {
  const [zh, en] = [escaped(origin + path), escaped(origin + localePath(path, 'en'))];
  const alternates = `<xhtml:link rel="alternate" hreflang="zh-CN" href="${zh}"/><xhtml:link rel="alternate" hreflang="en" href="${en}"/>`;
  return `<url><loc>${zh}</loc>${alternates}</url>\n<url><loc>${en}</loc>${alternates}</url>\n`;
}

/** One of the lists as it is sent, some pages at a time; @param part from 1 */
export async function* sitemapPart(catalogue: Catalogue, origin: string, part: number): AsyncGenerator<Uint8Array> {
  const text = new TextEncoder();
  yield text.encode(
    '<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml">\n',
  );
  let some = '';
  let place = 0;
  for (const path of paths(catalogue, (part - 1) * PAGES)) {
    if (place++ >= PAGES) break;
    some += entry(origin, path);
    if (place % AT_ONCE > 0) continue;
    yield text.encode(some);
    some = '';
    await breathe();
  }
  yield text.encode(`${some}</urlset>\n`);
}
