import autocannon from 'autocannon';
import { describe, expect, it } from 'vitest';
import { newcomer } from '../identity/people.ts';
import { listeningSite } from './site.ts';

type Result = autocannon.Result & { statusCodeStats: Record<string, { count: number }> };

/** People on so many connections, from a thread of their own, who ask again as soon as they are answered. */
const crowd = (url: string, connections: number, headers: Record<string, string> = {}) =>
  autocannon({ url, connections, duration: 4, workers: 1, headers }) as Promise<Result>;

const counts = ({ statusCodeStats }: Result) => [statusCodeStats['200']?.count ?? 0, statusCodeStats['503']?.count ?? 0] as const;

describe('more requests than can be answered', () => {
  it('are turned away early, visitors before who is signed in, and health is still told', async () => {
    const { url, services } = await listeningSite();
    const cookie = (await newcomer(services, 'li@example.com')).cookie.split(';')[0] as string;
    const [visitors, members, health] = await Promise.all([
      crowd(`${url}/spin`, 300),
      crowd(`${url}/spin`, 4, { cookie }),
      crowd(`${url}/healthz`, 1),
    ]);
    const [served, away] = counts(visitors);
    expect(served).toBeGreaterThan(50);
    expect(away).toBeGreaterThan(100);
    const [kept, lost] = counts(members);
    expect(kept).toBeGreaterThan(0);
    expect(lost).toBe(0);
    expect(counts(health)[1]).toBe(0);
    // Far less than all who wait would take.
    expect(health.latency.p50).toBeLessThan(500);
    // It is over as soon as the crowd is.
    expect((await fetch(`${url}/spin`)).status).toBe(200);
  });

  it('are told so in their language, and when to come back', async () => {
    const { url } = await listeningSite();
    const away = new Map<string, { retry: number; text: string }>();
    // The first round opens the connections; then all ask at once.
    for (let round = 0; round < 20 && away.size < 2; round++) {
      const asked = Array.from({ length: 160 }, async (_, i) => {
        const path = i % 2 ? '/en/spin' : '/spin';
        const answer = await fetch(url + path);
        const text = await answer.text();
        if (answer.status === 503) away.set(path, { retry: Number(answer.headers.get('retry-after')), text });
      });
      await Promise.all(asked);
    }
    expect(away.get('/spin')).toMatchObject({ retry: 5, text: expect.stringContaining('当前访问量过大') });
    expect(away.get('/en/spin')).toMatchObject({ retry: 5, text: expect.stringContaining('Too many requests right now') });
  });

  it('are not those of a few people at a slow moment', async () => {
    const { url } = await listeningSite();
    const [served, away] = counts(await crowd(`${url}/spin`, 16));
    expect(served).toBeGreaterThan(50);
    expect(away).toBe(0);
  });
});
