import { describe, expect, it, vi } from 'vitest';
import { FORM, raw, statusOf } from './raw-request.ts';
import { listeningSite } from './site.ts';

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
