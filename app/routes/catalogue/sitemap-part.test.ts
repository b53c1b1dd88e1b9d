import { setImmediate as breathe } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import type { Catalogue } from '#app/modules/catalogue/catalogue.ts';
import { sitemapPart, sitemapParts } from './sitemap-part.server.ts';

const SERVICES = 12_345;
const slugs = Array.from({ length: SERVICES }, (_, i) => `s${i}&`);
const services = { size: SERVICES, slugs: (skip: number) => slugs.slice(skip) };
const catalogue = { services, centres: new Map([['c', { slug: 'c' }]]), parks: new Map() } as unknown as Catalogue;

async function textOf(part: number): Promise<string> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of sitemapPart(catalogue, 'https://hengji.example', part)) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}

describe('lists of addresses', () => {
  it('hold every page once in each language, and none more than sitemaps.org bears', async () => {
    const found: string[] = [];
    for (let part = 1; part <= sitemapParts(catalogue); part++) {
      const addresses = [...(await textOf(part)).matchAll(/<loc>([^<]*)<\/loc>/g)].map(([, address]) => address as string);
      expect(addresses.length).toBeLessThanOrEqual(10_000);
      found.push(...addresses);
    }
    expect(new Set(found).size).toBe(found.length);
    expect(found).toHaveLength(2 * (11 + 1 + SERVICES));
    for (const path of ['', 'en', 'services/s0&amp;', 'en/services/s12344&amp;', 'centres/c'])
      expect(found.map((one) => one.replace(/\/$/, ''))).toContain(`https://hengji.example/${path}`.replace(/\/$/, ''));
    expect(await textOf(2)).toMatch(/^<\?xml [\s\S]*<urlset [\s\S]*<\/urlset>\n$/);
  }, 20_000);

  it('let other work in between', async () => {
    let turns = 0;
    let over = false;
    const others = (async () => {
      for (; !over; turns++) await breathe();
    })();
    await textOf(1);
    over = true;
    await others;
    expect(turns).toBeGreaterThan(15);
  });
});
