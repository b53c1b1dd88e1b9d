/** The way of somebody new: the form, the mail, the link in it. */
import { randomBytes } from 'node:crypto';
import type { Page } from '@playwright/test';
import { expect } from './support.ts';

export const PASSWORD = 'gauge block no 12';
/** Nobody's address yet, also when the same site is tested twice. */
export const fresh = (name: string) => `${name}.${randomBytes(4).toString('hex')}@example.com`;

export async function fillSignUp(page: Page, email: string, organisation = '苏州精测仪器有限公司') {
  await page.locator('input[name=nameZh]').fill(organisation);
  await page.locator('input[name=city]').fill('苏州');
  await page.locator('input[name=name]').fill('李伟');
  await page.locator('input[name=email]').fill(email);
  await page.locator('input[name=password]').fill(PASSWORD);
  // Where no terms are in force there is nothing to agree to.
  const agrees = page.locator('input[name=agrees]');
  if (await agrees.count()) await agrees.check();
}
export const submit = (page: Page) =>
  page.locator('main form:has(input[type=email], input[type=password]) button[type=submit]').first().click();

/** The link in the latest mail to an address, as the mailbox page shows it. */
export async function linkTo(page: Page, email: string): Promise<string> {
  const path = async () => {
    await page.goto(`/mailbox?to=${encodeURIComponent(email)}`);
    return page
      .locator('main td a')
      .first()
      .getAttribute('href', { timeout: 1000 })
      .catch(() => null);
  };
  await expect.poll(path, { timeout: 20_000 }).not.toBeNull();
  await page.goto((await path()) as string);
  return (await page.locator('main p a.link').first().getAttribute('href')) as string;
}

export async function signUpAndConfirm(page: Page, email: string, as?: { kind: 'sme' | 'centre' | 'park'; name: string }) {
  await page.goto('/sign-up');
  if (as) await page.locator(`input[name=kind][value=${as.kind}]`).check();
  await fillSignUp(page, email, as?.name);
  await submit(page);
  await page.waitForURL('**/check-mail');
  await page.goto(await linkTo(page, email));
  await page.locator('input[name=password]').fill(PASSWORD);
  await submit(page);
  await expect(page.locator('body > header')).toContainText(as?.name ?? '苏州精测仪器有限公司');
}
