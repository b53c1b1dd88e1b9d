import { Readable } from 'node:stream';
import { createReadableStreamFromReadable } from '@remix-run/node';
import { Problem } from '#app/core/problem.ts';
import { serve } from '#app/http/route.server.ts';
import { sitemapPart, sitemapParts } from './sitemap-part.server.ts';

/** One list of addresses (sitemaps.org). */
export const loader = serve(async ({ params, services }) => {
  const catalogue = await services.catalogue.current();
  const [, number] = /^([1-9]\d{0,5})\.xml$/.exec(params.part ?? '') ?? [];
  const part = Number(number ?? 0);
  if (part < 1 || part > sitemapParts(catalogue)) throw new Problem('not_found');
  return new Response(createReadableStreamFromReadable(Readable.from(sitemapPart(catalogue, services.settings.origin, part))), {
    headers: { 'Content-Type': 'application/xml; charset=utf-8', 'Cache-Control': 'public, max-age=3600' },
  });
});
