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

/** A key of Chromium's own, which signs as soon as it is asked. */
async function virtualKey(page: Page, verified = true) {
  const cdp = await page.context().newCDPSession(page);
  await cdp.send('WebAuthn.enable');
  const { authenticatorId } = await cdp.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: verified,
      automaticPresenceSimulation: true,
    },
  });
  const credentials = async () => (await cdp.send('WebAuthn.getCredentials', { authenticatorId })).credentials;
  return { cdp, authenticatorId, credentials };
}

test('passkeys: registered by name, asked for at sign-in, shown before another is added, removed', async ({ page }) => {
  const email = fresh('passkey');
  await signUpAndConfirm(page, email);
  const key = await virtualKey(page);
  await page.goto('/account/second-factor');
  await whole(page);
  await page.locator('#add-passkey input[name=name]').fill('办公电脑');
  await page.locator('button[value=add-passkey]').click();
  await expect(page.locator('h1')).toHaveText('请保存恢复码');
  const codes = await page.locator('main ol li').allInnerTexts();
  expect(codes).toHaveLength(10);
  await page.locator('button[value=continue]').click();
  await expect(page.locator('main')).toContainText('办公电脑');
  await whole(page);

  await page.locator('form[action$="/sign-out"] button').first().click();
  await page.waitForURL(/\/$|sign-in/);
  await enter(page, email);
  await expect(page).toHaveURL(/\/second-factor\?next=/);
  await expect(page.locator('h1')).toHaveText('再确认一次是您');
  await whole(page);
  await page.locator('button[value=passkey]').click();
  await expect(page).toHaveURL(/\/members$/);
  await page.goto('/en/account');
  await expect(page.locator('main')).toContainText('password and passkey');
  await whole(page);

  // The same device again is known; another one is added after the first was shown.
  await page.goto('/en/account/second-factor');
  await whole(page);
  await page.locator('button[value=add-passkey]').click();
  await expect(page.locator('button[value=add-passkey]')).toHaveText('Confirmed, go on registering');
  await page.locator('button[value=add-passkey]').click();
  await expect(page.locator('#add-passkey [data-says]')).toContainText('registered already');
  await page.locator('#add-passkey input[name=code]').fill('000000');
  await page.locator('#add-passkey input[name=name]').fill('Security key');
  const [first] = await key.credentials();
  await key.cdp.send('WebAuthn.removeVirtualAuthenticator', { authenticatorId: key.authenticatorId });
  const second = await virtualKey(page);
  await page.locator('button[value=add-passkey]').click();
  await expect(page.locator('#add-passkey')).toContainText('This code is wrong');
  await expect(page.locator('#add-passkey input[name=name]')).toHaveValue('Security key');
  await page.locator('#add-passkey input[name=code]').fill(codes[0] ?? '');
  await page.locator('button[value=add-passkey]').click();
  await expect(page.getByRole('status').first()).toContainText('The passkey is registered');
  expect(await second.credentials()).toHaveLength(1);
  expect(first).toBeDefined();
  await whole(page);

  await page.locator('#passkeys summary').click();
  await page.locator('#remove-passkey select').selectOption({ label: '办公电脑' });
  await page.locator('button[value=remove-passkey]').click();
  await expect(page.getByRole('status').first()).toContainText('The passkey is removed');
  await expect(page.locator('#passkeys')).not.toContainText('办公电脑');
});

test('a passkey whose counter goes back is shut out, and a recovery code opens', async ({ page }) => {
  const email = fresh('copied.key');
  await signUpAndConfirm(page, email);
  const key = await virtualKey(page);
  await page.goto('/account/second-factor');
  await page.locator('button[value=add-passkey]').click();
  await expect(page.locator('h1')).toHaveText('请保存恢复码');
  const codes = await page.locator('main ol li').allInnerTexts();
  const [made] = await key.credentials();
  if (!made) throw new Error('no credential was made');
  // The copy: the same key, which counts from the beginning.
  await key.cdp.send('WebAuthn.clearCredentials', { authenticatorId: key.authenticatorId });
  await key.cdp.send('WebAuthn.addCredential', { authenticatorId: key.authenticatorId, credential: { ...made, signCount: 0 } });
  await page.locator('button[value=continue]').click();
  await page.locator('form[action$="/sign-out"] button').first().click();
  await page.waitForURL(/\/$|sign-in/);
  await enter(page, email);
  await page.locator('button[value=passkey]').click();
  await expect(page.locator('main')).toContainText(/通行密钥没有被接受|恢复码/);
  await expect(page.locator('button[value=passkey]')).toHaveCount(0);
  await whole(page);
  await page.locator('input[name=code]').fill(codes[0] ?? '');
  await submitCode(page);
  await expect(page).toHaveURL(/\/members$/);
  await page.goto('/account');
  await expect(page.locator('main')).toContainText('已停用：可能被复制');
  await whole(page);
});

const submitCode = (page: Page) => page.locator('main form:has(input[name=code]) button[type=submit]').first().click();

test('without JavaScript the pages of passkeys say what to do, and codes work', async ({ page, browser, troubles }) => {
  const email = fresh('no.script');
  await signUpAndConfirm(page, email);
  await virtualKey(page);
  await page.goto('/account/second-factor');
  await page.locator('button[value=add-passkey]').click();
  await expect(page.locator('h1')).toHaveText('请保存恢复码');
  const codes = await page.locator('main ol li').allInnerTexts();
  const plain = await newPage(browser, { javaScriptEnabled: false }, troubles);
  await enter(plain, email);
  await expect(plain.locator('main')).toContainText('需要打开 JavaScript');
  await expect(plain.locator('button[value=passkey]')).toBeHidden();
  await plain.locator('input[name=code]').fill(codes[0] ?? '');
  await submitCode(plain);
  await expect(plain).toHaveURL(/\/members$/);
  await plain.goto('/account/second-factor');
  await expect(plain.locator('main')).toContainText('需要打开 JavaScript');
  await expect(plain.locator('button[value=add-passkey]')).toBeHidden();
  await plain.context().close();
});

test('the operator takes a lost second factor off, with a reason, and not the own', async ({ page, browser, troubles }) => {
  const email = fresh('lost.key');
  const theirs = await newPage(browser, {}, troubles);
  await signUpAndConfirm(theirs, email);
  await virtualKey(theirs);
  await theirs.goto('/account/second-factor');
  await theirs.locator('button[value=add-passkey]').click();
  await expect(theirs.locator('h1')).toHaveText('请保存恢复码');
  await signIn(page, 'operator');
  await page.goto(`/operator/people?email=${email}`);
  await whole(page);
  await page.locator('button[value=take-factor]').click();
  await expect(page.locator('main')).toContainText('请写明怎样核实了身份');
  await whole(page);
  await page.locator('textarea[name=reason]').fill('视频核对了身份证和工号');
  await page.locator('button[value=take-factor]').click();
  await expect(page.getByRole('status')).toContainText('两步验证已关闭');
  await theirs.goto('/account');
  await expect(theirs).toHaveURL(/\/sign-in/);
  await enter(theirs, email);
  await expect(theirs).toHaveURL(/\/members$/);
  await page.goto('/en/operator/people?email=operator@demo.hengji.example');
  await expect(page.locator('button[value=take-factor]')).toHaveCount(0);
  await whole(page);
  await theirs.context().close();
});
