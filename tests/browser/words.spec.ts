import { expect, expectAccessible, expectNoSideways, signIn, test } from './support.ts';

const search = (words: string) => `/search?${new URLSearchParams({ q: words })}`;
const need = (item: string) => `/match?${new URLSearchParams({ item })}`;

/** A dozen of the everyday searches; the whole table is tests/integration/catalogue/everyday-searches.json. */
const FIRST: [string, RegExp][] = [
  ['苏州千分尺', /千分尺/],
  ['千分尺校准', /千分尺校准/],
  ['遊標卡尺', /卡尺/],
  ['萬用表', /数字多用表/],
  ['qfc', /千分尺/],
  ['扭矩扳手', /扭矩扳子/],
  ['jjg21', /千分尺/],
  ['12把千分尺 0-25mm 苏州', /千分尺/],
  ['fluke 87V', /数字多用表/],
  ['torque wrenches', /扭矩扳子/],
  ['pressure gage', /压力表/],
  ['哪里可以校准扭力扳手', /扭矩扳子/],
];

test('everyday words find what they mean, and it stands first', async ({ page }) => {
  for (const [words, name] of FIRST) {
    await page.goto(search(words));
    await expect(page.locator('article').first().getByRole('heading'), words).toHaveText(name);
  }
});

test('what was understood of a sentence stands beside it, and what was not is said', async ({ page }) => {
  await page.goto(search('12把千分尺 0-25mm 上海'));
  const understood = page.getByRole('region', { name: '这样理解您写的内容' });
  await expect(understood).toContainText('0–25');
  await expect(understood).toContainText('没有用到：上海');
  await expect(page.getByRole('status')).toContainText('去掉了“上海”');
  await expectAccessible(page);
  await understood.getByRole('link').click();
  await expect(page.getByRole('combobox', { name: '仪器' })).toHaveValue('外径千分尺');
  await expect(page.getByRole('textbox', { name: '件数' })).toHaveValue('12');
  await expect(page.getByRole('textbox', { name: '测量范围上限' })).toHaveValue('25');
  await expect(page.getByText('没有用到：上海')).toBeVisible();
});

test('a class of a pressure gauge is a share of its span; a range without a unit is asked about', async ({ page }) => {
  await page.goto(need('压力表 1.6级 0-1.6MPa 3块 苏州 CNAS'));
  await expect(page.getByRole('textbox', { name: '允许的最大值' })).toHaveValue('0.0256');
  await expect(page.locator('select[name=by]')).toHaveValue('mpe');
  await expect(page.locator('select[name=place]')).toHaveValue('suzhou');
  await expect(page.getByText('最大允许误差为量程的 ±1.6 %')).toBeVisible();
  await expectAccessible(page);
  await page.goto(need('游标卡尺 0-150'));
  await page.getByRole('link', { name: '单位是 mm' }).click();
  await expect(page.getByRole('combobox', { name: '测量范围单位' })).toHaveValue('mm');
  await expect(page.locator('article').first()).toBeVisible();
});

test('nobody is said to fit a class that was not judged', async ({ page }) => {
  await page.goto(`/match?item=${encodeURIComponent('压力表 0.4级')}`);
  await expect(page.getByRole('heading', { name: /家待确认/ })).toBeVisible();
  await expect(page.getByRole('heading', { name: /家满足/ })).toHaveCount(0);
  await expect(page.getByText('0.4 级没有参与判断').first()).toBeVisible();
});

test('a slip of the finger is named, with what was meant', async ({ page }) => {
  await page.goto(search('千份尺'));
  await expect(page.getByRole('status')).toContainText('“千份尺”换成了“千分尺”');
  await expect(page.locator('article').first()).toBeVisible();
  await page.goto(`/en${search('micromter')}`);
  await expect(page.getByRole('status')).toContainText('“micromter” was replaced by “micrometer”');
  await expectAccessible(page);
});

test('what nobody can do is left to wait, after signing in, and can be withdrawn', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto(search('曲速引擎校验装置'));
  await expect(page.getByRole('link', { name: '按需求查找' })).toBeVisible();
  await page.getByRole('link', { name: '有中心能做时通知我' }).click();
  await expect(page).toHaveURL(/sign-in\?next=/);
  await signIn(page, 'sme');
  await page.goto(`/wanted?${new URLSearchParams({ search: 'words', q: '曲速引擎校验装置' })}`);
  await expectAccessible(page);
  await expectNoSideways(page);
  await page.getByRole('button', { name: '有中心能做时通知我' }).click();
  await expect(page.getByRole('status')).toContainText('已记下');
  const waiting = page.getByRole('listitem').filter({ hasText: '曲速引擎校验装置' });
  await expect(waiting).toBeVisible();
  await expectAccessible(page);
  await waiting.getByRole('button', { name: '取消' }).click();
  await expect(page.getByRole('status')).toContainText('已取消');
  await expect(waiting).toHaveCount(0);
});
