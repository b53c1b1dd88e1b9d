import { describe, expect, it } from 'vitest';
import { runWithLocale } from '#app/i18n/locale.server.ts';
import { redirectTo, serve } from './route.server.ts';

const FORM = 'application/x-www-form-urlencoded';

/** What an action that reads its form answers to this body. */
async function send(body: string, type: string | null = FORM, path = '/form'): Promise<{ status: number; names?: string[] }> {
  const request = new Request(`http://site.invalid${path}`, { method: 'POST', body: new TextEncoder().encode(body) });
  if (type) request.headers.set('content-type', type);
  const action = serve(async ({ request }) => [...(await request.formData()).keys()]);
  try {
    return {
      status: 200,
      names: await action({ request, params: {}, context: { services: {} } } as unknown as Parameters<typeof action>[0]),
    };
  } catch (error) {
    if (!(error instanceof Response)) throw error;
    return { status: error.status };
  }
}

describe('a form', () => {
  it('is read with every name our pages use, and with values of any script', async () => {
    const names = ['intent', 'rows.0.name', 'rows.49.serials', 'nameZh'];
    expect(await send(names.map((name) => `${name}=%F0%9F%98%80%E2%80%AE<script>%ff`).join('&'))).toEqual({ status: 200, names });
    expect(await send('')).toEqual({ status: 200, names: [] });
  });

  it.each([
    ['no type', 'a=1', null],
    ['another type', '{"a":1}', 'application/json'],
    ['parts that are none', '--x\r\nfoo', 'multipart/form-data; boundary=x'],
    ['no boundary', '--x', 'multipart/form-data'],
  ])('is refused with %s', async (_, body, type) => {
    expect((await send(body, type)).status).toBe(400);
  });

  it.each([
    '/form',
    '/form?x=/capabilities/import',
    '/form#/capabilities/import',
    '/centre/capabilities/import/1',
    '/capabilities/import/x',
  ])('is refused with a letter no database has, at %s', async (path) => {
    expect((await send('a=b%00', FORM, path)).status).toBe(400);
  });

  it('of a pasted scope may have it: the line is named where it is read', async () => {
    for (const path of ['/centre/capabilities/import', '/en/centre/capabilities/import/', '/centre/capabilities/import?a=1'])
      expect((await send('pasted=b%00', FORM, path)).status).toBe(200);
  });

  // The parser of forms makes a list as long as an index says: one request of twenty bytes would fill the memory.
  it.each([
    'a[999999999]',
    'email[0]',
    'a.999999999.b',
    '__proto__',
    'a.__proto__',
    'constructor',
    'email.constructor',
    '__intent__',
    '__state__',
    '',
    'a'.repeat(101),
    'a.'.repeat(5000),
  ])('is refused with a field named %.40s', async (name) => {
    expect((await send(`${encodeURIComponent(name)}=1`)).status).toBe(400);
  });
});

describe('a redirect', () => {
  const to = (path: string) => runWithLocale('zh-CN', () => redirectTo(path)).headers.get('Location');

  it('carries what an address may hold, whatever the path holds', () => {
    expect(to('/orders/订单?a=1&b=%20')).toBe('/orders/%E8%AE%A2%E5%8D%95?a=1&b=%20');
    expect(to('/orders/\r\nX: 1')).toBe('/orders/%0D%0AX:%201');
    expect(to('/orders/\uD800')).toBe('/orders/%EF%BF%BD');
  });

  it.each(['//evil.example', '/\\evil.example', '///evil.example', '/\\/evil.example'])('never leaves the site: %s', (path) => {
    expect(new URL(to(path) ?? '', 'http://site.invalid').host).toBe('site.invalid');
  });
});
