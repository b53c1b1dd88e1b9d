import AxeBuilder from '@axe-core/playwright';
import { type Browser, type BrowserContextOptions, test as base, expect, type Page } from '@playwright/test';
import { demonstrationAccounts } from '#seeds/seed.ts';

export const ACCOUNTS = {
  sme: 'lingyu@demo.hengji.example',
  otherSme: 'hengchi@demo.hengji.example',
  centre: 'gusu@demo.hengji.example',
  technician: 'gusu.technician@demo.hengji.example',
  park: 'park.suzhou@demo.hengji.example',
  operator: 'operator@demo.hengji.example',
} as const;

const cookies = new Map<string, Awaited<ReturnType<ReturnType<Page['context']>['cookies']>>>();

/** Signs in once per account and run; later pages get the same session. */
export const signIn = (page: Page, role: keyof typeof ACCOUNTS): Promise<void> => signInAs(page, ACCOUNTS[role]);

/** As anybody of the demonstration. */
export async function signInAs(page: Page, email: string): Promise<void> {
  const known = cookies.get(email);
  if (known) return page.context().addCookies(known);
  const account = demonstrationAccounts.find((candidate) => candidate.email === email);
  await page.goto('/sign-in');
  await page.locator('input[name=email]').fill(email);
  await page.locator('input[name=password]').fill(account?.password ?? '');
  await page.locator('main form button[type=submit]').first().click();
  await page.waitForURL((url) => !url.pathname.includes('sign-in'));
  cookies.set(email, await page.context().cookies());
}

/** No violation of WCAG 2.2 A and AA that a machine can see; `except` names rules a page meets in a way no machine sees. */
export async function expectAccessible(page: Page): Promise<void> {
  // A frame without scripts (a letter in the mailbox) cannot be looked into: of such a page the frame's outside is.
  const sandboxed = (await page.locator('iframe[sandbox]').count()) > 0;
  const { violations } = await new AxeBuilder({ page })
    .setLegacyMode(sandboxed)
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'])
    .analyze();
  expect(violations.map((v) => `${v.id}: ${v.nodes.map((node) => node.target.join(' ')).join(', ')}`)).toEqual([]);
}

/** Nothing sticks out to the side. */
export async function expectNoSideways(page: Page): Promise<void> {
  expect(await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)).toBeLessThanOrEqual(0);
}

/** A page of its own, with the same watch over its console as the test's. */
export async function newPage(browser: Browser, options: BrowserContextOptions, troubles: string[]): Promise<Page> {
  const context = await browser.newContext({ baseURL: process.env.HENGJI_SITE, locale: 'zh-CN', timezoneId: 'Asia/Shanghai', ...options });
  return watch(await context.newPage(), troubles);
}

function watch(page: Page, troubles: string[]): Page {
  page.on('console', (message) => {
    // A refused form is answered with its status: the browser reports that by itself.
    if (message.type() === 'error' && !/status of 4\d\d/.test(message.text())) troubles.push(message.text());
  });
  page.on('pageerror', (error) => troubles.push(String(error)));
  return page;
}

/** Any unexpected error in a console fails the test. */
export const test = base.extend<{ troubles: string[] }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads from the pattern which fixtures are wanted
  troubles: async ({}, use) => {
    const troubles: string[] = [];
    await use(troubles);
    expect(troubles).toEqual([]);
  },
  page: async ({ page, troubles }, use) => {
    await use(watch(page, troubles));
  },
});

export { expect };
