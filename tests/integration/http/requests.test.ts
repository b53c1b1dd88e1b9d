import { request as send } from 'node:http';
import { connect } from 'node:net';
import { describe, expect, it, vi } from 'vitest';
import { listeningSite } from './site.ts';

const FORM = { 'content-type': 'application/x-www-form-urlencoded' };

/** Sends bytes as they are and gives everything that comes back until the server closes. */
const raw = (port: number, text: string) =>
  new Promise<string>((resolve, reject) => {
    let answer = '';
    const socket = connect(port, '127.0.0.1', () => socket.write(text));
    socket.setEncoding('utf8').on('data', (part) => {
      answer += part;
    });
    socket.on('close', () => resolve(answer)).on('error', reject);
  });

const statusOf = (answer: string) => Number(/^HTTP\/1\.1 (\d{3})/.exec(answer)?.[1]);

/** A chunked POST: no length is announced. */
const chunked = (url: string, sizes: number[], headers: Record<string, string>) =>
  new Promise<number>((resolve, reject) => {
    const req = send(url, { method: 'POST', headers: { ...FORM, ...headers } }, (res) => resolve(res.resume().statusCode ?? 0));
    req.on('error', reject);
    for (const size of sizes) req.write('x'.repeat(size));
    req.end();
  });

describe('security headers', () => {
  it('carry a nonce that is new for every answer and the one the page uses', async () => {
    const { url } = await listeningSite();
    const nonces = [];
    for (let i = 0; i < 2; i++) {
      const response = await fetch(url);
      const policy = response.headers.get('content-security-policy') ?? '';
      const nonce = /script-src 'self' 'nonce-([^']{20,})'/.exec(policy)?.[1] ?? 'none';
      expect(await response.text()).toContain(`data-nonce="${nonce}"`);
      expect(policy).toContain("frame-ancestors 'none'");
      expect(policy).not.toContain("script-src 'self' 'unsafe-inline'");
      nonces.push(nonce);
    }
    expect(new Set(nonces).size).toBe(2);
  });

  it('promise TLS only where the site is reached over it', async () => {
    const plain = await listeningSite();
    expect((await fetch(plain.url)).headers.has('strict-transport-security')).toBe(false);
    const secure = await listeningSite({ env: { ORIGIN: 'https://hengji.example' } });
    expect((await fetch(secure.url)).headers.get('strict-transport-security')).toContain('max-age=63072000');
  });

  it('let a form lead to the payment page of this run and nowhere else', async () => {
    const { url } = await listeningSite({ env: { STAND_IN_PORT: '4999' } });
    const policy = (await fetch(url)).headers.get('content-security-policy') ?? '';
    expect(/form-action ([^;]+)/.exec(policy)?.[1]).toBe("'self' http://localhost:4999 http://127.0.0.1:4999");
  });

  it('keep pages out of shared caches, and stand on refusals too', async () => {
    const { url } = await listeningSite();
    expect((await fetch(url)).headers.get('cache-control')).toBe('private, no-cache');
    const refused = await fetch(`${url}/%E0%A4%A`);
    expect(refused.headers.get('x-content-type-options')).toBe('nosniff');
  });
});

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

describe('input nobody can read', () => {
  const get =
    (target: string, more = '') =>
    (port: number) =>
      raw(port, `GET ${target} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nConnection: close\r\n${more}\r\n`);
  const cases: [string, (port: number) => Promise<string>, number][] = [
    ['a broken percent-encoding in the path', get('/any/%E0%A4%A'), 400],
    ['a lone percent sign in the path', get('/any/100%'), 400],
    ['NUL in the path', get('/any/a%00b'), 400],
    ['NUL in the query', get('/any/x?q=a%00b'), 400],
    ['a path that looks like a host', get('//evil.example/any'), 400],
    ['an absolute address', get('http://evil.example/any'), 400],
    ['a host that is none', (port) => raw(port, `GET / HTTP/1.1\r\nHost: a b/c\r\nConnection: close\r\n\r\n`), 400],
    ['two hosts', get('/any/x', 'Host: evil.example\r\n'), 400],
    ['no host at all', (port) => raw(port, `GET / HTTP/1.1\r\nConnection: close\r\n\r\n`), 400],
    ['a request line that is none', (port) => raw(port, 'NONSENSE\r\n\r\n'), 400],
    ['headers beyond all bounds', get('/', `X-Long: ${'x'.repeat(20_000)}\r\n`), 431],
    // These are odd but readable: the page answers, nothing breaks.
    ['a broken percent-encoding in the query', get('/any/x?q=100%&r=%E0%A4%A&&=&=x'), 200],
    ['cookies that are none', get('/any/x', 'Cookie: ;;=; %E0%A4%A=%; a="; \xff=\xfe; =\r\n'), 200],
    ['an emoji and right-to-left letters', get('/any/%F0%9F%93%90%D7%A9?q=%E2%80%AE'), 200],
    ['a method nobody uses', (port) => raw(port, `PURGE / HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nConnection: close\r\n\r\n`), 400],
  ];
  for (const [name, ask, status] of cases)
    it(`answers ${status} to ${name}`, async () => {
      const { port, seen } = await listeningSite();
      expect(statusOf(await ask(port))).toBe(status);
      expect(seen.lines.filter((line) => line.level === 'error')).toEqual([]);
    });

  it('refuses NUL in a form, raw or encoded', async () => {
    const { url, seen } = await listeningSite();
    for (const body of ['name=a%00b', 'name=a\0b']) {
      expect((await fetch(`${url}/form`, { method: 'POST', body, headers: { ...FORM, origin: url } })).status).toBe(400);
    }
    expect(seen.actions).toEqual([]);
  });

  it('answers 405 to a form sent to a page that takes none, and sees no fault of ours in it', async () => {
    const { url, seen } = await listeningSite();
    const response = await fetch(`${url}/taken`, { method: 'POST', body: 'a=1', headers: { ...FORM, origin: url } });
    expect(response.status).toBe(405);
    expect(seen.lines.filter((line) => line.level === 'error')).toEqual([]);
  });

  it('says it in the language of the address', async () => {
    const { url } = await listeningSite();
    const words = async (path: string) => (await fetch(url + path)).text();
    const [chinese, english] = [await words('/%E0'), await words('/en/%E0')];
    expect(chinese).toContain('lang="zh-CN"');
    expect(english).toContain('We could not read this request');
  });
});

describe('what a request is told and what is kept of it', () => {
  it('gives the id of the request, taking over a proxy’s when it is one', async () => {
    const { url } = await listeningSite();
    const idFor = async (id: string) => {
      const response = await fetch(`${url}/who`, { headers: { 'x-request-id': id } });
      const { request } = (await response.json()) as { request: string };
      expect(response.headers.get('x-request-id')).toBe(request);
      return request;
    };
    expect(await idFor('proxy-0123456789')).toBe('proxy-0123456789');
    expect(await idFor('x"><script>')).toMatch(/^[0-9a-f-]{36}$/);
    expect(await idFor('a'.repeat(65))).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('logs each request without query, link secret, cookie or body', async () => {
    const { url, seen } = await listeningSite();
    const secret = 'Zm9vYmFyYmF6cXV4Zm9vYmFyYmF';
    await fetch(`${url}/any/reset/${secret}?token=hunter2`, { headers: { cookie: 'session=hunter3' } });
    await fetch(`${url}/form`, { method: 'POST', body: 'password=hunter4', headers: { ...FORM, origin: url } });
    const lines = () => seen.lines.filter((line) => line.text === 'request').map((line) => line.facts);
    await vi.waitFor(() => expect(lines()).toHaveLength(2));
    expect(lines()).toEqual([
      expect.objectContaining({ method: 'GET', path: '/any/reset/…', status: 200 }),
      expect.objectContaining({ method: 'POST', path: '/form', status: 200 }),
    ]);
    expect(JSON.stringify(seen.lines)).not.toMatch(/hunter|Zm9v/);
  });

  it('shows a visitor nothing of an unexpected error, and logs it with the request', async () => {
    const { url, seen } = await listeningSite();
    const response = await fetch(`${url}/boom`);
    expect(response.status).toBe(500);
    expect(await response.text()).not.toMatch(/inside of the machine|\bat .*\.ts/);
    const error = seen.lines.find((line) => line.level === 'error');
    expect(error?.facts).toMatchObject({ request: response.headers.get('x-request-id'), path: '/boom' });
    expect(String(error?.facts.stack)).toContain('the inside of the machine');
  });

  it('gives a problem its status and its words', async () => {
    const { url } = await listeningSite();
    const response = await fetch(`${url}/taken`);
    expect(response.status).toBe(409);
    expect(await response.text()).toContain('"code":"slot_taken"');
  });

  it('runs in the language of the address', async () => {
    const { url } = await listeningSite();
    expect(await (await fetch(`${url}/language`)).text()).toBe('zh-CN');
    expect(await (await fetch(`${url}/en/language`)).text()).toBe('en');
  });

  it('sends every cookie on a line of its own', async () => {
    const { url } = await listeningSite();
    expect((await fetch(`${url}/cookies`)).headers.getSetCookie()).toEqual(['a=1', 'b=2']);
  });

  it('believes as many proxies as it is told to', async () => {
    const asked = async (env: Record<string, string>) => {
      const { url } = await listeningSite({ env });
      const response = await fetch(`${url}/who`, { headers: { 'x-forwarded-for': '6.6.6.6, 10.0.0.1, 10.0.0.2' } });
      return ((await response.json()) as { address: string }).address;
    };
    expect(await asked({})).toMatch(/127\.0\.0\.1$/);
    expect(await asked({ TRUSTED_PROXIES: '1' })).toBe('10.0.0.2');
    expect(await asked({ TRUSTED_PROXIES: '2' })).toBe('10.0.0.1');
  });

  it('compresses a page for who can read it', async () => {
    const { port } = await listeningSite();
    const ask = (encoding: string) => raw(port, `GET / HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nConnection: close\r\n${encoding}\r\n`);
    expect(await ask('Accept-Encoding: gzip\r\n')).toMatch(/content-encoding: gzip/i);
    expect(await ask('')).not.toMatch(/content-encoding/i);
  });
});
