/** A centre moves in: a scope of four hundred rows goes from file to found-by-need in one sitting. */
import { workbook } from '#tests/support/workbook.ts';
import { expect, expectAccessible, expectNoSideways, newPage, signIn, test } from './support.ts';

const HEAD = ['序号', '测量仪器名称', '被测量', '规范名称及代号', '测量范围', '扩展不确定度(k=2)', '说明'];
/** Instruments no demonstration centre has, so that what is found is what was imported. */
const rows = (u: string) =>
  Array.from({ length: 400 }, (_, i) => [
    String(i + 1),
    i % 4 === 0 ? `示范测微仪${Math.floor(i / 4) + 1}型` : '',
    i % 4 === 0 ? '示值误差' : '',
    i % 4 === 0 ? 'JJF 1088-2015' : '',
    i === 7 ? '≤100 mm' : `(${(i % 4) * 25}~${(i % 4) * 25 + 25}) mm`,
    i === 9 ? 'U=1.0' : `U=${u} μm`,
    '',
  ]);
const file = (u: string) => ({
  name: 'CNAS 能力范围.xlsx',
  mimeType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  buffer: Buffer.from(workbook([{ rows: [['示范 · 能力范围'], HEAD, ...rows(u)] }])),
});

test('four hundred rows: read, looked at, stored, found, changed, given back', async ({ browser, troubles }) => {
  const page = await newPage(browser, {}, troubles);
  await signIn(page, 'centre');
  await page.goto('/centre/capabilities');
  await page.getByRole('link', { name: '导入能力表' }).click();
  await expectAccessible(page);

  await page.getByRole('button', { name: '读取' }).click();
  await expect(page.getByRole('alert')).toContainText('没有任何内容');
  await page
    .getByLabel('文件', { exact: true })
    .setInputFiles({ name: 'scope.csv', mimeType: 'text/csv', buffer: Buffer.from('%PDF-1.7') });
  await page.getByLabel('或者粘贴表格').fill('什么\t都没有');
  await page.getByRole('button', { name: '读取' }).click();
  await expect(page.getByRole('alert')).toContainText('没有表格');
  await expect(page.getByLabel('或者粘贴表格')).toHaveValue('什么\t都没有');

  await page.getByLabel('文件', { exact: true }).setInputFiles(file('0.5'));
  await page.getByRole('button', { name: '读取' }).click();
  await expect(page).toHaveURL(/\/centre\/capabilities\/import\/[\w-]+$/);
  await expect(page.getByText('CNAS 能力范围.xlsx')).toBeVisible();
  await expect(page.getByRole('link', { name: /^读懂/ }).first()).toContainText('398');
  await expectAccessible(page);
  await page
    .getByRole('link', { name: /^没读懂/ })
    .first()
    .click();
  const rejected = page.getByRole('row').filter({ hasText: '扩展不确定度：单位不认识' });
  await expect(rejected).toHaveCount(1);
  await expect(rejected.getByRole('cell').nth(1)).toHaveText('12');
  await page.getByRole('link', { name: /^待定/ }).first().click();
  await expect(page.getByRole('row').filter({ hasText: '下限按 0 取' })).toHaveCount(1);

  await page.getByText('各列是什么').click();
  await expect(page.getByLabel('测量范围', { exact: true })).toHaveValue('range');
  await page.getByLabel('专业', { exact: true }).selectOption('dimensional');
  await page.getByLabel('包含因子 k', { exact: true }).fill('0');
  await page.getByRole('button', { name: '按此重新读' }).click();
  await expect(page.getByRole('alert')).toContainText('1 到 5');
  await page.getByLabel('专业', { exact: true }).selectOption('dimensional');
  await page.getByRole('button', { name: '按此重新读' }).click();
  await expect(page.getByRole('status')).toContainText('重新读过');

  await page.getByRole('button', { name: '保存 398 行' }).click();
  await expect(page.getByRole('status')).toContainText('新增 398');
  for (const width of [390, 1440]) {
    await page.setViewportSize({ width, height: 900 });
    await expectNoSideways(page);
  }

  // Whoever looks at the centre sees it at once.
  await page.goto('/centres/gusu-precision?rows=%E6%B5%8B%E5%BE%AE%E4%BB%AA100');
  await expect(page.getByText('示范测微仪100型').first()).toBeVisible();

  // Sold, it is found by whoever needs it.
  await page.goto('/centre/services');
  await page.getByRole('link', { name: '新增服务' }).click();
  await expectAccessible(page);
  await page.getByLabel('名称（中文）').fill('示范测微仪校准');
  await page.getByLabel('单价').fill('一百八');
  await page.getByRole('button', { name: '保存草稿' }).click();
  await expect(page.getByRole('alert')).toContainText('什么都没有保存');
  await expect(page.getByText('请填金额')).toBeVisible();
  await expect(page.getByLabel('单价')).toHaveValue('一百八');
  await page.getByLabel('单价').fill('180');
  await page.getByRole('button', { name: '保存草稿' }).click();
  await expect(page.getByRole('status')).toContainText('草稿已保存');
  await page.getByRole('button', { name: '上架', exact: true }).click();
  await expect(page.getByRole('alert')).toContainText('还不能上架');
  await expectAccessible(page);
  await page.getByLabel('说明（中文）').fill('逐点校准示值误差，给出扩展不确定度。');
  await page.getByLabel(/千分尺与量具检定台/).check();
  await page.getByLabel(/示范测微仪100型/).check();
  await page.getByRole('button', { name: '预览' }).click();
  await expect(page.getByRole('region', { name: '客户看到的' })).toContainText('190.80');
  for (const width of [390, 1440]) {
    await page.setViewportSize({ width, height: 900 });
    await expectNoSideways(page);
  }
  await page.getByRole('button', { name: '上架', exact: true }).click();
  await expect(page.getByRole('status')).toContainText('已上架');
  const need = new URLSearchParams({ item: '示范测微仪100型', n: '2', min: '0', max: '100', unit: 'mm', limit: '0.5', lunit: 'µm' });
  await page.goto(`/match?${need}`);
  await expect(page.getByRole('link', { name: /示范测微仪校准/ }).first()).toBeVisible();

  // The next file: one U for another; all else is as it was.
  await page.goto('/en/centre/capabilities/import');
  await page.getByLabel('File', { exact: true }).setInputFiles(file('0.4'));
  await page.getByRole('button', { name: 'Read it' }).click();
  await expect(page.getByRole('link', { name: /^New\s*0$/ })).toBeVisible();
  await expect(page.getByRole('link', { name: /^Changed\s*398$/ }).first()).toBeVisible();
  await expect(page.getByText('Rows that change: now and then')).toBeVisible();
  await expectAccessible(page);

  const given = await page.request.get('/centre/capabilities/export.csv');
  expect(given.headers()['content-disposition']).toContain('scope-gusu-precision.csv');
  await page.goto('/centre/capabilities/import');
  await page.getByLabel('文件', { exact: true }).setInputFiles({ name: 'scope.csv', mimeType: 'text/csv', buffer: await given.body() });
  await page.getByRole('button', { name: '读取' }).click();
  for (const name of ['新增', '更改', '文件中没有'])
    await expect(page.getByRole('link', { name: new RegExp(`^${name}\\s*0$`) })).toBeVisible();
  await expect(page.getByText('要您定的问题')).toHaveCount(0);
  await page.context().close();
});

test('a technician sees the scope and does not change it', async ({ browser, troubles }) => {
  const page = await newPage(browser, {}, troubles);
  await signIn(page, 'technician');
  await page.goto('/centre/capabilities');
  await expect(page.getByRole('table')).toBeVisible();
  await expect(page.getByRole('link', { name: '导入能力表' })).toHaveCount(0);
  await page.goto('/centre/capabilities/import');
  await expect(page.getByText('由中心管理员导入')).toBeVisible();
  await page.context().close();
});

test('a row is written by hand: looked at, refused with its reason, stored, changed, removed', async ({ browser, troubles }) => {
  const page = await newPage(browser, {}, troubles);
  await signIn(page, 'centre');
  await page.goto('/centre/capabilities');
  await page.getByRole('link', { name: '添加一行能力' }).click();
  await page.getByLabel('仪器名称', { exact: true }).fill('示范手写千分表');
  await page.getByLabel('被测量', { exact: true }).fill('示值误差');
  await page.getByLabel('技术依据', { exact: true }).fill('JJG 34-2022');
  await page.getByLabel('测量范围', { exact: true }).fill('≥10 mm');
  await page.getByLabel('扩展不确定度', { exact: true }).fill('U=0.4 μm+2×10⁻⁶L');
  // Read while it is typed: nobody has pressed anything yet.
  await expect(page.locator('#read-as')).toContainText('只有下限、没有上限');
  await page.getByRole('button', { name: '保存', exact: true }).click();
  await expect(page.getByRole('alert')).toContainText('还不能保存');
  await expect(page.getByText('只有下限、没有上限')).toBeVisible();
  await expect(page.getByLabel('仪器名称', { exact: true })).toHaveValue('示范手写千分表');
  await page.getByLabel('测量范围', { exact: true }).fill('(0~100) mm');
  await expect(page.locator('#read-as').getByRole('img', { name: /示范手写千分表/ })).toBeVisible();
  await page.getByRole('button', { name: '看一看' }).click();
  await expect(page.getByRole('img', { name: /示范手写千分表/ })).toBeVisible();
  await expectAccessible(page);
  for (const width of [390, 1440]) {
    await page.setViewportSize({ width, height: 900 });
    await expectNoSideways(page);
  }
  await page.getByRole('button', { name: '保存', exact: true }).click();
  await expect(page.getByRole('status')).toContainText('已保存');
  await page.getByRole('link', { name: '示范手写千分表' }).click();
  await page.getByLabel('扩展不确定度', { exact: true }).fill('U=0.5 μm');
  await page.getByRole('button', { name: '保存', exact: true }).click();
  await expect(page.getByRole('row').filter({ hasText: '示范手写千分表' })).toContainText('U=0.5');
  await page.getByRole('link', { name: '示范手写千分表' }).click();
  await page.getByRole('button', { name: '删除这一行' }).click();
  await expect(page.getByRole('status')).toContainText('已删除');
  await expect(page.getByText('示范手写千分表')).toHaveCount(0);
  await page.context().close();
});
