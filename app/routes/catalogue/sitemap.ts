import { serve } from '#app/http/route.server.ts';
import { sitemapParts } from './sitemap-part.server.ts';

/** The list of lists: one may hold 50,000 addresses (sitemaps.org), and ours stay well below. */
export const loader = serve(async ({ services }) => {
  const catalogue = await services.catalogue.current();
  const { origin } = services.settings;
  const parts = Array.from({ length: sitemapParts(catalogue) }, (_, i) => `<sitemap><loc>${origin}/sitemaps/${i + 1}.xml</loc></sitemap>`);
  const xml = `<?xml version="1.0" encoding="UTF-8"?>\n<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n${parts.join('\n')}\n</sitemapindex>\n`;
  return new Response(xml, { headers: { 'Content-Type': 'application/xml; charset=utf-8', 'Cache-Control': 'public, max-age=3600' } });
});
