/** A centre nobody knew this morning: signs up, makes its entry, a pool, a row, a service; and a buyer finds it. */
import { fresh, signUpAndConfirm } from './sign-up.ts';
import { expect, expectAccessible, expectNoSideways, newPage, test } from './support.ts';

test('from signing up to being found', async ({ browser, troubles }) => {
  const page = await newPage(browser, {}, troubles);
  await signUpAndConfirm(page, fresh('new.centre'), { kind: 'centre', name: '示范新中心' });
  await page.goto('/centre');
  await expect(page).toHaveURL(/\/centre\/profile$/);
  await expectAccessible(page);
  await page.getByLabel('城市（英文）').fill('苏州');
  await page.getByLabel('地址（中文）').fill('示范路 1 号');
  await page.getByRole('button', { name: '保存' }).click();
  await expect(page.getByText('请用拉丁字母')).toBeVisible();
  await page.getByLabel('城市（中文）').fill('苏州');
  await page.getByLabel('城市（英文）').fill('Suzhou');
  await page.getByRole('button', { name: '保存' }).click();
  await expect(page.getByRole('status')).toContainText('已保存');
  for (const width of [390, 1440]) {
    await page.setViewportSize({ width, height: 900 });
    await expectNoSideways(page);
  }
  for (const path of ['/centre', '/centre/services', '/centre/capabilities', '/centre/accreditations', '/centre/pools']) {
    await page.goto(path);
    await expect(page.locator('h1')).toBeVisible();
    await expectAccessible(page);
  }
  await page.goto('/centre/calendar');
  await expect(page).toHaveURL(/\/centre\/pools$/);

  await page.goto('/centre/pools/new');
  await page.getByLabel('名称（中文）').fill('示范新工位');
  await page.getByRole('button', { name: '保存' }).click();
  await expect(page.getByRole('status')).toContainText('已保存');
  await page.goto('/centre/capabilities/import');
  await page
    .getByLabel('或者粘贴表格')
    .fill('仪器名称\t被测量\t规范\t测量范围\t扩展不确定度\n示范新仪器\t示值误差\tJJF 1\t(0~50) mm\tU=0.2 μm (k=2)');
  await page.getByRole('button', { name: '读取' }).click();
  await page.getByRole('button', { name: '保存 1 行' }).click();
  await expect(page.getByRole('status')).toContainText('新增 1');
  await page.goto('/centre/services/new');
  await page.getByLabel('名称（中文）').fill('示范新仪器校准');
  await page.getByLabel('说明（中文）').fill('逐点校准。');
  await page.getByLabel('单价').fill('200');
  await page.getByLabel('批量价').fill('5: 150');
  await page.getByLabel(/示范新工位/).check();
  await page.getByLabel(/示范新仪器/).check();
  await page.getByRole('button', { name: '上架', exact: true }).click();
  await expect(page.getByRole('status')).toContainText('已上架');

  const buyer = await newPage(browser, {}, troubles);
  const need = new URLSearchParams({ item: '示范新仪器', n: '5', min: '0', max: '50', unit: 'mm', limit: '0.5', lunit: 'µm' });
  await buyer.goto(`/match?${need}`);
  await buyer
    .getByRole('link', { name: /示范新仪器校准/ })
    .first()
    .click();
  await expect(buyer.getByText('示范新中心').first()).toBeVisible();
  // Five at ¥ 150 with 6 % on top.
  await expect(buyer.getByText('795.00').first()).toBeVisible();
  await buyer.context().close();
  await page.context().close();
});
