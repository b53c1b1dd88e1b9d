import { describe, expect, it } from 'vitest';
import { newSecret } from '#app/core/ids.server.ts';
import { redactFacts, redactText } from './redact.ts';

describe('what a log may say', () => {
  const secret = newSecret();
  it.each([
    ['a link in mail', `/reset-password/${secret}`, '/reset-password/…'],
    ['its data', `/reset-password/${secret}.data`, '/reset-password/….data'],
    ['our calendar feed', `/calendars/${secret}.ics`, '/calendars/….ics'],
    ['a query', '/invitation?token=abc&x=1', '/invitation?…'],
    [
      'a foreign calendar',
      'GET https://calendar.google.com/calendar/ical/a%40b/private-0123abcd/basic.ics failed',
      'GET https://calendar.google.com/… failed',
    ],
    ['a database address', 'connect postgres://hengji:s3cret@db:5432/x', 'connect postgres://…@db:5432/x'],
    ['a payment key', 'Invalid API Key provided: sk_live_abcDEF123', 'Invalid API Key provided: sk_…'],
    ['a webhook secret', 'whsec_abcdef0123', 'whsec_…'],
    ['a password hash', "bad value '$argon2id$v=19$m=19456,t=2,p=1$c2FsdA$aGFzaA'", "bad value '…'"],
    ['an address', 'mail to 王.工+a@例子.中国 refused, <li@example.co.uk>', 'mail to …@… refused, <…@…>'],
    ['a unique value', 'Key (email, kind)=(a@b.cn, sme) already exists.', 'Key (email, kind)=(…) already exists.'],
  ])('%s', (_, text, shown) => {
    expect(redactText(text)).toBe(shown);
  });

  it('a failing statement without what it was given, with where it failed', () => {
    const stack =
      'Error: Failed query: insert into "person" values ($1, $2)\nparams: x@y.cn,$argon2id$abc,\nmore\n    at run (file.ts:1:2)\n    at next (file.ts:3:4)';
    const shown = redactText(stack);
    expect(shown).toBe(
      'Error: Failed query: insert into "person" values ($1, $2)\nparams: …\n    at run (file.ts:1:2)\n    at next (file.ts:3:4)',
    );
  });

  it('what the settings hold, wherever it stands, and facts by their name', () => {
    const facts = {
      text: 'key hunter2hunter2 refused',
      list: [{ token: 'abc' }],
      password: 'x',
      error: new Error('at hunter2hunter2'),
      ms: 3.5,
      none: null,
    };
    const shown = JSON.stringify(redactFacts(facts, ['hunter2hunter2']));
    expect(shown).not.toMatch(/hunter2|abc/);
    expect(JSON.parse(shown)).toMatchObject({ text: 'key … refused', list: [{ token: '…' }], password: '…', ms: 3.5, none: null });
  });

  it('leaves identifiers, numbers of orders and our own paths readable', () => {
    for (const text of [
      '/orders/HJ-2B7K-9QXM/paid',
      '/operator/verification-requests/0198c0de-7f3a-7aaa-8bbb-0123456789ab',
      'insert into "x" values (?, ?, ?)',
      'at run (/srv/node_modules/@remix-run/node/dist/server.js:1:2)',
      'took 3.5 ms @ 12:30',
    ])
      expect(redactText(text)).toBe(text);
  });
});
