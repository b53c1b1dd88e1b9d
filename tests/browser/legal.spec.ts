/** Terms by versions: agreed to at sign-up, changed by the operator, asked for again; and how results are ordered. */
import { fillSignUp, fresh, submit } from './sign-up.ts';
import { expect, expectAccessible, expectNoSideways, newPage, signIn, test } from './support.ts';

test('terms at sign-up, a new version, and the question again', async ({ browser, troubles }) => {
  const phone = { viewport: { width: 390, height: 844 } };
  const visitor = await newPage(browser, phone, troubles);
  await visitor.goto('/sign-up');
  await fillSignUp(visitor, fresh('agrees'));
  await visitor.locator('input[name=agrees]').uncheck();
  await submit(visitor);
  await expect(visitor.getByText('注册前请阅读并同意现行的服务条款和隐私政策')).toBeVisible();
  await expectAccessible(visitor);
  await visitor.locator('input[name=password]').fill('gauge block no 12');
  await visitor.locator('input[name=agrees]').check();
  await submit(visitor);
  await visitor.waitForURL('**/check-mail');

  const operator = await newPage(browser, {}, troubles);
  await signIn(operator, 'operator');
  await operator.goto('/operator/texts');
  await expectAccessible(operator);
  await operator.getByRole('link', { name: '隐私政策: 编辑' }).click();
  await operator.getByLabel('英文文本').fill('');
  await operator.getByRole('button', { name: '保存草稿' }).click();
  await expect(operator.getByRole('alert')).toBeVisible();
  await operator.getByLabel('中文文本').fill('示范文本第二版\n\n## 新增\n\n<b>不是标记</b>');
  await operator.getByLabel('英文文本').fill('Sample, version two');
  await operator.getByRole('button', { name: '保存草稿' }).click();
  await expect(operator.getByRole('status')).toContainText('草稿已保存');
  await expect(operator.getByText('<b>不是标记</b>').last()).toBeVisible();
  await operator.getByLabel('施行日期').fill('2020-01-01');
  await operator.getByRole('button', { name: '发布第 2 版' }).click();
  await expect(operator.getByRole('alert')).toContainText('施行日期已经过去');
  await expectAccessible(operator);
  await operator.goto('/operator/texts/privacy');
  await operator.getByRole('button', { name: '发布第 2 版' }).click();
  await expect(operator.getByRole('status')).toContainText('已发布');
  for (const width of [320, 1440]) {
    await operator.setViewportSize({ width, height: 900 });
    await expectNoSideways(operator);
  }

  const member = await newPage(browser, phone, troubles);
  await signIn(member, 'otherSme');
  await member.goto('/centres');
  await expect(member.getByText('服务条款或隐私政策有新版本')).toBeVisible();
  await expectAccessible(member);
  await member.getByRole('link', { name: '阅读并同意' }).click();
  await expect(member.getByText('示范文本第二版')).toBeVisible();
  await expectAccessible(member);
  await member.getByRole('button', { name: '已阅读并同意' }).click();
  await expect(member.getByRole('status')).toContainText('已记录您的同意');
  await member.goto('/centres');
  await expect(member.getByText('服务条款或隐私政策有新版本')).toHaveCount(0);
  await member.goto('/privacy?version=1');
  await expect(member.getByText('您看的不是现行版本')).toBeVisible();
  for (const page of [visitor, operator, member]) await page.context().close();
});

test('the pages in both languages and themes, at every width', async ({ page }) => {
  for (const [prefix, colorScheme] of [
    ['', 'light'],
    ['/en', 'dark'],
  ] as const) {
    await page.emulateMedia({ colorScheme });
    for (const path of ['/terms', '/help', '/imprint', '/ordering']) {
      await page.goto(prefix + path);
      await expectAccessible(page);
      for (const width of [320, 390, 1440]) {
        await page.setViewportSize({ width, height: 900 });
        await expectNoSideways(page);
      }
    }
  }
  await page.goto('/search?q=千分尺');
  await page.locator('main').getByRole('link', { name: '如何排序' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('排序说明');
});
