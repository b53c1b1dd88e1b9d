/** What a centre sets up before it sells: pools with their hours, accreditations with their certificates. */
import { expect, expectAccessible, expectNoSideways, newPage, signIn, test } from './support.ts';

test('a pool is made, its hours put right, its resources named and taken out of sale', async ({ browser, troubles }) => {
  const page = await newPage(browser, {}, troubles);
  await signIn(page, 'centre');
  await page.goto('/centre/calendar');
  await page.getByRole('link', { name: '资源池与开放时间' }).click();
  await expectAccessible(page);
  await page.getByRole('link', { name: '新增资源池' }).click();
  await page.getByLabel('名称（中文）').fill('示范测微工位');
  await page.getByLabel('周二').fill('九点到十二点');
  await page.getByLabel('再添加几个').fill('2');
  await page.getByRole('button', { name: '保存' }).click();
  await expect(page.getByRole('alert')).toContainText('还没有保存');
  await expect(page.getByText('没读懂：每段写作')).toBeVisible();
  await expect(page.getByLabel('周二')).toHaveValue('九点到十二点');
  await expectAccessible(page);
  await page.getByLabel('周二').fill('9-12');
  await page.getByRole('button', { name: '保存' }).click();
  await expect(page.getByRole('status')).toContainText('已保存');
  await expect(page.getByLabel('周二')).toHaveValue('09:00-12:00');
  // A night is shown as it is read, in either language, and read in both.
  for (const [prefix, weekday, typed, shown] of [
    ['/en', 'Monday', '22:00 - 06:00 (+1)', '22:00-06:00 next day'],
    ['', '周一', '22:00-06:00 next day', '22:00-次日06:00'],
  ] as const) {
    await page.goto(`${prefix}${new URL(page.url()).pathname.replace(/^\/en/, '')}`);
    await page.getByLabel(weekday).fill(typed);
    await page.getByRole('button', { name: prefix ? 'Save' : '保存' }).click();
    await expect(page.getByRole('status')).toBeVisible();
    await expect(page.getByLabel(weekday)).toHaveValue(shown);
  }
  // A pool that is there says its minutes too, though they are not asked any more. Each fault has its own words.
  for (const [hours, words] of [
    ['9:10-9:50', '有一段不足 30 分钟的一整格'],
    ['12-9', '起止时间颠倒了'],
    ['9-12, 11-13', '有两段时间重叠'],
    // Monday's night ends on Tuesday at six.
    ['5-12', '与前一天的夜班重叠'],
  ] as const) {
    await page.getByLabel('周二').fill(hours);
    await page.getByRole('button', { name: '保存' }).click();
    await expect(page.getByText(words)).toBeVisible();
    await expect(page.getByLabel('周二')).toHaveValue(hours);
  }
  await page.getByLabel('周二').fill('09:00-12:00');
  await page.getByRole('button', { name: '保存' }).click();
  await expect(page.getByRole('status')).toContainText('已保存');
  const second = page.getByRole('group', { name: '第 2 个' });
  await expect(second.getByLabel('名称（中文）')).toHaveValue('示范测微工位 2');
  await second.getByLabel('有效期至').fill('2020-01-01');
  await page.getByRole('button', { name: '保存' }).click();
  for (const width of [390, 1440]) {
    await page.setViewportSize({ width, height: 900 });
    await expectNoSideways(page);
  }
  await expectAccessible(page);
  // Somebody who stands in another pool is booked once at a time: said by their name there, of one line of this pool only.
  await page.getByLabel('资源类型').selectOption('technician');
  await page.getByRole('button', { name: '保存' }).click();
  await expect(page.getByRole('status')).toContainText('已保存');
  const [first, other] = [page.getByRole('group', { name: '第 1 个' }).getByLabel('人员'), second.getByLabel('人员')];
  const someone = await first.locator('optgroup[label="其他资源池中的人员"] option').first().getAttribute('value');
  await first.selectOption(someone);
  await other.selectOption(someone);
  await page.getByRole('button', { name: '保存' }).click();
  await expect(page.getByText('同一人在一个资源池中只能列一次')).toBeVisible();
  await expect(other).toHaveValue(someone ?? '');
  await expectAccessible(page);
  await other.selectOption('');
  await page.getByRole('button', { name: '保存' }).click();
  await expect(page.getByRole('status')).toContainText('已保存');
  await expect(first).toHaveValue(someone ?? '');
  await expect(page.getByText('同一人也在：')).toBeVisible();
  await expectAccessible(page);
  for (const width of [320, 1440]) {
    await page.setViewportSize({ width, height: 900 });
    await expectNoSideways(page);
  }
  await page.goto('/en/centre/pools');
  const row = page.getByRole('row').filter({ hasText: '示范测微工位' });
  await expect(row).toContainText('1 ended');
  await expect(row).toContainText('Tuesday 09:00-12:00');
  await expectAccessible(page);
  await page.context().close();
});

test('an accreditation is entered with its certificate, which comes back as it was', async ({ browser, troubles }) => {
  const page = await newPage(browser, {}, troubles);
  await signIn(page, 'centre');
  await page.goto('/centre/accreditations');
  await expectAccessible(page);
  await page.getByRole('link', { name: '添加资质' }).click();
  await page.getByLabel('类型').selectOption('internal');
  await page.getByLabel('证书编号').fill('DEMO-INT-7');
  await page.getByLabel('生效日期').fill('2026-01-01');
  await page.getByLabel('有效期至').fill('2020-01-01');
  await page.getByRole('button', { name: '保存' }).click();
  await expect(page.getByText('有效期要晚于生效日期')).toBeVisible();
  await expect(page.getByLabel('证书编号')).toHaveValue('DEMO-INT-7');
  await page.getByLabel('有效期至').fill('2090-12-31');
  await page
    .getByLabel('证书扫描件')
    .setInputFiles({ name: 'a.pdf', mimeType: 'application/pdf', buffer: Buffer.from('<script>1</script>') });
  await page.getByRole('button', { name: '保存' }).click();
  await expect(page.getByText('只收 PDF、PNG 或 JPEG')).toBeVisible();
  await expectAccessible(page);
  const certificate = Buffer.from('%PDF-1.7\n示范');
  await page.getByLabel('证书扫描件').setInputFiles({ name: '示范证书.pdf', mimeType: 'application/pdf', buffer: certificate });
  await page.getByRole('button', { name: '保存' }).click();
  await expect(page.getByRole('status')).toContainText('资质已保存');
  const row = page.getByRole('row').filter({ hasText: 'DEMO-INT-7' });
  await expect(row).toContainText('2090年12月31日');
  const href = await row.getByRole('link', { name: '示范证书.pdf' }).getAttribute('href');
  const given = await page.request.get(href ?? '');
  expect(await given.body()).toEqual(certificate);
  expect(given.headers()['content-disposition']).toMatch(/^attachment/);
  for (const width of [390, 1440]) {
    await page.setViewportSize({ width, height: 900 });
    await expectNoSideways(page);
  }
  // Nobody else gets it.
  const other = await newPage(browser, {}, troubles);
  await signIn(other, 'otherSme');
  expect((await other.request.get(href ?? '')).status()).not.toBe(200);
  await other.context().close();
  await row.getByRole('link', { name: 'DEMO-INT-7' }).click();
  await page.getByRole('button', { name: '删除' }).click();
  await expect(page.getByRole('status')).toContainText('资质已删除');
  await page.context().close();
});

test('the month shows how full each day is, and leads to the day', async ({ browser, troubles }) => {
  const page = await newPage(browser, {}, troubles);
  await signIn(page, 'centre');
  await page.goto('/centre/calendar');
  await page.getByRole('link', { name: '月', exact: true }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('月历');
  await expect(page.locator('.month td[class^=l]').first()).toBeVisible();
  await expectAccessible(page);
  for (const width of [390, 1440]) {
    await page.setViewportSize({ width, height: 900 });
    await expectNoSideways(page);
  }
  await page.locator('.month thead a').nth(14).click();
  await expect(page).toHaveURL(/days=1/);
  await page.context().close();
});

test('a booking is moved: onto a closed day it stays where it was, onto free cells it goes', async ({ browser, troubles }) => {
  const page = await newPage(browser, {}, troubles);
  await signIn(page, 'centre');
  await page.goto('/centre?tab=arriving');
  const numbers = await page
    .locator('main a[href*="/centre/orders/HJ-"]')
    .evaluateAll((links) => links.map((link) => link.getAttribute('href') ?? ''));
  let moved = false;
  for (const href of [...new Set(numbers)].reverse()) {
    await page.goto(href);
    const summary = page.getByText('改期或换资源');
    if (!(await summary.first().isVisible())) continue;
    await summary.first().click();
    await page.getByLabel('新的开始时间').fill('2020-01-04T09:00');
    await page.getByRole('button', { name: '移动' }).click();
    await expect(page.getByText('原来的预约保留不变')).toBeVisible();
    await expect(page.getByLabel('新的开始时间')).toHaveValue('2020-01-04T09:00');
    await expectAccessible(page);
    // At its own time it can always stay.
    await page.goto(href);
    await page.getByText('改期或换资源').first().click();
    await page.getByRole('button', { name: '移动' }).click();
    await expect(page.getByRole('status')).toContainText('已移动');
    await expect(page.getByText('已改期或换资源')).toBeVisible();
    moved = true;
    break;
  }
  expect(moved).toBe(true);
  await page.context().close();
});

test('a calendar is subscribed to by a link that ends when it is replaced', async ({ browser, troubles }) => {
  const page = await newPage(browser, {}, troubles);
  await signIn(page, 'centre');
  await page.goto('/centre/calendar/feed');
  await page.getByRole('button', { name: '生成链接' }).click();
  const first = await page.getByLabel('订阅链接').inputValue();
  await expectAccessible(page);
  for (const width of [390, 1440]) {
    await page.setViewportSize({ width, height: 900 });
    await expectNoSideways(page);
  }
  const stranger = await newPage(browser, {}, troubles);
  const path = (link: string) => new URL(link).pathname;
  const given = await stranger.request.get(path(first));
  expect(given.headers()['content-type']).toContain('text/calendar');
  expect(await given.text()).toContain('BEGIN:VEVENT');
  await page.getByRole('button', { name: '换一个新链接' }).click();
  const second = await page.getByLabel('订阅链接').inputValue();
  expect((await stranger.request.get(path(first))).status()).toBe(404);
  await page.getByRole('button', { name: '停用链接' }).click();
  await expect(page.getByRole('status')).toContainText('链接已停用');
  expect((await stranger.request.get(path(second))).status()).toBe(404);
  await stranger.context().close();
  await page.context().close();
});
