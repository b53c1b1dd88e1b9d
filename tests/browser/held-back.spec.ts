/** What is held back, and says so: a firm with too many unpaid bookings, a payment whose centre is not verified, an audit log that was changed. */
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import Sqlite from 'better-sqlite3';
import { MOST_UNPAID_ORDERS } from '#app/modules/orders/unpaid-limit.ts';
import { fresh, signUpAndConfirm } from './sign-up.ts';
import { expect, expectAccessible, expectNoSideways, newPage, signIn, signInAs, test } from './support.ts';

const SERVICE = '/services/external-micrometer-taihu-geometry/book';
const slots = (page: Page) => page.locator('input[type=radio][name=startAt]');
const go = (page: Page) => page.locator('button[name=intent][value=book]:visible');

async function whole(page: Page): Promise<void> {
  await expectAccessible(page);
  for (const width of [390, 1440]) {
    await page.setViewportSize({ width, height: 900 });
    await expectNoSideways(page);
  }
}

/** Turns to a week with free starts and takes the last of them. */
async function chooseSlot(page: Page) {
  for (let week = 0; week < 8; week++) {
    if ((await slots(page).count()) > 3) break;
    const shown = await page.locator('[data-day]').first().getAttribute('data-day');
    await page.locator('button[value^="week:"]').nth(1).click();
    await expect(page.locator('[data-day]').first()).not.toHaveAttribute('data-day', shown ?? '');
  }
  await slots(page).last().check({ force: true });
}

async function hold(page: Page): Promise<void> {
  await page.goto(`${SERVICE}?quantity=1`);
  await chooseSlot(page);
  await go(page).click();
  await expect(page).toHaveURL(/\/orders\/HJ-\w{4}-\w{4}\?new=1$/);
}

test('a firm with as many unpaid bookings as it may have is told which, and loses nothing of the next', async ({ browser, troubles }) => {
  const page = await newPage(browser, {}, troubles);
  await signUpAndConfirm(page, fresh('limit'));
  for (let i = 0; i < MOST_UNPAID_ORDERS; i++) await hold(page);
  await page.goto(`${SERVICE}?quantity=1`);
  await page.locator('[name="rows.0.serials"]').fill('KEPT-1');
  await chooseSlot(page);
  const chosen = await page.locator('input[name=startAt]:checked').getAttribute('value');
  await go(page).click();
  const notice = page.getByRole('alert');
  await expect(notice).toContainText('您的企业未付款的预约已到上限');
  await expect(notice).toContainText(`最多可以同时有 ${MOST_UNPAID_ORDERS} 个未付款的预约和申请`);
  await expect(notice.getByRole('link', { name: /HJ-/ })).toHaveCount(MOST_UNPAID_ORDERS);
  await expect(page.locator('[name="rows.0.serials"]')).toHaveValue('KEPT-1');
  await expect(page.locator('input[name=startAt]:checked')).toHaveValue(chosen ?? '');
  await whole(page);
  // One of them is cancelled in another window: the form as it stands goes through.
  const other = await page.context().newPage();
  await other.goto((await notice.getByRole('link', { name: /HJ-/ }).first().getAttribute('href')) ?? '');
  await other.locator('summary', { hasText: '取消订单' }).click();
  await other.locator('button[value=cancel]').click();
  await expect(other).toHaveURL(/cancelled=1$/);
  await other.close();
  await go(page).click();
  await expect(page).toHaveURL(/\/orders\/HJ-\w{4}-\w{4}\?new=1$/);
  await expect(page.locator('main')).toContainText('KEPT-1');
  await page.context().close();
});

test('of a centre that took another name the order says why it cannot be paid yet, and the operator sees both names', async ({
  browser,
  troubles,
}) => {
  const firm = await newPage(browser, {}, troubles);
  await signUpAndConfirm(firm, fresh('waits'));
  await hold(firm);
  const order = new URL(firm.url()).pathname;
  await expect(firm.getByRole('button', { name: /^支付/ })).toBeVisible();

  const centre = await newPage(browser, {}, troubles);
  await signInAs(centre, 'taihu@demo.hengji.example');
  await centre.goto('/centre/profile');
  const name = centre.getByLabel('名称（中文）');
  const before = await name.inputValue();
  await name.fill('示范 · 改了名称的实验室');
  await centre.getByRole('button', { name: '保存' }).click();
  await expect(centre.getByRole('status')).toContainText('已保存');

  await firm.goto(order);
  await expect(firm.getByRole('button', { name: /^支付/ })).toHaveCount(0);
  await expect(firm.locator('main')).toContainText('核验完成前不能付款');
  await whole(firm);
  await firm.goto(`/en${order}`);
  await expect(firm.locator('main')).toContainText('you cannot pay and nothing is charged');

  const operator = await newPage(browser, {}, troubles);
  await signIn(operator, 'operator');
  await operator.goto('/operator');
  await expect(operator.locator('main')).toContainText(before);
  await expect(operator.locator('main')).toContainText('示范 · 改了名称的实验室');
  await whole(operator);
  await operator.context().close();

  await name.fill(before);
  await centre.getByRole('button', { name: '保存' }).click();
  await expect(centre.getByRole('status')).toContainText('已保存');
  await centre.context().close();
  await firm.goto(order);
  await expect(firm.getByRole('button', { name: /^支付/ })).toBeVisible();
  await firm.context().close();
});

test('what the check of the audit log found stands before the operator until it is looked at', async ({ page }) => {
  const db = new Sqlite(join(process.env.HENGJI_SITE_FOLDER as string, 'hengji.sqlite'));
  db.prepare(
    `INSERT INTO audit_finding (id, fault, chain, position, first_at, last_at, gone, note) VALUES
     ('browser-1', 'rewritten', 'order:browser-test', 7, ?, ?, 0, ''), ('browser-2', 'removed', 'person:browser-test', 0, ?, ?, 0, '')`,
  ).run(...Array(4).fill(Date.now()));
  db.close();
  await signIn(page, 'operator');
  await page.goto('/operator/exceptions');
  const group = page.locator('section', { hasText: 'order:browser-test' });
  await expect(group).toContainText('person:browser-test');
  await whole(page);
  const first = group.locator('li, article', { hasText: 'order:browser-test' });
  await first.getByRole('textbox').fill('与运维核对：恢复演练所致。');
  await first.getByRole('button').click();
  await expect(page.getByRole('status')).toBeVisible();
  await expect(page.locator('main')).not.toContainText('order:browser-test');
  await expect(page.locator('main')).toContainText('person:browser-test');
});
