/** What a technician has before them, on the phone: whose bookings, on which day, and the next deed from the list. */
import { expect, expectAccessible, expectNoSideways, newPage, signIn, test } from './support.ts';

const PHONE = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true };

test('a technician finds the own bookings of a day on the phone and moves one on', async ({ browser, troubles }) => {
  const page = await newPage(browser, PHONE, troubles);
  await signIn(page, 'technician');
  await page.goto('/centre');
  await page.getByRole('link', { name: '今日', exact: true }).click();
  await expect(page.getByText('只列出排在 几何量技术员 1 号 上的预约。')).toBeVisible();
  await expect(page.getByRole('link', { name: '今天', exact: true })).toHaveAttribute('aria-current', 'date');
  // Weekends are empty, and other tests take bookings too: the first day with something to do.
  const deeds = page.locator('main ol button[name=intent]');
  for (let day = 0; day < 30 && (await deeds.count()) === 0; day++) await page.getByRole('link', { name: '后一天' }).click();
  await expectAccessible(page);
  await expectNoSideways(page);
  const card = page
    .getByRole('listitem')
    .filter({ has: page.locator('button[name=intent]') })
    .first();
  const number = await card.locator('a.num').innerText();
  const state = await card.locator('.chip').first().innerText();
  const day = new URL(page.url()).searchParams.get('day');
  await card.locator('button[name=intent]').click();
  await expect(page.getByRole('status')).toContainText(number);
  expect(new URL(page.url()).pathname).toBe('/centre/today');
  if (day) expect(new URL(page.url()).searchParams.get('day')).toBe(day);
  await expect(page.getByRole('listitem').filter({ hasText: number }).locator('.chip').first()).not.toHaveText(state);
  await page.goto('/en/centre/today?day=2026-02-30');
  await expect(page.getByRole('link', { name: 'Today', exact: true }).last()).toHaveAttribute('aria-current', 'date');
  await expectNoSideways(page);
  await expectAccessible(page);
  await page.context().close();
});

test('who is linked with nobody sees the whole centre, and links oneself in the pool', async ({ page }) => {
  await signIn(page, 'centre');
  await page.goto('/centre/today');
  await expect(page.getByText('这里列出整个中心当天的预约')).toBeVisible();
  await page.getByRole('link', { name: '资源池与开放时间' }).click();
  await page.getByRole('link', { name: '几何量技术员' }).click();
  const third = page.getByRole('group', { name: '第 3 个' }).getByLabel('人员');
  const link = async (name: string | { index: number }) => {
    await third.selectOption(name);
    await page.getByRole('button', { name: '保存' }).click();
    await expect(page.getByRole('status')).toContainText('已保存');
  };
  const me = (await third.locator('option').filter({ hasText: '示范管理员' }).getAttribute('value')) ?? '';
  await link(me);
  await expect(third).toHaveValue(me);
  await page.goto('/centre/today');
  await expect(page.getByText('只列出排在 几何量技术员 3 号 上的预约。')).toBeVisible();
  await page.emulateMedia({ media: 'print' });
  await expect(page.getByRole('link', { name: '后一天' })).toBeHidden();
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await page.emulateMedia({ media: 'screen' });
  await page.goBack();
  await link({ index: 0 });
});
