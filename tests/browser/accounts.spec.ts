/** The locks of an account, as the people who have one meet them. */

import { fillSignUp, fresh, signUpAndConfirm, submit } from './sign-up.ts';
import { expect, expectAccessible, test } from './support.ts';

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
