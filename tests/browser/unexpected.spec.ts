/** The last to run, because its tries use up what an address may try. What nobody sends by accident: every address and every form, with what they least expect. Each gets an answer, none a fault. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RouteConfigEntry } from '@remix-run/route-config';
import routes from '#app/routes.ts';
import { ACCOUNTS, expect, test } from './support.ts';

const SCRIPT = '"><script>alert(1)</script>';
const VALUES = [
  '',
  ' ',
  "'; DROP TABLE orders; --",
  SCRIPT,
  '🧪'.repeat(50),
  '\u202Eاختبار\u202C',
  '長'.repeat(3000),
  '-1',
  '0',
  '1e309',
  'NaN',
  '9'.repeat(400),
  '1.5',
  '２０',
  '../../../etc/passwd',
  '=cmd|"/c calc"!A1',
  '[]',
  '{"a":1}',
  'constructor',
  '__proto__',
  'a\r\nSet-Cookie: x=1',
  '2026-02-30',
  '-271821-04-20',
  '\uD800',
];

const ROLES = { visitor: undefined, sme: ACCOUNTS.sme, centre: ACCOUNTS.centre, park: ACCOUNTS.park, operator: ACCOUNTS.operator } as const;
const OTHERS = { otherSme: ACCOUNTS.otherSme, otherCentre: 'taihu@demo.hengji.example' } as const;
type Role = keyof typeof ROLES | keyof typeof OTHERS;

const flat = (entries: RouteConfigEntry[], before = ''): string[] =>
  entries.flatMap((entry) => {
    const path = [before, entry.path].filter(Boolean).join('/');
    return entry.children ? flat(entry.children, path) : [`/${path}`];
  });
/** Every address once, in Chinese; `:slug` and the like still to be filled. */
const ADDRESSES = flat(routes).map((path) => path.replace('/en?', '') || '/');

/** Names the pages read from an address or a form: as they stand in the sources. */
const NAMES = (() => {
  const found = new Set([
    'q',
    'sort',
    'page',
    'week',
    'quantity',
    'startAt',
    'rows.0.name',
    'rows.999.name',
    '__proto__',
    'rows',
    '_data',
    'index',
  ]);
  const look = (folder: string) => {
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) look(path);
      else if (/\.tsx?$/.test(entry.name) && !entry.name.includes('.test.'))
        for (const [, name] of readFileSync(path, 'utf8').matchAll(/(?:name=|[gG]et(?:All)?\(|has\()["']([\w.-]{1,40})["']/g))
          found.add(name as string);
    }
  };
  look(join(import.meta.dirname, '../../app/routes'));
  return [...found];
})();

const site = () => process.env.HENGJI_SITE as string;
const sessions = new Map<Role, string>();

async function cookieOf(role: Role): Promise<string> {
  const email = { ...ROLES, ...OTHERS }[role];
  if (!email) return '';
  const known = sessions.get(role);
  if (known) return known;
  const answer = await fetch(`${site()}/sign-in`, {
    method: 'POST',
    redirect: 'manual',
    headers: { Origin: site() },
    body: new URLSearchParams({ email, password: 'hengji-demo-2026' }),
  });
  await answer.arrayBuffer();
  const cookie = answer.headers
    .getSetCookie()
    .map((text) => text.split(';')[0])
    .join('; ');
  expect(cookie).not.toBe('');
  sessions.set(role, cookie);
  return cookie;
}

type Sent = { path: string; role?: Role; method?: string; body?: BodyInit; headers?: Record<string, string> };

/** Sends it and reads the answer: no fault, no stack, no script of ours given back as one. */
async function send({ path, role = 'visitor', method = 'GET', body, headers = {} }: Sent): Promise<{ status: number; text: string }> {
  const answer = await fetch(site() + path, {
    method,
    body,
    redirect: 'manual',
    headers: { Cookie: await cookieOf(role), Origin: site(), ...headers },
  });
  const text = await answer.text();
  const what = `${answer.status} to ${method} ${path.slice(0, 200)} as ${role}${body ? ` with ${String(body).slice(0, 200)}` : ''}`;
  expect(answer.status, what).toBeLessThan(500);
  expect([200, 202, path.startsWith('/__manifest') ? 204 : 0].includes(answer.status) || answer.status >= 300, what).toBe(true);
  expect(text.includes('<script>alert(1)'), `${what}: script given back`).toBe(false);
  expect(/\n\s+at .+:\d+:\d+/.test(text), `${what}: a stack`).toBe(false);
  expect(answer.headers.has('set-cookie') && answer.headers.get('set-cookie')?.includes('x=1'), what).toBe(false);
  return { status: answer.status, text };
}

const encoded = (value: string) => encodeURIComponent(value.toWellFormed());

let broughtScope = '';

/** Of what is listed above it, the first; an import is begun for it: a page that finds nothing reads nothing of its address. */
async function idOf(parent: string, role: Role): Promise<string> {
  if (!parent.endsWith('/import')) return new RegExp(`${parent}/([\\w-]{36})`).exec((await send({ path: parent, role })).text)?.[1] ?? '1';
  if (role !== 'centre') return broughtScope || '1';
  const body = new FormData();
  body.set('pasted', '仪器名称\t测量范围\t扩展不确定度\n千分尺\t≤25 mm\tU=1 μm\n卡尺\t(0~9) mm\tU=');
  const headers = { Cookie: await cookieOf(role), Origin: site() };
  const answer = broughtScope ? undefined : await fetch(site() + parent, { method: 'POST', redirect: 'manual', headers, body });
  await answer?.arrayBuffer();
  broughtScope ||= answer?.headers.get('location')?.split('/').at(-1) ?? '';
  expect(broughtScope).not.toBe('');
  return broughtScope;
}

/** What a parameter of an address is in the demonstration. */
async function known(address: string, role: Role): Promise<string> {
  const { text: orders } = role === 'centre' ? await send({ path: '/centre', role }) : await send({ path: '/orders', role: 'sme' });
  const number = /HJ-[0-9A-Z]{4}-[0-9A-Z]{4}/.exec(orders)?.[0] ?? 'HJ-0000-0000';
  const slug = address.startsWith('/services')
    ? 'external-micrometer-gusu-precision'
    : address.startsWith('/parks')
      ? 'suzhou'
      : 'gusu-precision';
  const pool = address.includes(':pool')
    ? /\/centre\/pools\/([\w-]{36})/.exec((await send({ path: '/centre/pools', role })).text)?.[1]
    : '';
  return address
    .replace(':pool', pool ?? '1')
    .replace(':number', number)
    .replace(':slug', slug)
    .replace(':token', 'x'.repeat(27))
    .replace(':id', address.includes('/:id') ? await idOf(address.slice(0, address.indexOf('/:id')), role) : '1')
    .replace('*', 'nothing/here');
}

// Before a visitor's thousand tries use up what an address may try.
test.beforeAll(async () => {
  for (const role of Object.keys({ ...ROLES, ...OTHERS }) as Role[]) await cookieOf(role);
});

for (const role of Object.keys(ROLES) as (keyof typeof ROLES)[]) {
  test(`every address answers a ${role}, whatever stands in it`, async () => {
    test.setTimeout(240_000);
    for (const address of ADDRESSES) {
      const path = await known(address, role);
      await send({ path, role });
      await send({ path: `/en${path}`, role });
      // Signing out is what it is for.
      if (address === '/sign-out') continue;
      for (const method of ['HEAD', 'PUT', 'PATCH', 'DELETE'])
        await send({ path, role, method, body: method === 'HEAD' ? undefined : 'a=1' });
      if (address.includes(':'))
        for (const value of VALUES.filter((v) => v.length < 1000))
          await send({ path: address.replace(/:\w+/, encoded(value) || 'x'), role });
      for (const value of VALUES) {
        const query = NAMES.map((name) => `${encoded(name)}=${encoded(value.slice(0, 120))}`).join('&');
        await send({ path: `${path}?${query}`, role });
      }
      await send({ path: `${path}?q=${encoded(VALUES[6] as string)}`, role });
      await send({ path: `${path}?${'a=1&'.repeat(500)}`, role });
      await send({ path: `${path}?%=%E0%A4%A&=&&a[b]=1&a[]=2`, role });
      await send({ path: path === '/' ? '/_root.data' : `${path}.data`, role });
      await send({ path: `${path}/`, role });
    }
    for (const path of [
      '/__manifest',
      '/__manifest?p=%2F..%2F&version=x',
      '/__manifest?p=/orders&p=/%00x&version=',
      '/_root.data',
      '/en/_root.data',
      '/%',
      '/%00',
      '/..%2f..%2fetc',
      '//evil.example',
      '/en//',
      '/EN/orders',
      '/\\evil',
    ])
      await send({ path, role });
  });
}

/** Forms of a page as a browser would send them: address, and the fields with their values. */
function formsOf(html: string, at: string): { action: string; fields: [string, string][] }[] {
  const decode = (text: string) =>
    text.replaceAll('&quot;', '"').replaceAll('&#x27;', "'").replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
  const attribute = (tag: string, name: string) => {
    const found = new RegExp(`\\s${name}="([^"]*)"`).exec(tag)?.[1];
    return found === undefined ? undefined : decode(found);
  };
  return [...html.matchAll(/<form\b[^>]*>[\s\S]*?<\/form>/g)].flatMap(([form]) => {
    const head = /<form\b[^>]*>/.exec(form)?.[0] ?? '';
    if (attribute(head, 'method') !== 'post') return [];
    const fields = [...form.matchAll(/<(?:input|textarea|select|button)\b[^>]*>/g)].flatMap(([tag]): [string, string][] => {
      const name = attribute(tag, 'name');
      return name ? [[name, attribute(tag, 'value') ?? '']] : [];
    });
    return [{ action: attribute(head, 'action') ?? at, fields }];
  });
}

/** The first page of the kind that has forms: an order that is over has none. */
async function withForms(address: string, role: Role) {
  const list = await send({ path: role === 'centre' ? '/centre' : '/orders', role });
  const numbers = address.includes(':number') ? [...new Set(list.text.match(/HJ-[0-9A-Z]{4}-[0-9A-Z]{4}/g))] : [''];
  for (const number of numbers) {
    const path = await known(address.replace(':number', number), role);
    const { text } = await send({ path, role });
    const forms = formsOf(text, path).filter(({ action }) => !/sign-out|switch-organisation|language/.test(action));
    if (forms.length > 0) return { path, text, forms };
  }
  throw new Error(`no ${address} of ${numbers.length} has a form`);
}

/** Pages with forms, per role; signing out and giving up one's own session would end the test. */
const FORMS: Record<keyof typeof ROLES, string[]> = {
  visitor: ['/sign-in', '/sign-up', '/forgot', '/services/:slug/book?quantity=2'],
  sme: ['/account', '/account/park', '/members', '/orders', '/orders/:number', '/services/:slug/book?quantity=2'],
  centre: [
    '/centre/orders/:number',
    '/centre/calendar',
    '/centre/services',
    '/centre/services/new',
    '/centre/pools/new',
    '/centre/accreditations/new',
    '/centre/profile',
    '/centre/firms',
    '/centre/pools/:pool/calendars',
    '/centre/capabilities/import',
    '/members',
  ],
  park: ['/members', '/account', '/park/firms'],
  operator: ['/account'],
};
/** A form that another test may have used up: who asked is confirmed by then. */
const ALSO: Record<string, { action: string; fields: [string, string][] }[]> = {
  '/park/firms': [
    {
      action: '/park/firms',
      fields: [
        ['firm', 'nobody'],
        ['intent', 'confirm'],
      ],
    },
  ],
};
const ENDS = /sign-out|switch-organisation|revoke|remove|session|language|verification/;

for (const role of Object.keys(ROLES) as (keyof typeof ROLES)[]) {
  test(`every form answers a ${role}, whatever is sent`, async () => {
    test.setTimeout(240_000);
    for (const page of FORMS[role]) {
      const found = await withForms(page, role);
      const forms = found.forms.flatMap(({ action, fields }) => {
        const left = fields.filter(([, value]) => !ENDS.test(value));
        const ends = ENDS.test(action) || fields.some(([name]) => name === 'intent' && !left.some(([other]) => other === name));
        return ends ? [] : [{ action, fields: left }];
      });
      forms.push(...(ALSO[page] ?? []));
      expect(forms.length, page).toBeGreaterThan(0);
      // Of forms that are alike (one per row) the first speaks for all.
      const kinds = new Map(forms.map((form) => [`${form.action.replace(/HJ-[\w-]+/, '')} ${form.fields.map(([name]) => name)}`, form]));
      for (const { action, fields } of kinds.values()) {
        const target = action.startsWith('http') ? new URL(action).pathname : action;
        const post = (body: BodyInit, headers?: Record<string, string>) => send({ path: target, role, method: 'POST', body, headers });
        const names = [...new Set(fields.map(([name]) => name))];
        for (const value of VALUES) {
          const text = value.toWellFormed();
          await post(new URLSearchParams(names.map((name) => [name, text])));
          const intents = fields.filter(([name]) => name === 'intent');
          for (const [, intent] of intents) await post(new URLSearchParams(names.map((name) => [name, name === 'intent' ? intent : text])));
        }
        for (const name of names) await post(new URLSearchParams(fields.filter(([other]) => other !== name)));
        await post(new URLSearchParams([...fields, ...fields]));
        await post(new URLSearchParams(NAMES.map((name) => [name, 'x'])));
        await post('', { 'Content-Type': 'application/json' });
        await post('{"a":', { 'Content-Type': 'application/json' });
        await post('--x\r\nbroken', { 'Content-Type': 'multipart/form-data; boundary=y' });
        await post('a=%ZZ&%E0%A4%A=1', { 'Content-Type': 'application/x-www-form-urlencoded' });
        await post('a=%00', { 'Content-Type': 'application/x-www-form-urlencoded' });
        const file = new FormData();
        for (const name of names) file.set(name, new File(['x'.repeat(1000)], '../../evil.html'));
        await post(file);
        // More than is taken: a form's 64 kB, a file's 9 MB, a calendar's 11 MB.
        const files = /\/import$|\/(accreditations|services|claim)\//.test(page) ? 10_000_000 : 100_000;
        const much = /\/calendars$/.test(page) ? 12_000_000 : files;
        const { status } = await post(new URLSearchParams([[names[0] ?? 'a', 'x'.repeat(much)]]));
        expect(status, target).toBe(413);
        await post(new URLSearchParams(names.map((name) => [name, 'x'])), { Origin: 'https://evil.example' }).then(({ status }) =>
          expect(status).toBe(403),
        );
      }
    }
  });
}

test('cookies of every shape leave a visitor a visitor', async () => {
  for (const cookie of [
    '',
    ';',
    '=',
    'hengji_session',
    'hengji_session=',
    `hengji_session=${'x'.repeat(27)}`,
    `hengji_session=${'é'.repeat(20)}`,
    `hengji_session="a;b"`,
    'hengji_session=a; hengji_session=b',
    `a=${'x'.repeat(7000)}`,
    'hengji_session=%00',
    '__proto__=1',
    'hengji_session=../../x',
  ]) {
    const answer = await fetch(`${site()}/orders`, {
      redirect: 'manual',
      headers: { Cookie: Buffer.from(cookie, 'utf8').toString('latin1') },
    });
    await answer.arrayBuffer();
    expect([302, 303, 401, 431], cookie.slice(0, 60)).toContain(answer.status);
  }
});

/** What a page says, without what is new in every answer. */
const said = (html: string) => html.replace(/[\s\S]*<main/, '').replace(/nonce="[^"]*"/g, '');

test("another's forms, sent by who they are not for, change nothing", async () => {
  const pages: [Role, string[]][] = [
    ['sme', ['/orders/:number', '/members']],
    ['centre', ['/centre/orders/:number', '/centre/calendar', '/centre/services', '/members']],
  ];
  for (const [owner, addresses] of pages)
    for (const address of addresses) {
      const { path, text, forms } = await withForms(address, owner);
      for (const role of ['visitor', 'otherSme', 'otherCentre', 'park'] as const)
        for (const { action, fields } of forms) {
          const intents = fields.filter(([name]) => name === 'intent');
          const rest = fields.filter(([name]) => name !== 'intent').map(([name, value]): [string, string] => [name, value || '1']);
          for (const intent of intents.length > 0 ? intents : [undefined]) {
            await send({ path: action, role, method: 'POST', body: new URLSearchParams(intent ? [...rest, intent] : rest) });
          }
        }
      const after = await send({ path, role: owner });
      expect(said(after.text), path).toBe(said(text));
    }
});
