/** A centre's accreditation from its certificate to the badge: the operator holds it against what is stated; a change has it checked anew. */
import type { Page } from '@playwright/test';
import { demonstrationAccounts } from '#seeds/seed.ts';
import { expect, expectAccessible, expectNoSideways, newPage, signIn, test } from './support.ts';

const SERVICE = '/services/hv-divider-bayu-electrical';
const STATED = 'CNAS 已声明，待核验';
const CHECKED = /^CNAS 有效至/;

async function whole(page: Page): Promise<void> {
  await expectAccessible(page);
  for (const width of [390, 1440]) {
    await page.setViewportSize({ width, height: 900 });
    await expectNoSideways(page);
  }
}

async function signInAs(page: Page, email: string): Promise<void> {
  const account = demonstrationAccounts.find((one) => one.email === email);
  await page.goto('/sign-in');
  await page.locator('input[name=email]').fill(email);
  await page.locator('input[name=password]').fill(account?.password ?? '');
  await page.locator('main form button[type=submit]').first().click();
  await page.waitForURL((url) => !url.pathname.includes('sign-in'));
}

test('from stated to checked, and back by a change of the centre', async ({ browser, troubles }) => {
  test.setTimeout(240_000);
  const visitor = await newPage(browser, {}, troubles);
  await visitor.goto(SERVICE);
  await expect(visitor.locator('header, main').getByText(STATED).first()).toBeVisible();
  await expect(visitor.getByText(CHECKED)).toHaveCount(0);
  await whole(visitor);
  await visitor.goto('/search?q=高压分压器&accreditation=CNAS');
  await expect(visitor.locator('article.offer')).toHaveCount(0);
  await visitor.goto('/centres/bayu-electrical');
  await expect(visitor.getByText('已声明，待核验', { exact: true })).toBeVisible();
  await whole(visitor);

  const centre = await newPage(browser, {}, troubles);
  await signInAs(centre, 'bayu@demo.hengji.example');
  await centre.goto('/centre/accreditations');
  await expect(centre.getByText('待核验', { exact: true })).toBeVisible();
  await whole(centre);
  await centre.goto('/operator/accreditations');
  await expect(centre.getByText('404')).toBeVisible();

  const operator = await newPage(browser, {}, troubles);
  await signIn(operator, 'operator');
  await operator.goto('/operator');
  await operator.getByRole('link', { name: /资质核验（\d+）/ }).click();
  await whole(operator);
  await operator.getByRole('link', { name: 'CNAS DEMO-CNAS-0012' }).click();
  await whole(operator);
  const file = operator.getByRole('link', { name: /DEMO-CNAS-0012\.pdf/ });
  await Promise.all([operator.waitForEvent('download'), file.click()]);
  // Beside what is stated, where nothing of it can run.
  const framed = operator.locator('iframe[title$="DEMO-CNAS-0012.pdf"]');
  await expect(framed).toBeVisible();
  const shown = await operator.request.get((await framed.getAttribute('src')) ?? '');
  expect(shown.headers()).toMatchObject({ 'content-type': 'application/pdf', 'content-disposition': expect.stringContaining('inline') });
  expect(shown.headers()['content-security-policy']).toContain("default-src 'none'");
  await operator.getByRole('button', { name: '退回' }).click();
  await expect(operator.getByRole('alert')).toContainText('请写明退回的原因');
  await operator.getByRole('button', { name: '通过', exact: true }).click();
  await expect(operator.getByRole('alert')).toContainText('请至少勾选一类服务');
  await whole(operator);

  // The centre changes it while the operator looks: what was shown is not decided on.
  await centre.goto('/centre/accreditations');
  await centre.getByRole('link', { name: 'CNAS DEMO-CNAS-0012' }).click();
  await whole(centre);
  await centre.getByLabel('范围说明').fill('高电压与大电流');
  await centre.getByRole('button', { name: '保存' }).click();
  await expect(centre.getByRole('status')).toContainText('须经运营方核验');
  await operator.getByRole('checkbox', { name: '校准' }).check();
  await operator.getByRole('button', { name: '通过', exact: true }).click();
  await expect(operator.getByRole('alert')).toContainText('您查看期间中心改动了这项资质');
  await expect(operator.getByText('高电压与大电流')).toBeVisible();
  await expect(operator.getByRole('checkbox', { name: '校准' })).not.toBeChecked();
  await operator.getByRole('checkbox', { name: '校准' }).check();
  await operator.getByRole('button', { name: '通过', exact: true }).click();
  await expect(operator.getByRole('status')).toContainText('已通过');
  await whole(operator);

  await visitor.goto(SERVICE);
  await expect(visitor.getByText(CHECKED).first()).toBeVisible();
  await expect(visitor.getByText(STATED)).toHaveCount(0);
  await expect(visitor.getByText('CNAS 资质').first()).toBeVisible();
  await whole(visitor);
  await visitor.goto('/search?q=高压分压器&accreditation=CNAS');
  await expect(visitor.locator('article.offer').getByText(CHECKED)).toBeVisible();
  await whole(visitor);
  await visitor.goto('/centres/bayu-electrical');
  await expect(visitor.getByText('已核验', { exact: true }).first()).toBeVisible();
  await expect(visitor.getByText('已声明，待核验', { exact: true })).toHaveCount(0);
  await whole(visitor);

  await centre.goto('/centre/accreditations');
  await expect(centre.getByText(/已核验/)).toBeVisible();
  await expect(centre.getByText('适用于：校准')).toBeVisible();
  await centre.getByRole('link', { name: 'CNAS DEMO-CNAS-0012' }).click();
  await centre.getByLabel('范围说明').fill('高电压');
  await centre.getByRole('button', { name: '保存' }).click();
  await visitor.goto(SERVICE);
  await expect(visitor.getByText(STATED).first()).toBeVisible();
  for (const page of [visitor, centre, operator]) await page.context().close();
});

test('a calliper service on rows of dial gauges asks before it is published', async ({ browser, troubles }) => {
  const page = await newPage(browser, {}, troubles);
  await signIn(page, 'centre');
  await page.goto('/centre/services/new');
  await page.getByLabel('名称（中文）').fill('卡尺校准');
  await page.getByLabel('说明（中文）').fill('示范说明。');
  await page.locator('input[name=unitNet]').fill('80');
  await page.locator('#poolIds input').first().check();
  await page
    .locator('#scope label', { hasText: 'JJG 34-2022' })
    .filter({ hasText: /^百分表/ })
    .locator('input')
    .check();
  await page.getByRole('button', { name: '上架', exact: true }).click();
  await expect(page.getByRole('alert')).toContainText('还没有上架');
  const confirm = page.getByRole('checkbox', { name: /这项服务叫“卡尺校准”，却依据 百分表 的能力行销售/ });
  await expect(confirm).not.toBeChecked();
  await expect(page.locator('#preview')).toContainText('却依据 百分表 的能力行销售');
  await whole(page);
  await confirm.check();
  await page.getByRole('button', { name: '上架', exact: true }).click();
  await expect(page.getByRole('status')).toContainText('已上架');
  await page.getByRole('link', { name: '卡尺校准', exact: true }).first().click();
  await expect(page.getByText(/依据的是 百分表 的能力行；中心已确认/)).toBeVisible();
  await whole(page);
  await page.context().close();
});

test('what the platform cannot settle by itself has a page of the operator alone', async ({ browser, troubles }) => {
  const centre = await newPage(browser, {}, troubles);
  await signIn(centre, 'centre');
  await centre.goto('/operator/exceptions');
  await expect(centre.getByText('404')).toBeVisible();
  const operator = await newPage(browser, {}, troubles);
  await signIn(operator, 'operator');
  await operator.goto('/operator');
  await operator.getByRole('link', { name: /异常（\d+）/ }).click();
  await expect(operator.getByRole('heading', { name: '异常', exact: true })).toBeVisible();
  await whole(operator);
  await operator.goto('/en/operator/exceptions');
  await whole(operator);
});
