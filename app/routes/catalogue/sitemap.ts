import { serve } from '#app/http/route.server.ts';
import { localePath } from '#app/i18n/locale.ts';

const FIXED = ['/', '/search', '/match', '/centres', '/parks', '/specifications'];

const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');

/** Every page worth finding, in both languages (sitemaps.org; alternates as Google reads them). */
export const loader = serve(async ({ services }) => {
  const catalogue = await services.catalogue.current();
  const { origin } = services.settings;
  const paths = [
    ...FIXED,
    ...[...catalogue.services.values()].map((service) => `/services/${service.slug}`),
    ...[...catalogue.centres.values()].map((centre) => `/centres/${centre.slug}`),
    ...[...catalogue.parks.values()].map((park) => `/parks/${park.slug}`),
  ];
  const entries = paths.flatMap((path) => {
    const [zh, en] = [escaped(origin + path), escaped(origin + localePath(path, 'en'))];
    const alternates = `<xhtml:link rel="alternate" hreflang="zh-CN" href="${zh}"/><xhtml:link rel="alternate" hreflang="en" href="${en}"/>`;
    return [`<url><loc>${zh}</loc>${alternates}</url>`, `<url><loc>${en}</loc>${alternates}</url>`];
  });
  const xml = `<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml">${entries.join('\n')}</urlset>\n`;
  return new Response(xml, { headers: { 'Content-Type': 'application/xml; charset=utf-8', 'Cache-Control': 'public, max-age=3600' } });
});
