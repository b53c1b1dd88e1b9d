import { describe, expect, it } from 'vitest';
import { noteFindings } from '#app/core/audit-findings.server.ts';
import { listeningSite } from './site.ts';

const TOKEN = 'a-token-of-some-length';
const read = (url: string, token?: string) => fetch(`${url}/metrics`, token ? { headers: { authorization: `Bearer ${token}` } } : {});

describe('/metrics', () => {
  it('is no address without a token in the settings, nor for who does not bring it', async () => {
    const without = await listeningSite();
    expect((await read(without.url, TOKEN)).status).toBe(404);
    const { url } = await listeningSite({ env: { METRICS_TOKEN: TOKEN } });
    for (const given of [undefined, 'a-token-of-some-lengtH', `${TOKEN}x`]) expect((await read(url, given)).status).toBe(404);
    expect((await read(url, TOKEN)).status).toBe(200);
  });

  it('tells requests by kind of address, however many addresses are made up, and what waits', async () => {
    const { url } = await listeningSite({ env: { METRICS_TOKEN: TOKEN } });
    for (const path of ['/', '/who', '/en/language', '/nowhere-1', '/nowhere-2', '/taken']) await (await fetch(url + path)).text();
    const text = await (await read(url, TOKEN)).text();
    expect(text).toMatch(/hengji_request_seconds_count\{kind="who",status="2xx"\} 1/);
    expect(text).toMatch(/hengji_request_seconds_count\{kind="language",status="2xx"\} 1/);
    expect(text).toMatch(/hengji_request_seconds_count\{kind="other",status="4xx"\} 2/);
    expect(text).not.toContain('nowhere');
    for (const name of [
      'event_loop_delay_seconds{quantile="0.99"}',
      'memory_bytes{kind="rss"}',
      'outbox_oldest_seconds',
      'outbox_given_up',
      'turned_away_total{who="visitors"}',
      'search_size{of="services"}',
      'workers_busy',
    ])
      expect(text).toContain(`hengji_${name} `);
  });
});

describe('/readyz', () => {
  it('says how far the outbox is behind', async () => {
    const { url } = await listeningSite();
    expect(await (await fetch(`${url}/readyz`)).text()).toBe('ok\noutbox: oldest due 0 s\n');
  });
});

describe('a changed audit log', () => {
  it('is named by /readyz and the metrics until somebody has looked', async () => {
    const { url, services } = await listeningSite({ env: { METRICS_TOKEN: TOKEN } });
    await services.db.write((tx) => noteFindings(tx, [{ fault: 'cut', chain: 'order:a', position: 5 }], true, 1));
    const answer = await fetch(`${url}/readyz`);
    expect(answer.status).toBe(200);
    expect(await answer.text()).toContain('audit log: 1 findings to be looked at');
    expect(await (await read(url, TOKEN)).text()).toContain('hengji_audit_findings{fault="cut"} 1');
  });
});

describe('security events', () => {
  it('stand in the log under names that stay', async () => {
    const { url, seen } = await listeningSite();
    await fetch(`${url}/form`, { method: 'POST', body: 'a=1', headers: { origin: 'https://evil.example' } });
    expect(seen.lines.map(({ facts }) => facts.event).filter(Boolean)).toEqual(['origin_refused']);
  });
});
