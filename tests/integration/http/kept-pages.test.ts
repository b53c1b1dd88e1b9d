import type { IncomingMessage } from 'node:http';
import { describe, expect, it } from 'vitest';
import { announce } from '#app/core/change-feed.server.ts';
import { keptPages } from '#app/http/kept-pages.ts';
import { testDeps } from '#tests/support/database.ts';

const asked = (url: string, headers: Record<string, string> = {}, method = 'GET') =>
  ({ method, url, headers: { host: 'hengji.example', ...headers } }) as unknown as IncomingMessage;
const PAGE = '<p nonce="first-nonce">first-nonce</p>';
const answer = (html = PAGE) => ({
  headers: [['Content-Type', 'text/html']] as [string, string][],
  html: Buffer.from(html),
  nonce: 'first-nonce',
});

async function kept() {
  const deps = await testDeps();
  const state = { away: false };
  const db: typeof deps.db = {
    ...deps.db,
    read: (work) => (state.away ? Promise.reject(new Error('the database is away')) : deps.db.read(work)),
  };
  const pages = keptPages({ ...deps, db });
  const find = async (nonce = 'second', key = 'page') => {
    const found = await pages.find(key, nonce);
    return 'page' in found ? found.page.html.toString() : found.keep;
  };
  const drawn = async () => {
    const keep = await find();
    if (typeof keep === 'string') throw new Error('it is kept already');
    return keep;
  };
  const change = () => deps.db.write((tx) => announce(tx, 'service', 'one', deps.clock()));
  return { deps, state, pages, find, drawn, change };
}

describe('a page of visitors', () => {
  it('is kept for moments, with the nonce of each answer', async () => {
    const { deps, find, drawn } = await kept();
    (await drawn())(answer());
    expect(await find('a-second')).toBe('<p nonce="a-second">a-second</p>');
    expect(await find('x')).toBe('<p nonce="x">x</p>');
    expect(await find('x', 'another')).toBeTypeOf('function');
    deps.time.now += 2000;
    expect(await find()).toBeTypeOf('string');
    deps.time.now += 1;
    expect(await find()).toBeTypeOf('function');
    // Nor when the clock is set back.
    (await drawn())(answer('without'));
    expect(await find()).toBe('without');
    deps.time.now -= 10;
    expect(await find()).toBeTypeOf('function');
  });

  it('is drawn anew as soon as something has changed, also while it was drawn', async () => {
    const { find, drawn, change } = await kept();
    (await drawn())(answer());
    await change();
    const keep = await drawn();
    await change();
    await find();
    keep(answer());
    expect(await find()).toBeTypeOf('function');
  });

  it('is not given out while the database cannot be asked whether it still holds', async () => {
    const { state, find, drawn } = await kept();
    (await drawn())(answer());
    state.away = true;
    expect(await find()).toBeTypeOf('function');
  });

  it('is one of the catalogue, asked for by nobody who is signed in, at one host and address', async () => {
    const { pages } = await kept();
    const keyOf = (url: string, ...rest: [Record<string, string>?, string?]) => pages.keyOf(asked(url, ...rest), url.replace(/\?.*/, ''));
    for (const url of ['/', '/en', '/search?q=a', '/en/search', '/match?item=b', '/specifications', '/centres', '/en/parks'])
      expect(keyOf(url), url).toBe(`hengji.example ${url}`);
    for (const url of ['/sign-in', '/orders', '/en/mailbox', '/services/a', '/centre', '/centres/a', '/search.data', '/reset/secret'])
      expect(keyOf(url), url).toBeUndefined();
    expect(keyOf('/', { cookie: 'a=b' })).toBeDefined();
    expect(keyOf('/', { cookie: 'a=b; hengji_session=c' })).toBeUndefined();
    expect(keyOf('/', {}, 'HEAD')).toBeUndefined();
    expect(keyOf('/', { host: 'other.example' })).not.toBe(keyOf('/'));
  });
});
