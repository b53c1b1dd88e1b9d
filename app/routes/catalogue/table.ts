import { type RouteConfigEntry, route } from '@remix-run/route-config';

const page = (path: string, file: string) => route(path, `routes/catalogue/${file}.tsx`);

export const catalogueRoutes: RouteConfigEntry[] = [
  page('search', 'search'),
  page('match', 'match'),
  page('services/:slug', 'service'),
  page('compare', 'compare'),
  page('centres', 'centres'),
  page('centres/:slug', 'centre'),
  page('parks', 'parks'),
  page('parks/:slug', 'park'),
  page('specifications', 'specifications'),
  page('wanted', 'wanted'),
];

/** Files, and what search engines read, have no language. */
export const catalogueUnprefixed: RouteConfigEntry[] = [
  route('files/:id', 'routes/catalogue/file.ts'),
  route('sitemap.xml', 'routes/catalogue/sitemap.ts'),
  route('sitemaps/:part', 'routes/catalogue/sitemap-part.ts'),
  route('robots.txt', 'routes/catalogue/robots.ts'),
];
