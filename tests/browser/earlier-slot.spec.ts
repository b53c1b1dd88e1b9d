import type { Page } from '@playwright/test';
import { ACCOUNTS, expect, expectAccessible, expectNoSideways, newPage, signIn, test } from './support.ts';

/** Eight hours of a machine that is open nine and a half: one booking a day and machine. */
const BOOK = '/services/shared-interferometer-taihu-geometry/book?quantity=8';
const slots = (page: Page) => page.locator('input[type=radio][name=startAt]');
const day = (ms: number) => new Date(ms + 8 * 3_600_000).toISOString().slice(0, 10);

async function firstStart(page: Page): Promise<number> {
  await page.goto(BOOK);
  return Number(await slots(page).first().getAttribute('value'));
}

async function bookChosen(page: Page): Promise<string> {
  await page.locator('button[name=intent][value=book]:visible').click();
  await page.waitForURL(/\/orders\/HJ-\w{4}-\w{4}\?new=1$/);
  return new URL(page.url()).pathname;
}

test('a day that is full is waited for; who cancels frees it for who waits, by mail and with a deadline', async ({
  page,
  browser,
  troubles,
}) => {
  await signIn(page, 'sme');
  const first = await firstStart(page);
  const held: string[] = [];
  // Every machine of the first free day, until the next free day is another.
  for (let start = first; day(start) === day(first); start = await firstStart(page)) {
    await slots(page).first().check({ force: true });
    held.push(await bookChosen(page));
  }
  const next = day(await firstStart(page));

  const other = await newPage(browser, { javaScriptEnabled: false }, troubles);
  await signIn(other, 'otherSme');
  await other.goto(BOOK);
  await other.locator('summary', { hasText: '加入候补' }).click();
  await other.locator('button[value=wait]').click();
  await expect(other.locator('[name=waitBefore]')).toHaveAttribute('aria-invalid', 'true');
  await other.locator('[name=waitBefore]').fill(next);
  await other.locator('button[value=wait]').click();
  await expect(other).toHaveURL(/\/orders\?waiting=1$/);
  await expect(other.getByRole('heading', { name: '候补与保留' })).toBeVisible();

  await page.goto(held.at(-1) as string);
  await page.locator('summary', { hasText: '取消订单' }).click();
  await page.locator('button[value=cancel]').click();
  await expect(page).toHaveURL(/cancelled=1$/);

  const mail = other.getByRole('link', { name: /^有更早的时段/ }).first();
  await expect(async () => {
    await other.goto(`/mailbox?to=${ACCOUNTS.otherSme}`);
    await expect(mail).toBeVisible({ timeout: 500 });
  }).toPass({ timeout: 60_000 });
  await mail.click();
  const link = /https?:\/\/\S*[?&]offer=[\w-]+/.exec((await other.locator('main').innerText()).replaceAll('&amp;', '&'))?.[0] ?? '';
  await other.goto(new URL(link).pathname + new URL(link).search);
  const kept = Number(await other.locator('input[name=startAt]:checked').getAttribute('value'));
  expect(day(kept)).toBe(day(first));
  // Nobody else is shown that day.
  expect(day(await firstStart(page))).toBe(next);
  const path = await bookChosen(other);
  await expect(other.locator('main')).toContainText('付款');

  // Nothing stays behind for the tests that follow.
  for (const [who, paths] of [
    [other, [path]],
    [page, held.slice(0, -1)],
  ] as const)
    for (const order of paths) {
      await who.goto(order);
      await who.locator('summary', { hasText: '取消订单' }).click();
      await who.locator('button[value=cancel]').click();
      await expect(who).toHaveURL(/cancelled=1$/);
    }
  await other.context().close();
});

for (const width of [390, 1440])
  for (const prefix of ['', '/en'])
    test(`waiting at ${width} px${prefix && ' in English'} is whole and accessible`, async ({ page }) => {
      await page.setViewportSize({ width, height: 900 });
      await signIn(page, 'sme');
      await page.goto(`${prefix}/orders?tab=booked`);
      await page.locator('main tbody a.link').first().click();
      await expect(page.locator('#earlier-title')).toBeVisible();
      await expectNoSideways(page);
      await expectAccessible(page);
      await page.goto(`${prefix}${BOOK}`);
      await page
        .locator('summary')
        .filter({ hasText: /候补|waiting list/ })
        .click();
      await expectNoSideways(page);
      await expectAccessible(page);
    });
