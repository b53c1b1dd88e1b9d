/** Every address, form and person there is, and values nobody expects. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RouteConfigEntry } from '@remix-run/route-config';
import routes from '#app/routes.ts';
import { ACCOUNTS, expect } from './support.ts';

export const SCRIPT = '"><script>alert(1)</script>';

export const VALUES = [
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

export const ROLES = {
  visitor: undefined,
  sme: ACCOUNTS.sme,
  centre: ACCOUNTS.centre,
  park: ACCOUNTS.park,
  operator: ACCOUNTS.operator,
} as const;

export const OTHERS = { otherSme: ACCOUNTS.otherSme, otherCentre: 'taihu@demo.hengji.example' } as const;

export type Role = keyof typeof ROLES | keyof typeof OTHERS;

const flat = (entries: RouteConfigEntry[], before = ''): { address: string; file: string }[] =>
  entries.flatMap((entry) => {
    const path = [before, entry.path].filter(Boolean).join('/');
    return entry.children ? flat(entry.children, path) : [{ address: `/${path}`.replace('/en?', '') || '/', file: entry.file }];
  });
const ROUTES = flat(routes);

/** Every address once, in Chinese; `:slug` and the like still to be filled. */
export const ADDRESSES = ROUTES.map(({ address }) => address);

/** Of those, the pages: what is a file or only takes a form has no looks. */
export const PAGES = ROUTES.filter(({ address, file }) => file.endsWith('.tsx') && !/\.\w+$/.test(address)).map(({ address }) => address);

/** Names the pages read from an address or a form: as they stand in the sources. */
export const NAMES = (() => {
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

export const site = () => process.env.HENGJI_SITE as string;

export const sessions = new Map<Role, string>();

export async function cookieOf(role: Role): Promise<string> {
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

export type Sent = { path: string; role?: Role; method?: string; body?: BodyInit; headers?: Record<string, string> };

/** Sends it and reads the answer: no fault, no stack, no script of ours given back as one. */
export async function send({
  path,
  role = 'visitor',
  method = 'GET',
  body,
  headers = {},
}: Sent): Promise<{ status: number; text: string }> {
  const answer = await fetch(site() + path, {
    method,
    body,
    redirect: 'manual',
    headers: { Cookie: await cookieOf(role), Origin: site(), ...headers },
  });
  const text = await answer.text();
  const faults = Object.entries({
    'a fault': answer.status >= 500,
    'no answer of a page': answer.status < 300 && ![200, 202, path.startsWith('/__manifest') ? 204 : 200].includes(answer.status),
    'a script given back': text.includes('<script>alert(1)'),
    'a stack': /\n\s+at .+:\d+:\d+/.test(text),
    "a sender's cookie set": answer.headers.get('set-cookie')?.includes('x=1') ?? false,
  }).flatMap(([fault, there]) => (there ? [fault] : []));
  // Asked only where there is a fault: the runner writes down every question, and there are tens of thousands of answers.
  if (faults.length > 0)
    expect(
      faults,
      `${answer.status} to ${method} ${path.slice(0, 200)} as ${role}${body ? ` with ${String(body).slice(0, 200)}` : ''}`,
    ).toEqual([]);
  return { status: answer.status, text };
}

export const encoded = (value: string) => encodeURIComponent(value.toWellFormed());

let broughtScope = '';

/** Of what is listed above it, the first; an import is begun by the centre for it: a page that finds nothing reads nothing of its address. */
export async function idOf(parent: string, role: Role): Promise<string> {
  if (!parent.endsWith('/import')) return new RegExp(`${parent}/([\\w-]{36})`).exec((await send({ path: parent, role })).text)?.[1] ?? '1';
  if (broughtScope) return broughtScope;
  const body = new FormData();
  body.set('pasted', '仪器名称\t测量范围\t扩展不确定度\n千分尺\t≤25 mm\tU=1 μm\n卡尺\t(0~9) mm\tU=');
  const headers = { Cookie: await cookieOf('centre'), Origin: site() };
  const answer = await fetch(site() + parent, { method: 'POST', redirect: 'manual', headers, body });
  await answer.arrayBuffer();
  broughtScope = answer.headers.get('location')?.split('/').at(-1) ?? '';
  expect(broughtScope).not.toBe('');
  return broughtScope;
}

/** What a parameter of an address is in the demonstration. */
export async function known(address: string, role: Role): Promise<string> {
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
    .replace(':page', 'terms')
    .replace(':token', 'x'.repeat(27))
    .replace(':id', address.includes('/:id') ? await idOf(address.slice(0, address.indexOf('/:id')), role) : '1')
    .replace('*', 'nothing/here');
}

/** Forms of a page as a browser would send them: address, and the fields with their values. */
export function formsOf(html: string, at: string): { action: string; fields: [string, string][] }[] {
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
export async function withForms(address: string, role: Role) {
  const invoices = address.includes('/invoices/');
  const area = role === 'centre' ? '/centre' : invoices ? '' : '/orders';
  const list = await send({ path: invoices ? `${area}/invoices${role === 'centre' ? '?tab=red' : ''}` : area, role });
  const numbers = address.includes(':number') ? [...new Set(list.text.match(/(HJ|FP)-[0-9A-Z]{4}-[0-9A-Z]{4}/g))] : [''];
  for (const number of numbers) {
    const path = await known(address.replace(':number', number), role);
    const { text } = await send({ path, role });
    const forms = formsOf(text, path).filter(({ action }) => !/sign-out|switch-organisation|language/.test(action));
    if (forms.length > 0) return { path, text, forms };
  }
  throw new Error(`no ${address} of ${numbers.length} has a form`);
}

/** Pages that answer a form of their own, as the sources say. A form for something new stands at `…/new` instead of `…/:id`. */
const WITH_FORMS = ROUTES.filter(({ file }) => {
  const source = readFileSync(join(import.meta.dirname, '../../app', file), 'utf8');
  return source.includes('export const action') && source.includes('export default');
}).map(({ address }) => address.replace(/^(\/centre\/(?!.*\/import\/).*)\/:id$/, '$1/new').replace('/pools/:id/', '/pools/:pool/'));

/** Whose form it is only a link, a letter or a state of their account says: each has a test of its own. */
const NOT_TRIED = [
  '/agree',
  '/enquiries/new',
  '/enquiries/:id',
  '/wanted',
  '/verify/:token',
  '/check-mail',
  '/reset/:token',
  '/invitation/:token',
  '/second-factor',
  '/account/second-factor',
  '/messages/begin',
  '/messages/:id',
  '/centre/claim/:slug',
  '/centre/services/:id/dates',
  '/centre/capabilities/import/:id',
  '/operator/exceptions',
  '/operator/people',
  '/operator/verification-requests/:id',
  '/operator/accreditations/:id',
];
const formsUnder = (area: string) => WITH_FORMS.filter((address) => address.startsWith(area) && !NOT_TRIED.includes(address));

/** Pages with forms, per role; signing out and giving up one's own session would end the test. */
export const FORMS: Record<keyof typeof ROLES, string[]> = {
  visitor: ['/sign-in', '/sign-up', '/forgot', '/services/:slug/book?quantity=2'],
  sme: [
    '/account',
    '/account/park',
    '/members',
    '/orders',
    '/orders/:number',
    '/invoices',
    '/invoices/:number',
    '/invoices/titles/:id',
    '/services/:slug/book?quantity=2',
  ],
  centre: [...formsUnder('/centre'), '/members'],
  park: [...formsUnder('/park/'), '/members', '/account'],
  operator: [...formsUnder('/operator'), '/account'],
};

const tried = new Set([...Object.values(FORMS).flat(), ...NOT_TRIED].map((address) => address.replace(/\?.*/, '')));
/** Pages with a form that stand neither among those tried nor among those that are not. */
export const FORGOTTEN = WITH_FORMS.filter((address) => !tried.has(address));

/** A form that another test may have used up: who asked is confirmed by then. */
export const ALSO: Record<string, { action: string; fields: [string, string][] }[]> = {
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

export const ENDS = /sign-out|switch-organisation|revoke|remove|session|language|verification/;

/** What a page says, without what is new in every answer: a nonce, and the server's clock beside a countdown. */
export const said = (html: string) => html.replace(/[\s\S]*<main/, '').replace(/(nonce|data-now)="[^"]*"/g, '');
