/** A buyer finds orders among many, sees what they come to, and takes them away as a table. */
import { readFile } from 'node:fs/promises';
import { expect, expectAccessible, expectNoSideways, signIn, test } from './support.ts';

test('orders are found by words and days, summed, and taken away as a table', async ({ page }) => {
  await signIn(page, 'sme');
  await page.goto('/orders');
  const rows = page.locator('main tbody tr');
  await expect(rows).toHaveCount(30);
  const number = (await rows.nth(3).locator('.num').first().textContent()) ?? '';
  await page.getByLabel('订单号、仪器、出厂编号、中心').fill(number.replaceAll('-', '').toLowerCase());
  await page.getByRole('button', { name: '查找', exact: true }).click();
  await expect(rows).toHaveCount(1);
  await expect(rows).toContainText(number);
  await page.getByLabel('订单号、仪器、出厂编号、中心').fill('千分尺');
  await page.getByRole('button', { name: '查找', exact: true }).click();
  // What was looked for stays when a tab is chosen.
  await page
    .getByRole('navigation', { name: '按状态查看' })
    .getByRole('link', { name: /^已完成/ })
    .click();
  await expect(page.getByLabel('订单号、仪器、出厂编号、中心')).toHaveValue('千分尺');
  const said = (await page.getByText(/^共 \d+ 单，合计/).textContent()) ?? '';
  const count = Number(/共 (\d+) 单/.exec(said)?.[1]);
  expect(count).toBeGreaterThan(1);
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: '导出 CSV' }).click()]);
  const table = await readFile(await download.path(), 'utf8');
  const lines = table.trim().split('\r\n');
  expect(lines).toHaveLength(count + 1);
  expect(lines[0]).toContain('订单号,采购单号,下单时间（北京时间）');
  expect(lines.slice(1).every((line) => line.includes('已完成'))).toBe(true);
  const sum = lines.slice(1).reduce((total, line) => total + Math.round(Number(/,(\d+\.\d\d),\d+\.\d\d,[^,]*$/.exec(line)?.[1]) * 100), 0);
  expect(said.replaceAll(/[^\d.]/g, '')).toContain((sum / 100).toFixed(2));
});

test('what cannot be found or used is said, on a phone too, in both languages', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await signIn(page, 'sme');
  await page.goto('/orders?q=zzz');
  await expect(page.getByRole('heading', { name: '没有符合条件的订单' })).toBeVisible();
  await expectAccessible(page);
  // Days fold away on a phone until they are asked for.
  await expect(page.getByLabel('下单日期 从')).toBeHidden();
  await page.getByText('按下单日期').click();
  await expect(page.getByLabel('下单日期 从')).toBeVisible();
  await page.goto('/en/orders?from=2026-11-02&until=2026-10-01');
  await expect(page.getByText('The end date is before the start date')).toBeVisible();
  await expect(page.getByLabel('Ordered from')).toHaveValue('2026-11-02');
  await expectNoSideways(page);
  await expectAccessible(page);
});
