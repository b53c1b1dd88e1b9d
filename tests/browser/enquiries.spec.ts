/** A firm asks centres for what nothing on sale answers; one answers, one declines; both pages and letters say so. */
import { expect, expectAccessible, expectNoSideways, newPage, signIn, test } from './support.ts';

const PHONE = { viewport: { width: 390, height: 844 } };

test('an enquiry from a search, its answer, and what follows', async ({ browser, troubles }) => {
  const buyer = await newPage(browser, PHONE, troubles);
  await signIn(buyer, 'sme');
  await buyer.goto('/enquiries');
  await expect(buyer.getByRole('heading', { name: '没有询价' })).toBeVisible();
  await expectAccessible(buyer);
  await buyer.goto('/enquiries/new');
  await expect(buyer.getByText('没有可以直接询问的中心')).toBeVisible();
  await expectAccessible(buyer);
  await buyer.goto('/match?item=压力表 0-10 GPa');
  await buyer.getByRole('link', { name: '询价', exact: true }).first().click();
  await expect(buyer.getByRole('heading', { level: 1 })).toHaveText('向测试中心询价');
  const first = buyer.getByRole('checkbox').first();
  await expect(first).toBeVisible();
  for (const box of await buyer.getByRole('checkbox').all()) await box.uncheck();
  await buyer.getByRole('button', { name: '提交询价' }).click();
  await expect(buyer.getByRole('alert')).toContainText('请至少选择一家中心');
  await buyer.getByLabel('具体要求').fill('超高压，<b>要证书</b>');
  await buyer.getByLabel('数量').fill('零');
  await first.check();
  await buyer.getByRole('button', { name: '提交询价' }).click();
  await expect(buyer.getByRole('alert')).toContainText('数量应为 1 到 100,000');
  await expect(buyer.getByLabel('具体要求')).toHaveValue('超高压，<b>要证书</b>');
  await expect(first).toBeChecked();
  await expectAccessible(buyer);
  // The centre of this demonstration's account is asked from its page.
  await buyer.goto('/centres/gusu-precision');
  await buyer.getByRole('link', { name: '向该中心询价' }).click();
  await expect(buyer.getByRole('checkbox').first()).toBeChecked();
  await buyer.getByLabel('具体要求').fill('0–10 GPa 压力表，<b>要证书</b>\n两支');
  await buyer.getByLabel('数量').fill('2');
  await buyer.getByRole('button', { name: '提交询价' }).click();
  await expect(buyer.getByRole('status')).toContainText('询价已提交');
  await expect(buyer.getByText('尚未回复')).toBeVisible();
  const address = new URL(buyer.url()).pathname;
  for (const width of [320, 390, 1440]) {
    await buyer.setViewportSize({ width, height: 844 });
    await expectNoSideways(buyer);
  }
  await buyer.setViewportSize(PHONE.viewport);

  const technician = await newPage(browser, PHONE, troubles);
  await signIn(technician, 'technician');
  await technician.goto(address);
  await expect(technician.getByText('您的角色可以查看询价')).toBeVisible();
  await expect(technician.getByRole('button', { name: '发送回复' })).toHaveCount(0);

  const centre = await newPage(browser, PHONE, troubles);
  await signIn(centre, 'centre');
  await centre.goto('/centre');
  await centre.locator('main nav').getByRole('link', { name: '询价' }).click();
  await expectAccessible(centre);
  await expectNoSideways(centre);
  await centre
    .getByRole('link', { name: /待回复/ })
    .first()
    .click();
  await centre.getByRole('link', { name: /0–10 GPa/ }).click();
  await expect(centre.getByText('<b>要证书</b>').last()).toBeVisible();
  await centre.getByLabel('报价起点').fill('约三百');
  await centre.getByLabel('回复内容').fill('可以，约 10 个工作日。');
  await centre.getByRole('button', { name: '发送回复' }).click();
  await expect(centre.getByRole('alert')).toContainText('请填写金额');
  await expect(centre.getByLabel('回复内容')).toHaveValue('可以，约 10 个工作日。');
  await expectAccessible(centre);
  for (const width of [320, 390]) {
    await centre.setViewportSize({ width, height: 844 });
    await expectNoSideways(centre);
  }
  await centre.getByLabel('报价起点').fill('1,280');
  await centre.getByLabel('可预约的服务').selectOption({ index: 1 });
  await centre.getByRole('button', { name: '发送回复' }).click();
  await expect(centre.getByRole('status')).toContainText('回复已发送');

  await buyer.goto(`/en${address}`);
  await expect(buyer.getByText(/from ¥\s1,280.00/)).toBeVisible();
  await expect(buyer.getByRole('link', { name: /^Book: / })).toBeVisible();
  await expectAccessible(buyer);
  await buyer.getByRole('link', { name: 'Go on by message' }).click();
  await buyer.getByLabel('Your message').fill('谢谢');
  await buyer.getByRole('button', { name: 'Send' }).click();
  await expect(buyer.getByRole('link', { name: /About the enquiry/ })).toBeVisible();
  await buyer.goto('/mailbox');

  const stranger = await newPage(browser, {}, troubles);
  await signIn(stranger, 'otherSme');
  expect((await stranger.goto(address))?.status()).toBe(404);
  for (const page of [buyer, centre, technician, stranger]) await page.context().close();
});

test('without scripts, in both themes and languages, at every width', async ({ browser, troubles }) => {
  const page = await newPage(browser, { javaScriptEnabled: false, ...PHONE }, troubles);
  await signIn(page, 'otherSme');
  await page.goto('/enquiries/new?centre=gusu-precision');
  await page.getByLabel('具体要求').fill('周五可以吗');
  await page.getByRole('button', { name: '提交询价' }).click();
  await expect(page.getByText('周五可以吗').first()).toBeVisible();
  const address = new URL(page.url()).pathname;
  await page.getByRole('button', { name: '撤回询价' }).click();
  await expect(page.getByRole('status')).toContainText('询价已撤回');
  await page.context().close();
  for (const [prefix, colorScheme] of [
    ['', 'dark'],
    ['/en', 'light'],
  ] as const) {
    const shown = await newPage(browser, { colorScheme }, troubles);
    await signIn(shown, 'otherSme');
    for (const width of [320, 390, 1440]) {
      await shown.setViewportSize({ width, height: 900 });
      for (const path of ['/enquiries', address, '/enquiries/new?centre=gusu-precision', '/match?item=声级计 1kHz']) {
        await shown.goto(prefix + path);
        await expectNoSideways(shown);
        if (width === 390) await expectAccessible(shown);
      }
    }
    await shown.context().close();
  }
});
