/** What a price depends on beside pieces, from the park's word to the order's bill. */
import type { Page } from '@playwright/test';
import { expect, expectAccessible, expectNoSideways, newPage, signIn, test } from './support.ts';

const BOOK = '/services/caliper-gusu-precision/book';
const bill = (page: Page) => page.locator('aside dl').first();
const slots = (page: Page) => page.locator('input[type=radio][name=startAt]');

/** The last free start of the first later week that has some: the first ones are what other tests take. */
async function chooseSlot(page: Page) {
  for (let week = 0; week < 8 && (await slots(page).count()) < 3; week++) {
    const shown = (await page.locator('[data-day]').first().getAttribute('data-day')) ?? '';
    await page.locator('button[value^="week:"]').nth(1).click();
    await expect(page.locator('[data-day]').first()).not.toHaveAttribute('data-day', shown);
  }
  await slots(page).last().check({ force: true });
}

test('a firm of the park books on site, by range and points, and is told when the technician comes', async ({ page }) => {
  await signIn(page, 'sme');
  await page.goto(BOOK);
  await page.locator('select[name=range]').selectOption('300 mm');
  await expect(bill(page)).toContainText('≤ 300 mm');
  await page.locator('input[name=points]').fill('7');
  await expect(bill(page)).toContainText('另加测量点');
  await expect(bill(page)).toContainText('园区企业优惠');
  await page.locator('input[value=on_site]').check();
  await expect(page.locator('main')).toContainText('所选时间为出发时间');
  await page.locator('select[name=zone]').selectOption('苏州市区');
  await expect(bill(page)).toContainText('上门费 · 苏州市区');
  await expect(page.locator('main')).toContainText('单程约 1 小时');
  await expectAccessible(page);
  await chooseSlot(page);
  await expect(page.locator('main aside')).toContainText(/\d\d:\d\d 出发，\d\d:\d\d 起在您处/);
  for (const [name, text] of [
    ['recipient', '李工'],
    ['phone', '0512 1234'],
    ['line', '科技路 1 号'],
  ])
    await page.locator(`[name=${name}]`).fill(text as string);
  // Nobody sells two hundred and one points: said beside the field, the rest is kept.
  await page.locator('input[name=points]').fill('201');
  await page.locator('button[name=intent][value=book]:visible').click();
  await expect(page.locator('input[name=points]')).toHaveAttribute('aria-invalid', 'true');
  await expect(page.locator('select[name=range]')).toHaveValue('300 mm');
  await expect(page.locator('select[name=zone]')).toHaveValue('苏州市区');
  await page.locator('input[name=points]').fill('7');
  await page.locator('button[name=intent][value=book]:visible').click();

  await expect(page).toHaveURL(/\/orders\/HJ-\w{4}-\w{4}\?new=1$/);
  const main = page.locator('main');
  for (const words of ['≤ 300 mm', '另加测量点', '上门费 · 苏州市区', '园区企业优惠', '每件 7 个测量点'])
    await expect(main).toContainText(words);
  await expect(main).toContainText(/\d\d:\d\d 出发，\d\d:\d\d 起在现场/);
  await expectAccessible(page);
  await expectNoSideways(page);
});

test('the same without a script, and what a stranger sees', async ({ browser, troubles }) => {
  const page = await newPage(browser, { javaScriptEnabled: false }, troubles);
  await page.goto('/services/caliper-gusu-precision');
  await expect(page.locator('main')).toContainText('园区企业');
  await page.goto(BOOK);
  await expect(bill(page)).not.toContainText('园区企业优惠');
  await page.locator('select[name=range]').selectOption('500 mm');
  await page.locator('input[name=points]').fill('9');
  await page.getByRole('button', { name: '更新时段和价格' }).click();
  await expect(bill(page)).toContainText('≤ 500 mm');
  await expect(bill(page)).toContainText('另加测量点 4');
  await page.goto(`${BOOK}?delivery=on_site&zone=昆山`);
  await expect(bill(page)).toContainText('上门费 · 昆山');
  await page.context().close();
});

test('a firm says its park, and the park and the centre keep their lists', async ({ page, browser, troubles }) => {
  await signIn(page, 'centre');
  await page.goto('/centre/firms');
  await page.locator('input[name=firm]').fill('没有这家企业');
  await page.locator('button[value=add]').click();
  await expect(page.locator('input[name=firm]')).toHaveAttribute('aria-invalid', 'true');
  await expect(page.locator('input[name=firm]')).toHaveValue('没有这家企业');
  await expectAccessible(page);
  await page.locator('input[name=firm]').fill('91320500MA00000005');
  await page.locator('button[value=add]').click();
  await expect(page.getByRole('status')).toContainText('已加入');
  await page.getByRole('button', { name: /移出 .*天目/ }).click();
  await expect(page.locator('main')).not.toContainText('天目');

  const park = await newPage(browser, {}, troubles);
  await signIn(park, 'park');
  await park.goto('/park/firms');
  await expectAccessible(park);
  await expectNoSideways(park);
  const firm = await newPage(browser, {}, troubles);
  await signIn(firm, 'otherSme');
  await firm.goto('/account');
  await firm.getByRole('link', { name: '所属园区' }).click();
  await expect(firm.locator('main')).toContainText(/待园区确认|已确认/);
  await expectAccessible(firm);
  await firm.locator('select[name=park]').selectOption({ index: 2 });
  await firm.locator('main form button[type=submit]').click();
  await expect(firm.locator('main')).toContainText('待园区确认');
  await park.reload();
  await expect(park.locator('main')).not.toContainText('衡驰');
  await firm.locator('select[name=park]').selectOption({ label: '示范 · 苏州城西仪器计量园' });
  await firm.locator('main form button[type=submit]').click();
  await expect(firm.locator('main')).toContainText('待园区确认');
  await park.reload();
  await park.getByRole('button', { name: /确认 .*衡驰/ }).click();
  await expect(park.getByRole('status')).toContainText('已确认');
  await firm.reload();
  await expect(firm.locator('main')).toContainText('已确认');
  for (const other of [park, firm]) await other.context().close();
});

test('a bad price rule comes back with what was typed and which entry is wrong', async ({ page }) => {
  await signIn(page, 'centre');
  await page.goto('/en/centre/services/new');
  await page.locator('input[name=rangePrices]').fill('25 mm: 80; 150 mm 120');
  await page.locator('input[name=travelZones]').fill('苏州 | Suzhou: 300, 45 min; 昆山: x');
  await page.locator('button[value=look]:visible').click();
  await expect(page.locator('main')).toContainText('Entry 2: write 25 mm: 80');
  await expect(page.locator('main')).toContainText('Entry 2: write Chinese name');
  await expect(page.locator('input[name=rangePrices]')).toHaveValue('25 mm: 80; 150 mm 120');
  await page.locator('input[name=rangePrices]').fill('25 mm: 80; 150 mm: 120');
  await page.locator('input[name=travelZones]').fill('苏州 | Suzhou: 300, 45 min');
  await page.locator('button[value=look]:visible').click();
  await expect(page.locator('#preview')).toContainText('84.80');
});
