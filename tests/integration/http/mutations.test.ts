import { describe, expect, it } from 'vitest';
import { chunked, FORM, raw, statusOf } from './raw-request.ts';
import { listeningSite } from './site.ts';

describe('where a mutation comes from', () => {
  const cases: [string, Record<string, string>, boolean][] = [
    ['our own origin', { origin: 'SELF' }, true],
    ['another origin', { origin: 'https://evil.example' }, false],
    ['another port', { origin: 'http://127.0.0.1:1' }, false],
    ['an opaque origin', { origin: 'null' }, false],
    ['an origin that is no address', { origin: ':::' }, false],
    ['another origin that claims to be the same site', { origin: 'https://evil.example', 'sec-fetch-site': 'same-origin' }, false],
    ['the browser saying same-origin', { 'sec-fetch-site': 'same-origin' }, true],
    ['the browser saying same-site', { 'sec-fetch-site': 'same-site' }, false],
    ['our own page as referer', { referer: 'SELF/form' }, true],
    ['another page as referer', { referer: 'https://evil.example/SELF' }, false],
    ['a forwarded host set by the sender', { origin: 'https://evil.example', 'x-forwarded-host': 'evil.example' }, false],
    ['nobody who says', {}, false],
  ];
  for (const [name, headers, allowed] of cases)
    it(`${allowed ? 'takes' : 'refuses'} ${name}`, async () => {
      const { url, port, seen } = await listeningSite();
      const given = Object.entries(headers).map(([key, value]) => `${key}: ${value.replace('SELF', url)}\r\n`);
      const answer = await raw(
        port,
        `POST /form HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nConnection: close\r\nContent-Length: 3\r\n${given.join('')}\r\na=1`,
      );
      expect(statusOf(answer)).toBe(allowed ? 200 : 403);
      expect(seen.actions).toHaveLength(allowed ? 1 : 0);
    });

  it('is not asked of a signed call', async () => {
    const { url, seen } = await listeningSite();
    expect((await fetch(`${url}/webhooks/echo`, { method: 'POST', body: '{}' })).status).toBe(200);
    expect(seen.actions).toHaveLength(1);
  });

  it('is asked by the path the router sees, however it is written', async () => {
    const { port, seen } = await listeningSite();
    const post = (target: string) =>
      raw(
        port,
        `POST ${target} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nOrigin: http://evil.example\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 3\r\nConnection: close\r\n\r\na=1`,
      );
    for (const target of [
      '/webhooks/../form',
      '/webhooks/%2e%2e/form',
      '/webhooks/x/.%2E/../form',
      '/webhooks\\..\\form',
      '/webhooks/..\\form',
    ])
      expect(statusOf(await post(target)), target).toBe(403);
    expect(seen.actions).toEqual([]);
  });

  it('lets a signed call say what no form may', async () => {
    const { url, seen } = await listeningSite();
    expect((await fetch(`${url}/webhooks/echo`, { method: 'POST', body: '{"name":"100%00"}' })).status).toBe(200);
    expect(seen.actions).toHaveLength(1);
  });

  it('believes in production only the configured origin, whatever host is asked for', async () => {
    const { url, seen } = await listeningSite({ env: { DEMONSTRATION: '', ORIGIN: 'https://hengji.example' } });
    const post = (origin: string) => fetch(`${url}/form`, { method: 'POST', body: 'a=1', headers: { ...FORM, origin } });
    expect((await post(url)).status).toBe(403);
    expect((await post('https://hengji.example')).status).toBe(200);
    expect(seen.actions).toHaveLength(1);
  });

  it('answers a script in the site with words it can read', async () => {
    const { url, seen } = await listeningSite();
    const response = await fetch(`${url}/form.data`, { method: 'POST', body: 'a=1', headers: { ...FORM, origin: 'https://evil.example' } });
    expect(response.status).toBe(403);
    expect(response.headers.get('content-type')).toContain('text/x-script');
    expect(seen.actions).toHaveLength(0);
  });
});

describe('size of what is sent', () => {
  const LIMIT = 64 * 1024;

  it('takes a form up to 64 kB and not a byte more', async () => {
    const { url, seen } = await listeningSite();
    const post = (size: number) => fetch(`${url}/form`, { method: 'POST', body: 'x'.repeat(size), headers: { ...FORM, origin: url } });
    expect((await post(LIMIT)).status).toBe(200);
    const refused = await post(LIMIT + 1);
    expect(refused.status).toBe(413);
    expect(refused.headers.get('content-type')).toContain('text/html');
    expect(seen.actions).toEqual([{ path: '/form', bytes: LIMIT }]);
  });

  it('counts what arrives when no length is announced', async () => {
    const { url, seen } = await listeningSite();
    expect(await chunked(`${url}/form`, [LIMIT - 10, 10], { origin: url })).toBe(200);
    expect(await chunked(`${url}/form`, [LIMIT, 1], { origin: url })).toBe(413);
    expect(seen.actions).toEqual([{ path: '/form', bytes: LIMIT }]);
  });

  it('does not wait for the rest of what is too large', async () => {
    const { port, url } = await listeningSite();
    const answer = await raw(
      port,
      `POST /form HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nOrigin: ${url}\r\nContent-Length: 9999999\r\n\r\nonly the beginning`,
    );
    expect(statusOf(answer)).toBe(413);
  });

  it('takes an event of up to 1 MB', async () => {
    const { url, seen } = await listeningSite();
    const post = (size: number) => fetch(`${url}/webhooks/echo`, { method: 'POST', body: 'x'.repeat(size) });
    expect((await post(1024 * 1024)).status).toBe(200);
    expect((await post(1024 * 1024 + 1)).status).toBe(413);
    expect(seen.actions).toHaveLength(1);
  });
});
