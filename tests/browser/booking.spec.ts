import type { Page } from '@playwright/test';
import { expect, expectAccessible, expectNoSideways, newPage, signIn, test } from './support.ts';

const SERVICE = '/services/external-micrometer-gusu-precision/book';
const go = (page: Page) => page.locator('button[name=intent][value=book]:visible');
const slots = (page: Page) => page.locator('input[type=radio][name=startAt]');
/** The number of a total as the page prints it, in 分. */
const cents = (text: string) => Math.round(Number(text.replace(/[^\d.]/g, '')) * 100);
const total = async (page: Page) => cents(await page.locator('aside dd').last().innerText());

/** Turns to a week with free starts and takes the last of them: the first ones are what other tests take. */
async function chooseSlot(page: Page) {
  for (let week = 0; week < 8; week++) {
    if ((await slots(page).count()) > 3) break;
    const shown = await page.locator('[data-day]').first().getAttribute('data-day');
    await page.locator('button[value^="week:"]').nth(1).click();
    await expect(page.locator('[data-day]').first()).not.toHaveAttribute('data-day', shown ?? '');
  }
  await slots(page).last().check({ force: true });
}

test('a slot is booked, held, and cancelled with its refund shown first', async ({ page }) => {
  await signIn(page, 'sme');
  await page.goto(`${SERVICE}?quantity=3`);
  await expect(page.locator('input[name=quantity]')).toHaveValue('3');
  await expectAccessible(page);
  const three = await total(page);

  // The price follows the quantity at once; what was typed stays while the free starts are asked for anew.
  await page.locator('[name="rows.0.serials"]').fill('MIC-1\nMIC-2');
  await page.locator('input[name=quantity]').fill('2');
  await expect.poll(() => total(page)).toBeLessThan(three);
  await expect(page).toHaveURL(/quantity=2/);
  await expect(page.locator('[name="rows.0.serials"]')).toHaveValue('MIC-1\nMIC-2');

  // Nothing chosen: said where it is missing, nothing lost.
  await go(page).click();
  await expect(page.locator('#start-error')).toBeFocused();
  await chooseSlot(page);
  await page.locator('input[value=courier]').check();
  await go(page).click();
  await expect(page.locator('[name=recipient]')).toHaveAttribute('aria-invalid', 'true');
  await page.locator('[name=recipient]').fill('李工');
  await page.locator('[name=phone]').fill('0512 1234');
  await page.locator('[name=line]').fill('科技路 1 号 <script>alert(1)</script> 🔧');
  const shown = await total(page);
  await go(page).click();

  await expect(page).toHaveURL(/\/orders\/HJ-\w{4}-\w{4}\?new=1$/);
  await expect(page.getByRole('timer')).toHaveText(/^(29|30):\d\d$/);
  await expect(page.getByRole('button', { name: /^支付/ })).toBeVisible();
  await expect(page.locator('main')).toContainText('<script>alert(1)</script> 🔧');
  await expect(page.locator('main')).toContainText('MIC-2');
  expect(cents(await page.locator('section:has(#bill-title) dd').last().innerText())).toBe(shown);
  await expectAccessible(page);
  await expectNoSideways(page);

  await page.locator('summary', { hasText: '取消订单' }).click();
  await expect(page.locator('main details')).toContainText('不产生费用');
  await page.locator('button[value=cancel]').click();
  await expect(page).toHaveURL(/cancelled=1$/);
  await expect(page.locator('.steps .stopped')).toHaveText(/已取消/);
});

test('a held slot is paid, confirmed, kept in a calendar, and given back', async ({ page }) => {
  await signIn(page, 'sme');
  await page.goto(`${SERVICE}?quantity=1`);
  await chooseSlot(page);
  await go(page).click();
  await page.getByRole('button', { name: /^支付/ }).click();
  await page.waitForURL((url) => url.pathname.startsWith('/c/pay/'));
  await page.locator('button[name=pay]').first().click();
  await page.waitForURL(/\/orders\/HJ-\w{4}-\w{4}\?payment=paid/);
  await expect(page.locator('main')).toContainText('已付款');
  const path = new URL(page.url()).pathname;
  const file = await page.request.get(`${path}/calendar.ics`);
  expect(await file.text()).toContain('BEGIN:VEVENT');
  await page.locator('summary', { hasText: '取消订单' }).click();
  await expect(page.locator('main details strong')).toContainText('退回');
  await page.locator('button[value=cancel]').click();
  await expect(page).toHaveURL(/cancelled=1$/);
});

test('what was typed survives a reload, a look elsewhere and the way back from payment', async ({ page }) => {
  await signIn(page, 'sme');
  await page.goto(`${SERVICE}?quantity=2`);
  await page.getByRole('button', { name: '再加一种仪器' }).click();
  await page.locator('[name="rows.0.serials"]').fill('DRAFT-1');
  await page.locator('[name="rows.1.name"]').fill('深度千分尺');
  await page.locator('[name="rows.1.serials"]').fill('DRAFT-2');
  await page.locator('[name=notes]').fill('周五上午送到');
  await chooseSlot(page);
  const chosen = await page.locator('input[name=startAt]:checked').getAttribute('value');
  const whole = async () => {
    await expect(page.locator('[name="rows.1.serials"]')).toHaveValue('DRAFT-2');
    await expect(page.locator('[name="rows.1.name"]')).toHaveValue('深度千分尺');
    await expect(page.locator('[name=notes]')).toHaveValue('周五上午送到');
  };
  await page.reload();
  await whole();
  await expect(page.getByRole('status').filter({ hasText: '已恢复' })).toBeVisible();
  await expect(page.locator('input[name=startAt]:checked')).toHaveValue(chosen ?? '');
  await expectAccessible(page);
  await page.goto('/services/external-micrometer-gusu-precision');
  await page.goto(`${SERVICE}?quantity=2`);
  await whole();
  await go(page).click();
  await expect(page).toHaveURL(/\/orders\/HJ-\w{4}-\w{4}\?new=1$/);
  const order = new URL(page.url()).pathname;
  await page.getByRole('button', { name: /^支付/ }).click();
  await page.waitForURL((url) => url.pathname.startsWith('/c/pay/'));
  await page.goBack();
  await page.goBack();
  await whole();
  // What is booked is not found in a new form, nor is it booked twice from the old one.
  await page.goto(SERVICE);
  await expect(page.locator('[name="rows.0.serials"]')).toHaveValue('');
  await expect(page.locator('[name=notes]')).toHaveValue('');
  await page.goto(order);
  await page.locator('summary', { hasText: '取消订单' }).click();
  await page.locator('button[value=cancel]').click();
  await expect(page).toHaveURL(/cancelled=1/);
});

test('the booking form works without JavaScript and keeps what was typed', async ({ browser, troubles }) => {
  const page = await newPage(browser, { javaScriptEnabled: false, viewport: { width: 390, height: 844 } }, troubles);
  await signIn(page, 'sme');
  await page.goto(`/en${SERVICE}?quantity=2`);
  await page.locator('[name="rows.0.serials"]').fill('A\nB');
  await page.locator('[name=notes]').fill('at 20 °C');
  // Without a script a click does not wait: the next one must not go out from a page that has only half arrived.
  const press = async (selector: string) => {
    await page.locator(selector).click();
    await page.waitForLoadState();
  };
  await press('button[value=add_row]');
  await expect(page.locator('[name="rows.1.name"]')).toBeVisible();
  await press('button[value="remove_row:1"]');
  await press('button[value^="week:"] >> nth=1');
  await expect(page.locator('[name="rows.0.serials"]')).toHaveValue('A\nB');
  await expect(page.locator('[name=notes]')).toHaveValue('at 20 °C');
  const before = await total(page);
  await page.locator('input[name=quantity]').fill('3');
  await press('button.btn[value=update]');
  expect(await total(page)).toBeGreaterThan(before);
  await expectNoSideways(page);
  await slots(page).first().check({ force: true });
  await go(page).click();
  await expect(page).toHaveURL(/\/en\/orders\/HJ-\w{4}-\w{4}\?new=1$/);
  await expect(page.locator('main')).toContainText('at 20 °C');
  await page.locator('summary').filter({ hasText: 'Cancel' }).click();
  await page.locator('button[value=cancel]').click();
  await expect(page).toHaveURL(/cancelled=1$/);
  await page.context().close();
});

test('a visitor sees times and price, signs in at the click and comes back to the same state', async ({ page }) => {
  await page.goto(`${SERVICE}?quantity=4`);
  await expect(page.locator('[name="rows.0.name"]')).toHaveCount(0);
  await chooseSlot(page);
  const at = await slots(page).last().getAttribute('value');
  await go(page).click();
  await expect(page).toHaveURL(/\/sign-in\?next=/);
  const next = new URL(page.url()).searchParams.get('next') ?? '';
  expect(next).toContain(`start=${at}`);
  expect(next).toContain('quantity=4');
});

test('a forged price and a slot that is not on sale are refused, and everything typed is kept', async ({ browser, troubles }) => {
  // Without JavaScript the hidden fields go out as they stand: what a forger, or a page left open for a week, would send.
  const page = await newPage(browser, { javaScriptEnabled: false }, troubles);
  await signIn(page, 'sme');
  await page.goto(`${SERVICE}?quantity=2`);
  const forge = (name: string, value: string) =>
    page.locator(`input[name=${name}][type=hidden]`).evaluate((input, text) => input.setAttribute('value', text), value);
  await page.locator('[name=notes]').fill('kept');
  await slots(page).first().check({ force: true });
  await forge('shownPrice', 'unit-2-1.600.2.48.5000');
  await go(page).click();
  await expect(page.getByRole('alert')).toContainText('¥\u20090.02');
  await expect(page.locator('[name=notes]')).toHaveValue('kept');
  await expect(slots(page).first()).toBeChecked();

  await slots(page)
    .first()
    .evaluate((input) => input.setAttribute('value', String(Date.UTC(2026, 0, 1))));
  await go(page).click();
  await expect(page.getByRole('alert')).toContainText('不能预约');
  await expect(page.locator('[name=notes]')).toHaveValue('kept');
  await expect(slots(page).and(page.locator(':checked'))).toHaveCount(0);
  await page.context().close();
});

test('an approve-first service is asked for, on site, and the order says who has to answer by when', async ({ page }) => {
  await signIn(page, 'sme');
  await page.goto('/services/lab-accreditation-longhu-evaluation/book?quantity=1&delivery=on_site');
  await expect(go(page)).toHaveText('提交申请');
  await chooseSlot(page);
  await page.locator('[name=recipient]').fill('李工');
  await page.locator('[name=phone]').fill('0512 1234');
  await page.locator('[name=line]').fill('科技路 1 号');
  await go(page).click();
  await expect(page).toHaveURL(/\/orders\/HJ-\w{4}-\w{4}\?new=1$/);
  await expect(page.locator('main')).toContainText(/中心将在 .+ 前答复/);
  await expect(page.getByRole('button', { name: /^支付/ })).toHaveCount(0);
  await page.locator('summary', { hasText: '取消订单' }).click();
  await page.locator('button[value=cancel]').click();
  await expect(page).toHaveURL(/cancelled=1$/);
});

test('strange addresses and quantities end in a clear answer', async ({ page }) => {
  await signIn(page, 'sme');
  for (const query of [
    '?quantity=-5',
    '?quantity=1e9&week=2026-13-45',
    '?start=99999999999999&delivery=drone&expedite=x',
    '?quantity=%E4%B8%83&week=%E2%80%AE&start=-1',
  ])
    expect((await page.goto(SERVICE + query))?.status(), query).toBe(200);
  expect((await page.goto('/services/no-such-service/book'))?.status()).toBe(404);
  expect((await page.goto('/orders/HJ-0000-0000'))?.status()).toBe(404);
  await page.goto(SERVICE);
  await page.locator('input[name=quantity]').fill('0');
  await page.locator('input[name=quantity]').press('Enter');
  await expect(page.locator('input[name=quantity]')).toHaveAttribute('aria-invalid', 'true');
  await page.goto('/orders?tab=nonsense&after=x');
  await expect(page.locator('tbody tr').first()).toBeVisible();
  await expectAccessible(page);
});

test('a course for five takes five seats of its day, for no longer than for one', async ({ page }) => {
  const course = '/services/course-uncertainty-longhu-evaluation/book';
  for (const [people, said] of [
    [1, '1 人，约 7 小时'],
    [5, '5 人，约 7 小时'],
  ] as const) {
    await page.goto(`${course}?quantity=${people}`);
    await expect(page.getByText(said)).toBeVisible();
    // It lies in one day: its only start is the beginning.
    await expect(slots(page)).toHaveCount(1);
    await expect(page.getByText('要跨天完成')).toHaveCount(0);
  }
  await expectAccessible(page);
});
