/** The locks of an account, as the people who have one meet them. */

import type { Page } from '@playwright/test';
import { Secret, TOTP } from 'otpauth';
import { fillSignUp, fresh, PASSWORD, signUpAndConfirm, submit } from './sign-up.ts';
import { expect, expectAccessible, expectNoSideways, newPage, signIn, test } from './support.ts';

test('a common password is refused with a sentence, and all else is still there', async ({ page }) => {
  const email = fresh('common');
  await page.goto('/sign-up');
  await fillSignUp(page, email);
  await page.locator('input[name=password]').fill('P@ssw0rd2026');
  await submit(page);
  const password = page.locator('input[name=password]');
  await expect(password).toHaveAttribute('aria-invalid', 'true');
  await expect(page.locator('main')).toContainText('这个密码太常见');
  await expect(page.locator('input[name=email]')).toHaveValue(email);
  await expect(page.locator('input[name=nameZh]')).toHaveValue('苏州精测仪器有限公司');
  await expectAccessible(page);
  await signUpAndConfirm(page, email);
  await page.goto('/en/account');
  await page.locator('input[name=current]').fill('gauge block no 12');
  await page.locator('#password input[name=password]').fill('manchester');
  await page.locator('button[value=password]').click();
  await expect(page.locator('#password')).toContainText('among the most common');
  await expectAccessible(page);
});

async function whole(page: Page) {
  for (const width of [390, 1440]) {
    await page.setViewportSize({ width, height: 900 });
    await expectNoSideways(page);
  }
  await expectAccessible(page);
}

async function enter(page: Page, email: string) {
  await page.goto('/sign-in?next=/members');
  await page.locator('input[name=email]').fill(email);
  await page.locator('input[name=password]').fill(PASSWORD);
  await submit(page);
}

test('a second factor: set up by QR code, asked for at sign-in, a recovery code in its place', async ({ page, browser, troubles }) => {
  const email = fresh('two.steps');
  await signUpAndConfirm(page, email);
  await page.goto('/account');
  await expect(page.locator('main')).toContainText('演示运行不要求任何人设置两步验证');
  await whole(page);
  await page.locator('a[href="/account/second-factor"]').click();
  await expect(page.getByRole('img', { name: /二维码/ })).toBeVisible();
  await whole(page);
  await page.locator('input[name=code]').fill('12345');
  await page.locator('button[value=confirm]').click();
  await expect(page.locator('main')).toContainText('验证码不对');
  await whole(page);
  const secret = (await page.locator('main code').innerText()).replaceAll(' ', '');
  const code = new TOTP({ secret: Secret.fromBase32(secret) }).generate();
  await page.locator('input[name=code]').fill(code);
  await page.locator('button[value=confirm]').click();
  await expect(page.locator('h1')).toHaveText('请保存恢复码');
  const codes = await page.locator('main ol li').allInnerTexts();
  expect(codes).toHaveLength(10);
  await whole(page);
  await page.locator('button[value=continue]').click();
  await expect(page.locator('main')).toContainText('已开启');

  const other = await newPage(browser, {}, troubles);
  await enter(other, email);
  await expect(other).toHaveURL(/\/second-factor\?next=/);
  await whole(other);
  await other.goto('/account');
  await expect(other).toHaveURL(/\/second-factor\?next=%2Faccount/);
  await other.goto('/en/second-factor');
  await whole(other);
  await other.goto('/second-factor?next=/members');
  // The code that set it up is used already.
  await other.locator('input[name=code]').fill(code);
  await other.locator('main form button[type=submit]').first().click();
  await expect(other.locator('main')).toContainText('已经用过');
  await other.locator('input[name=code]').fill((codes[0] ?? '').toLowerCase());
  await other.locator('main form button[type=submit]').first().click();
  await expect(other).toHaveURL(/\/members$/);
  const answer = await other.goto('/en/account');
  expect(answer?.headers()['cache-control']).toBe('private, no-store');
  await expect(other.locator('main')).toContainText('password and recovery code');
  await expect(other.locator('main')).toContainText('new device');
  await whole(other);
  await other.goto('/en/account/second-factor');
  await whole(other);
  await other.context().close();
});

test('the operator finds somebody and signs them out everywhere', async ({ page, browser, troubles }) => {
  const email = fresh('lost.laptop');
  const theirs = await newPage(browser, {}, troubles);
  await signUpAndConfirm(theirs, email);
  await signIn(page, 'operator');
  for (const prefix of ['', '/en']) {
    await page.goto(`${prefix}/operator/people`);
    await whole(page);
    await page.locator('input[name=email]').fill('nobody.at.all@example.com');
    await page.locator('input[name=email]').press('Enter');
    await expect(page.locator('main')).toContainText(prefix ? 'Nobody with this address' : '没有这个用户');
    await page.goto(`${prefix}/operator/people?email=x`);
    await whole(page);
  }
  await page.goto(`/operator/people?email=${email}`);
  await expect(page.locator('main')).toContainText('登录中的设备：1');
  await whole(page);
  await page.locator('button[value=end-sessions]').click();
  await expect(page.getByRole('status')).toContainText('已在所有设备上退出');
  await theirs.goto('/account');
  await expect(theirs).toHaveURL(/\/sign-in/);
  await theirs.context().close();
});
