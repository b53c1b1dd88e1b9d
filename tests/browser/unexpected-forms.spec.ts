import { expect, test } from './support.ts';
import { ALSO, cookieOf, ENDS, FORGOTTEN, FORMS, NAMES, OTHERS, ROLES, type Role, said, send, VALUES, withForms } from './unexpected.ts';

// Before a visitor's thousand tries use up what an address may try.
test.beforeAll(async () => {
  for (const role of Object.keys({ ...ROLES, ...OTHERS }) as Role[]) await cookieOf(role);
});

test('every page with a form is among those that are tried, or said not to be', () => {
  expect(FORGOTTEN).toEqual([]);
});

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
