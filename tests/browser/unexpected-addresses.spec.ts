import { expect, test } from './support.ts';
import { ADDRESSES, cookieOf, encoded, known, NAMES, ROLES, type Role, send, site, VALUES } from './unexpected.ts';

// They ask and change nothing: both workers have their share.
test.describe.configure({ mode: 'parallel' });

test.beforeAll(async () => {
  for (const role of Object.keys(ROLES) as Role[]) await cookieOf(role);
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
