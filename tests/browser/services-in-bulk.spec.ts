/** Many services in a few presses: from groups of the scope to drafts, on sale, their prices as a table out and in, found and paused. */
import { readFile } from 'node:fs/promises';
import { expect, expectAccessible, expectNoSideways, signInAs, test } from './support.ts';

test('services are made from the scope, published, priced by a table and paused together', async ({ page }) => {
  await signInAs(page, 'longcheng@demo.hengji.example');
  await page.goto('/centre/services');
  await page.getByRole('link', { name: '从能力批量新建' }).click();
  await page.getByRole('link', { name: '勾选所有未上架的' }).click();
  const ticked = page.locator('input[name=groups]:checked');
  const count = await ticked.count();
  expect(count).toBeGreaterThan(3);
  await expectAccessible(page);
  // A price that is none: said beside its group, all the rest is kept.
  await page.getByLabel('统一单价').fill('123.45');
  await page.locator('input[name=prices]').first().fill('一百');
  await page.locator('input[name=poolIds]').first().check();
  await page.getByRole('button', { name: '新建为草稿' }).click();
  await expect(page.locator('input[name=prices]').first()).toHaveAttribute('aria-invalid', 'true');
  await expect(page.locator('input[name=prices]').first()).toHaveValue('一百');
  await expect(page.locator('input[name=poolIds]').first()).toBeChecked();
  await expect(ticked).toHaveCount(count);
  await expectAccessible(page);
  await page.locator('input[name=prices]').first().fill('0');
  await page.getByRole('button', { name: '新建为草稿' }).click();

  await expect(page).toHaveURL(/\/centre\/services\?state=draft/);
  await expect(page.getByRole('status')).toContainText(`${count}`);
  const rows = page.locator('tbody tr');
  await expect(rows).toHaveCount(count);
  const boxes = await page.locator('tbody input[name=services]').all();
  const names = await Promise.all(boxes.map(async (box) => (await box.getAttribute('aria-label'))?.replace('选择：', '') ?? ''));
  await page.getByRole('link', { name: '全选' }).click();
  await page.getByRole('button', { name: '上架所选' }).click();
  await expect(page.locator('tbody input[name=services]')).toHaveCount(0);

  // Out, changed in a spreadsheet, in.
  await page.goto('/centre/services/prices');
  await expectAccessible(page);
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: '下载 CSV' }).click()]);
  const table = await readFile(await download.path(), 'utf8');
  const bring = async (text: string) => {
    await page.getByLabel('价格表文件').setInputFiles({ name: '价格表.csv', mimeType: 'text/csv', buffer: Buffer.from(text) });
    await page.getByRole('button', { name: '导入价格' }).click();
  };
  await bring(table);
  await expect(page.getByRole('status')).toContainText('没有变化');
  await bring(table.replaceAll(',件,123.45,', ',件,一百二,'));
  await expect(page.getByRole('alert')).toContainText('价格没有改动');
  await expect(page.getByRole('alert').locator('li')).toHaveCount(count);
  await expectAccessible(page);
  await bring(table.replaceAll(',件,123.45,', ',件,135,'));
  await expect(page.getByRole('status')).toContainText(`已更新 ${count} 项服务的价格`);
  await expectAccessible(page);
  await page.setViewportSize({ width: 320, height: 800 });
  await expectNoSideways(page);
  await page.setViewportSize({ width: 1440, height: 900 });
  // The same table again knows the prices of before: nothing is overwritten, and each line says why.
  await bring(table.replaceAll(',件,123.45,', ',件,140,'));
  await expect(page.getByRole('alert').locator('li').first()).toContainText('导出时 123.45，表中 140，现为 135');
  await expectAccessible(page);

  // Found, and taken out of sale together.
  await page.goto('/centre/services');
  await page.getByRole('searchbox').fill(names[0] ?? '');
  await page.getByRole('button', { name: '查找' }).click();
  await expect(rows.first()).toContainText('135');
  await page.getByRole('searchbox').fill('没有这项服务');
  await page.getByRole('button', { name: '查找' }).click();
  await expect(page.getByText('没有符合条件的服务')).toBeVisible();
  await page.goto('/centre/services');
  await page.getByRole('button', { name: '暂停所选' }).click();
  await expect(page.getByRole('alert')).toBeVisible();
  for (const name of names) await page.getByRole('checkbox', { name: `选择：${name}` }).check();
  await page.getByRole('button', { name: '暂停所选' }).click();
  await expect(page.getByRole('status')).toContainText(`${count}`);
  await page.goto('/centre/services?state=paused');
  for (const name of names) await expect(page.locator('tbody')).toContainText(name);
  for (const width of [320, 390, 1440]) {
    await page.setViewportSize({ width, height: 900 });
    await expectNoSideways(page);
  }
  await expectAccessible(page);
});
