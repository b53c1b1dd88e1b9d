/** What a page is called when it went wrong, how much time is left, and what was typed twice or lowered. */
import { expect, signIn, test } from './support.ts';

for (const path of ['/no-such-page', '/en/no-such-page'])
  test(`an error page has a title: ${path}`, async ({ page, troubles }) => {
    await page.goto(path);
    const heading = await page.locator('h1').textContent();
    expect(heading).toBeTruthy();
    await expect(page).toHaveTitle(new RegExp(`^${heading} · `));
    troubles.length = 0;
  });

const MINUTE = 60_000;
for (const [prefix, cases] of [
  ['', { [9.5 * MINUTE]: /^9:(30|29|28|27|26|25)$/, [125 * MINUTE + 30_000]: /^2小时 5分钟$/, [51.5 * 60 * MINUTE]: /^2天 3小时$/ }],
  ['/en', { [125 * MINUTE + 30_000]: /^2 hours 5 minutes$/, [25.5 * 60 * MINUTE]: /^1 day 1 hour$/ }],
] as const)
  for (const [left, reads] of Object.entries(cases))
    test(`${left} ms left, in ${prefix || 'zh'}`, async ({ page }) => {
      await page.route(`**${prefix}/sign-in`, async (route) => {
        const answer = await route.fetch();
        const clock = `<span role="timer" data-until="${Number(left) + 1}" data-now="1"></span><span></span>`;
        await route.fulfill({ response: answer, body: (await answer.text()).replace('</main>', `${clock}</main>`) });
      });
      await page.goto(`${prefix}/sign-in`);
      await expect(page.locator('[role=timer]')).toHaveText(reads);
    });

test('twelve serial numbers are seen at once on a phone, one typed twice and a lowered quantity are said', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await signIn(page, 'sme');
  const path = '/services/external-micrometer-gusu-precision/book';
  await page.goto(`${path}?quantity=12`);
  const serials = page.locator('textarea[name="rows.0.serials"]');
  await serials.fill(Array.from({ length: 12 }, (_, i) => (i === 11 ? 'S-1' : `S-${i + 1}`)).join('\n'));
  const { inner, shown } = await serials.evaluate((box) => ({ inner: box.scrollHeight, shown: box.clientHeight }));
  expect(inner).toBeLessThanOrEqual(shown);
  await expect(page.getByText('出厂编号重复：S-1。')).toBeVisible();
  await expect(page.locator('input[name=quantity]')).not.toHaveAttribute('aria-invalid', 'true');
  await page.goto(`${path}?quantity=5000`);
  await expect(page.locator('input[name=quantity]')).toHaveAttribute('aria-invalid', 'true');
});
