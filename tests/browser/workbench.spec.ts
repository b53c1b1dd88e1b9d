/** A messy file becomes a scope: decided for many rows at once, corrected where it stands, the rest taken home, and unchanged the next time. */
import { expect, expectAccessible, expectNoSideways, newPage, signIn, test } from './support.ts';

const HEAD = ['测量仪器名称', '被测量', '规范名称及代号', '测量范围', '扩展不确定度(k=2)'];
const row = (name: string, range: string, u: string, method = 'JJF 1088-2015') => [`示范台面仪${name}`, '示值误差', method, range, u];
const ROWS = [
  ...Array.from({ length: 12 }, (_, i) => row(`甲${i}`, `(0~${i + 10}) mm`, 'U=0.5 μm')),
  ...Array.from({ length: 7 }, (_, i) => row(`乙${i}`, `≤${i + 10} mm`, 'U=0.5 μm')),
  ['二、没有规范的', '', '', '', ''],
  ...Array.from({ length: 6 }, (_, i) => row(`丙${i}`, `(0~${i + 10}) mm`, 'U=0.5 μm', '')),
  row('丁', '(0~25) mm', 'U=0.5'),
  row('戊', '看附表', 'U=0.5 μm'),
  row('己', '(0~25) mm', 'U=0.5 μm'),
  row('己', '(0~25) mm', 'U=0.7 μm'),
  row('庚', '≥10 mm', 'U=0.5 μm'),
];
const file = { name: '三十行.csv', mimeType: 'text/csv', buffer: Buffer.from([HEAD, ...ROWS].map((cells) => cells.join(',')).join('\n')) };

test('thirty messy rows: questions for many, corrections in place, the rest as a file, and unchanged when brought again', async ({
  browser,
  troubles,
}) => {
  const page = await newPage(browser, {}, troubles);
  await signIn(page, 'centre');
  const bring = async (brought: typeof file) => {
    await page.goto('/centre/capabilities/import');
    await page.getByLabel('文件', { exact: true }).setInputFiles(brought);
    await page.getByRole('button', { name: '读取' }).click();
    await expect(page.getByRole('heading', { name: '读出来的结果' })).toBeVisible();
  };
  const counted = (name: string, count: number) =>
    expect(page.getByRole('link', { name: new RegExp(`^${name}\\s*${count}$`) }).first()).toBeVisible();
  await bring(file);
  for (const [name, count] of [
    ['读懂', 13],
    ['待定', 14],
    ['没读懂', 3],
  ] as const)
    await counted(name, count);
  await expectAccessible(page);

  // One press for all rows of a kind; and back.
  await page.getByRole('button', { name: '对，这 7 行都是这样' }).click();
  await expect(page.getByRole('status')).toContainText('已记下');
  await counted('待定', 7);
  await page.getByText('已经定了的').click();
  await page.getByRole('button', { name: /^收回：测量范围/ }).click();
  await counted('待定', 14);

  // Row by row.
  await page.getByRole('link', { name: '逐行决定' }).nth(0).click();
  await expect(page.getByRole('heading', { name: '提出这个问题的行' })).toBeVisible();
  await expectAccessible(page);
  for (const answer of await page.getByRole('radio', { name: '对，就是这样' }).all()) await answer.check();
  await page.getByRole('button', { name: '记下这一页的回答' }).click();
  await counted('待定', 7);

  // A method for a section.
  await page.getByText('给许多行一次填上').click();
  await page.getByLabel('填什么').first().fill('x'.repeat(121));
  await page.getByRole('button', { name: '填上' }).nth(1).click();
  await expect(page.getByText('文字过长，请写短一些')).toBeVisible();
  await expectAccessible(page);
  await page.getByLabel('填什么').first().fill('JJF 1088-2015');
  await page.getByLabel('哪些行').selectOption({ label: '“二、没有规范的”之下的 11 行' });
  await page.getByRole('button', { name: '填上' }).nth(1).click();
  await expect(page.getByRole('status')).toContainText('已填上');
  await counted('待定', 1);

  // Corrected where it stands: first still wrong, with what was typed and why.
  await page
    .getByRole('link', { name: /^没读懂/ })
    .first()
    .click();
  await page.getByRole('link', { name: '更正第 28 行' }).click();
  await page.getByLabel('扩展不确定度', { exact: true }).fill('U=0.8');
  await page.getByRole('button', { name: '保存更正' }).click();
  await expect(page.getByRole('alert')).toContainText('单位不认识：“U=0.8”');
  await expect(page.getByLabel('扩展不确定度', { exact: true })).toHaveValue('U=0.8');
  await expectAccessible(page);
  for (const width of [390, 1440]) {
    await page.setViewportSize({ width, height: 900 });
    await expectNoSideways(page);
  }
  await page.getByLabel('扩展不确定度', { exact: true }).fill('U=0.8 μm');
  await page.getByRole('button', { name: '保存更正' }).click();
  await counted('没读懂', 2);

  // One of two that contradict each other is left out.
  await page.getByRole('link', { name: /^待定/ }).first().click();
  await page.getByRole('checkbox', { name: '选第 31 行' }).check();
  await page.getByRole('button', { name: '不收', exact: true }).click();
  await counted('不收', 1);
  await counted('待定', 0);

  const rest = await page.request.get(`${new URL(page.url()).pathname}/rest.csv`);
  const text = (await rest.body()).toString('utf8');
  expect(
    text
      .split('\r\n')
      .slice(1, -1)
      .map((line) => line.split(',').at(0)),
  ).toEqual(['示范台面仪戊', '示范台面仪己', '示范台面仪庚']);
  expect(text).toContain('只有下限');

  // What is left to do is said where the page begins.
  await expect(page.getByRole('region', { name: '读出来的结果' })).toContainText(
    '没读懂的有 2 行：可以就地更正，也可以下载带走。 其余的现在就能保存。',
  );
  await expect(page.getByText('不提供删除')).toBeVisible();
  await page.getByRole('button', { name: '保存 27 行' }).click();
  await expect(page.getByRole('status')).toContainText('新增 27');
  await expect(page.getByRole('link', { name: '新增服务' })).toBeVisible();
  await page.goto(`/centres/gusu-precision?rows=${encodeURIComponent('示范台面仪丁')}`);
  await expect(page.getByText('示范台面仪丁').first()).toBeVisible();

  const given = await page.request.get('/centre/capabilities/export.csv');
  await bring({ ...file, name: 'scope.csv', buffer: Buffer.from(await given.body()) });
  for (const name of ['待定', '没读懂', '新增', '更改', '文件中没有']) await counted(name, 0);
  await expectAccessible(page);

  // A different U is shown old beside new; the rows the file does not have are not taken for removed.
  await bring({
    ...file,
    buffer: Buffer.from(
      [HEAD, row('丁', '(0~25) mm', 'U=0.9 μm'), row('甲0', '(0~10) mm', 'U=')].map((cells) => cells.join(',')).join('\n'),
    ),
  });
  await page.getByRole('link', { name: /^更改/ }).first().click();
  await expect(page.getByRole('row').filter({ hasText: 'U=0.8 µm' })).toContainText('U=0.9 µm');
  await expect(page.getByText('可能正是没有保存的那些行')).toBeVisible();
  await expect(page.getByRole('checkbox', { name: /^删除/ })).toHaveCount(0);
  await expectAccessible(page);
  await page.context().close();
});

test('a file of headings alone says so; broken characters stand where they are', async ({ browser, troubles }) => {
  const page = await newPage(browser, {}, troubles);
  await signIn(page, 'centre');
  const bring = async (buffer: Buffer) => {
    await page.goto('/centre/capabilities/import');
    await page.getByLabel('文件', { exact: true }).setInputFiles({ name: '表.csv', mimeType: 'text/csv', buffer });
    await page.getByRole('button', { name: '读取' }).click();
  };
  await bring(Buffer.from(HEAD.join(',')));
  await expect(page.getByRole('alert')).toContainText('列名之下没有一行数据');
  await expectAccessible(page);
  const [before = '', after = ''] = row('辛', '(0~25) mm', 'U=0.5 μm').join(',').split('辛');
  await bring(Buffer.concat([Buffer.from(`${HEAD.join(',')}\n${before}`), Buffer.from([0xff]), Buffer.from(after)]));
  await expect(page.getByRole('region', { name: '关于文件' })).toContainText('损坏处显示为 \ufffd');
  await expect(page.getByRole('row').filter({ hasText: '\ufffd' })).toContainText('有损坏的字符');
  await page.context().close();
});
