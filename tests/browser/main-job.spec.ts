/** The main job from end to end, as three people do it: a small firm, a centre, a park's administrator. */
import type { Page } from '@playwright/test';
import { expect, expectAccessible, newPage, signIn, test } from './support.ts';

/** The first free slot of the booking page, whichever week it is in. */
async function chooseSlot(page: Page, next: RegExp): Promise<void> {
  for (let week = 0; week < 8; week++) {
    const slots = page.locator('input[type=radio][name=startAt]:not([disabled])');
    if ((await slots.count()) > 0) {
      await slots.first().check({ force: true });
      return;
    }
    await page.getByRole('button', { name: next }).click();
    await page.waitForLoadState('networkidle');
  }
  throw new Error('no free slot in eight weeks');
}

/** Hours booked and used in the weeks around today, of the pool the micrometers go to: what the park's CSV says. */
async function poolHours(park: Page): Promise<{ booked: number; used: number }> {
  const sum = { booked: 0, used: 0 };
  for (const back of [0, -1]) {
    const csv = await (await park.request.get(`/park/utilization.csv?span=13&back=${back}`)).text();
    const rows = csv.split(/\r?\n/).filter((row) => row.includes('千分尺与量具检定台'));
    expect(rows.length).toBeGreaterThan(0);
    for (const [, , , , , booked, used] of rows.map((row) => row.split(','))) {
      sum.booked += Number(booked);
      sum.used += Number(used);
    }
  }
  return sum;
}

test('find by need, compare, book, pay, follow, and see it counted', async ({ browser, troubles }) => {
  const park = await newPage(browser, {}, troubles);
  await signIn(park, 'park');
  const before = await poolHours(park);

  const page = await newPage(browser, {}, troubles);
  await page.goto('/');
  await page.getByLabel('仪器', { exact: true }).fill('外径千分尺');
  await page.getByLabel('件数').fill('2');
  await page.getByLabel('测量范围下限').fill('0');
  await page.getByLabel('测量范围上限').fill('25');
  await page.getByLabel('测量范围单位').fill('mm');
  await page.getByLabel('允许的最大值').fill('0.5');
  await page.getByLabel('允许值的单位').fill('µm');
  await page.getByRole('button', { name: '查找可用中心' }).click();
  await expect(page).toHaveURL(/\/match\?/);
  await expect(page.getByRole('heading', { level: 2, name: /家满足/ })).toBeVisible();
  await expect(page.getByText('测量范围 0–25 mm，覆盖 0–25 mm').first()).toBeVisible();
  await expect(page.getByText(/比需求大/).first()).toBeVisible();
  await expectAccessible(page);

  const ticks = page.getByRole('checkbox', { name: /加入对比/ });
  await ticks.nth(0).check();
  await ticks.nth(1).check();
  await page.getByRole('button', { name: '对比所选' }).click();
  await expect(page).toHaveURL(/\/compare\?/);
  await expect(page.getByRole('listitem').getByRole('heading', { level: 2 })).toHaveCount(2);

  await signIn(page, 'sme');
  await page.goto('/services/external-micrometer-gusu-precision/book?quantity=2');
  await chooseSlot(page, /下一周/);
  await page.locator('input[name="rows.0.name"]').fill('外径千分尺');
  await page.locator('input[name="rows.0.model"]').fill('0–25 mm / 0.001');
  await page.getByRole('button', { name: '保留时段并付款' }).click();
  await expect(page).toHaveURL(/\/orders\/HJ-/);
  const number = /HJ-[0-9A-Z]{4}-[0-9A-Z]{4}/.exec(page.url())?.[0] ?? '';
  await expect(page.getByText('待付款').first()).toBeVisible();
  // The title of its invoice is chosen before it is paid, and the invoice asked for when it is.
  await page.locator('#invoice select').selectOption({ index: 1 });
  await page.getByRole('button', { name: '选定抬头' }).click();
  await expect(page.getByText('已选定，付款后自动申请开票。')).toBeVisible();
  await expectAccessible(page);

  await page.getByRole('button', { name: /^支付/ }).click();
  await expect(page.getByText(/模拟/).first()).toBeVisible();
  await page.locator('button[value="card succeed"]').click();
  await expect(page).toHaveURL(new RegExp(`/orders/${number}`));
  await expect(page.getByText('已付款').first()).toBeVisible();
  await expect(page.locator('#invoice')).toContainText('待开具');

  await page.goto('/mailbox');
  await expect(page.getByText(number).first()).toBeVisible();

  const centre = await newPage(browser, {}, troubles);
  await signIn(centre, 'centre');
  for (const [state, button] of [
    ['已预约', '确认收样'],
    ['已收样', '开始'],
    ['进行中', '确认：已出具报告'],
    ['已出具报告', '完成'],
  ] as const) {
    await centre.goto(`/centre/orders/${number}`);
    await expect(centre.locator('main .chip:not(nav *)').first()).toHaveText(state);
    // That the report is out is asked, with its document.
    if (state === '进行中') {
      await centre
        .getByLabel('报告或证书文件')
        .setInputFiles({ name: '证书.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.7\n示范') });
      await centre.getByLabel('确认出具').check();
    }
    await centre.getByRole('button', { name: button, exact: true }).click();
    await expect(centre.getByRole('status').first()).toBeVisible();
  }
  await page.goto(`/orders/${number}`);
  await expect(page.locator('main .chip').first()).toHaveText('已完成');

  // Two pieces take an hour of the bench.
  const after = await poolHours(park);
  expect(after.booked).toBeCloseTo(before.booked + 1);
  expect(after.used).toBeCloseTo(before.used + 1);
  await park.goto('/park?span=13&back=-1');
  await expect(park.getByRole('heading', { name: /利用率/ }).first()).toBeVisible();
  await expect(park.getByRole('link', { name: /姑苏/ })).toBeVisible();
  await expectAccessible(park);
  for (const each of [page, centre, park]) await each.context().close();
});

test("a stranger learns nothing of another's order", async ({ browser, troubles }) => {
  const owner = await newPage(browser, {}, troubles);
  await signIn(owner, 'sme');
  await owner.goto('/orders');
  const path = (await owner.locator('main a[href*="/orders/HJ-"]').first().getAttribute('href')) ?? '';
  const stranger = await newPage(browser, {}, troubles);
  await signIn(stranger, 'otherSme');
  expect((await stranger.goto(path))?.status()).toBe(404);
  expect((await stranger.goto(`/centre${path}`))?.status()).toBe(404);
  expect((await stranger.goto('/park'))?.status()).toBe(404);
  await owner.context().close();
  await stranger.context().close();
});

test('a pause takes a service out of the search, and resuming brings it back', async ({ browser, troubles }) => {
  const page = await newPage(browser, {}, troubles);
  await signIn(page, 'centre');
  const find = async () => {
    await page.goto('/search?q=%E9%87%8F%E5%9D%97');
    return page.locator('article').filter({ hasText: '姑苏' }).count();
  };
  const before = await find();
  expect(before).toBeGreaterThan(0);
  await page.goto('/centre/services');
  const row = page.getByRole('row').filter({ hasText: '量块' }).first();
  await row.getByRole('button', { name: /暂停/ }).click();
  await expect(page.getByRole('status').first()).toBeVisible();
  expect(await find()).toBe(before - 1);
  await page.goto('/centre/services');
  await page
    .getByRole('button', { name: /恢复.*量块/ })
    .first()
    .click();
  await expect(page.getByRole('status').first()).toBeVisible();
  expect(await find()).toBe(before);
  await page.context().close();
});

test('a time can be closed and opened, and a refusal keeps what was typed', async ({ browser, troubles }) => {
  const page = await newPage(browser, {}, troubles);
  await signIn(page, 'centre');
  await page.goto('/centre/calendar');
  // At night nothing is booked, whatever the day.
  const day = new Date(Date.now() + 40 * 86_400_000).toISOString().slice(0, 10);
  await page.getByLabel('从', { exact: true }).fill(`${day}T03:00`);
  await page.getByLabel('到', { exact: true }).fill(`${day}T02:00`);
  await page.getByLabel(/原因（中文/).fill('设备检修');
  await page.getByRole('button', { name: '关闭', exact: true }).click();
  await expect(page.getByText('结束须晚于开始')).toBeVisible();
  await expect(page.getByLabel(/原因（中文/)).toHaveValue('设备检修');
  await page.getByLabel('到', { exact: true }).fill(`${day}T04:00`);
  await page.getByRole('button', { name: '关闭', exact: true }).click();
  await expect(page.getByRole('status').first()).toBeVisible();
  await page.goto(`/centre/calendar?from=${day}`);
  await page.getByRole('button', { name: /取消关闭.*设备检修/ }).click();
  await expect(page.getByRole('status').first()).toBeVisible();
  await page.goto(`/centre/calendar?from=${day}`);
  await expect(page.getByText('设备检修')).toHaveCount(0);
  await page.context().close();
});
