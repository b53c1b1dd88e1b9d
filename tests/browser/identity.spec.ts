import { fillSignUp, fresh, linkTo, PASSWORD, signUpAndConfirm, submit } from './sign-up.ts';
import { expect, expectAccessible, expectNoSideways, newPage, signIn, test } from './support.ts';

test('signing up, by mail, to being signed in; out again and in', async ({ page }) => {
  const email = fresh('li.wei');
  await signUpAndConfirm(page, email);
  await page.goto('/account');
  await expect(page.locator('h1')).toHaveText('账号');
  await page.locator('main header form button').click();
  await expect(page.locator('body > header a[href="/sign-in"]')).toBeVisible();
  // Back to where one was going, and nowhere else.
  await page.goto('/members');
  await expect(page).toHaveURL(/\/sign-in\?next=%2Fmembers$/);
  await page.locator('input[name=email]').fill(email);
  await page.locator('input[name=password]').fill('not the password');
  await submit(page);
  await expect(page.getByRole('alert')).toContainText('没能登录');
  await expect(page.locator('input[name=email]')).toHaveValue(email);
  await page.locator('input[name=password]').fill(PASSWORD);
  await submit(page);
  await expect(page).toHaveURL(/\/members$/);
  await expect(page.locator('main tbody tr')).toHaveCount(1);
});

test('who has no account yet comes, by way of the mail, to where they were going', async ({ page }) => {
  const email = fresh('newcomer');
  await page.goto('/centre/claim/demo-canal-station');
  await page.locator('main a[href*="/sign-up"]').click();
  await expect(page.locator('input[name=kind][value=centre]')).toBeChecked();
  await fillSignUp(page, email);
  await submit(page);
  await page.waitForURL('**/check-mail');
  await page.goto(await linkTo(page, email));
  await page.locator('input[name=password]').fill(PASSWORD);
  await submit(page);
  await expect(page).toHaveURL(/\/centre\/claim\/demo-canal-station$/);
  // Once: the next sign-in begins where the organisation works.
  await page.goto('/account');
  await page.locator('main header form button').click();
  await page.goto('/sign-in');
  await page.locator('input[name=email]').fill(email);
  await page.locator('input[name=password]').fill(PASSWORD);
  await submit(page);
  await expect(page).not.toHaveURL(/claim/);
});

test('a form with faults says which, keeps what was typed and goes to the first', async ({ page }) => {
  await page.goto('/sign-up');
  await page.locator('input[name=nameZh]').fill('苏州精测');
  await page.locator('input[name=email]').fill('li.wei@');
  await submit(page);
  const city = page.locator('input[name=city]');
  await expect(city).toBeFocused();
  await expect(city).toHaveAttribute('aria-invalid', 'true');
  const described = await city.getAttribute('aria-describedby');
  await expect(page.locator(`[id="${described}"]`)).toHaveText('请填写。');
  await expect(page.locator('input[name=nameZh]')).toHaveValue('苏州精测');
  await expectAccessible(page);
});

test('without JavaScript: faults, sign-up, mail, sign-in', async ({ browser, troubles }) => {
  const page = await newPage(browser, { javaScriptEnabled: false }, troubles);
  const email = fresh('no.script');
  await page.goto('/sign-up');
  await fillSignUp(page, 'li.wei@');
  await submit(page);
  const address = page.locator('input[name=email]');
  await expect(address).toHaveValue('li.wei@');
  await expect(address).toHaveAttribute('aria-invalid', 'true');
  await expect(address).toHaveAttribute('autofocus', '');
  await expect(page.locator('input[name=password]')).toHaveValue('');
  expect(await page.content()).not.toContain(PASSWORD);
  await signUpAndConfirm(page, email);
  await page.context().close();
});

test('a forgotten password: the link works once, and signs the other devices out', async ({ page, browser, troubles }) => {
  const email = fresh('forgetful');
  await signUpAndConfirm(page, email);
  const elsewhere = await newPage(browser, {}, troubles);
  await elsewhere.goto('/forgot');
  await elsewhere.locator('input[name=email]').fill(email);
  await submit(elsewhere);
  await expect(elsewhere.locator('h1')).toHaveText('请查收邮件');
  let link = '';
  await expect
    .poll(async () => {
      link = await linkTo(elsewhere, email);
      return link;
    })
    .toContain('/reset/');
  await elsewhere.goto(link);
  await elsewhere.locator('input[name=password]').fill('another good password');
  await submit(elsewhere);
  await expect(elsewhere.getByRole('status')).toContainText('新密码已生效');
  await elsewhere.goto(link);
  await expect(elsewhere.locator('h1')).toHaveText('这个链接已失效');
  await page.goto('/account');
  await expect(page).toHaveURL(/\/sign-in/);
  await elsewhere.context().close();
});

test('inviting someone, who joins, and is removed', async ({ page, browser, troubles }) => {
  await signUpAndConfirm(page, fresh('owner'));
  await page.goto('/members');
  const guest = fresh('guest');
  await page.locator('input[name=email]').fill(guest);
  await submit(page);
  await expect(page.getByRole('status')).toContainText('邀请已发出');
  await expect(page.locator('main')).toContainText(guest);
  const other = await newPage(browser, {}, troubles);
  await other.goto(await linkTo(other, guest));
  await expect(other.locator('h1')).toContainText('苏州精测仪器有限公司');
  await other.locator('input[name=name]').fill('王芳');
  await other.locator('input[name=password]').fill(PASSWORD);
  await submit(other);
  // As at sign-up: not without the terms, and what was typed is kept.
  await expect(other.locator('#agrees-error')).toBeVisible();
  await expect(other.locator('input[name=name]')).toHaveValue('王芳');
  await other.locator('input[name=agrees]').check();
  await other.locator('input[name=password]').fill(PASSWORD);
  await submit(other);
  await expect(other.locator('body > header')).toContainText('苏州精测仪器有限公司');
  await page.goto('/members');
  const row = page.locator('main tbody tr').filter({ hasText: guest });
  await row.locator('summary').click();
  await row.locator('button[value=remove]').click();
  await expect(page.locator('main tbody tr')).toHaveCount(1);
  // The last one who leads stays.
  await page.locator('main tbody summary').click();
  await page.locator('main tbody button[value=remove]').click();
  await expect(page.getByRole('alert')).toBeVisible();
  await other.goto('/members');
  await expect(other.locator('main')).toContainText('404');
  await other.context().close();
});

for (const width of [390, 1440])
  for (const prefix of ['', '/en'])
    test(`pages at ${width} px${prefix && ' in English'} are whole and accessible`, async ({ page }) => {
      await page.setViewportSize({ width, height: 844 });
      for (const path of [
        '/sign-up',
        '/sign-in',
        '/forgot',
        '/check-mail',
        '/check-mail?for=reset',
        '/verify/x',
        '/reset/x',
        '/invitation/x',
        '/mailbox',
      ]) {
        await page.goto(prefix + path);
        await expectNoSideways(page);
        await expectAccessible(page);
      }
      await signIn(page, 'centre');
      for (const path of ['/account', '/members']) {
        await page.goto(prefix + path);
        await expect(page.locator('h1')).toBeVisible();
        await expectNoSideways(page);
        await expectAccessible(page);
      }
    });
