/** A centre that stands in the directory: signs up, finds its entry, proves itself; the operator accepts; it edits its entry and works. */
import type { Page } from '@playwright/test';
import { fresh, signUpAndConfirm } from './sign-up.ts';
import { expect, expectAccessible, expectNoSideways, newPage, signIn, test } from './support.ts';

const PDF = (name: string) => ({ name, mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.7 示范授权书') });

async function whole(page: Page): Promise<void> {
  await expectAccessible(page);
  for (const width of [390, 1440]) {
    await page.setViewportSize({ width, height: 900 });
    await expectNoSideways(page);
  }
}

test('from the directory to the workspace', async ({ browser, troubles }) => {
  const visitor = await newPage(browser, {}, troubles);
  await visitor.goto('/centres?q=%E7%A4%BA%E8%8C%83');
  await visitor.getByRole('link', { name: /运河计量检测站/ }).click();
  await visitor.getByRole('link', { name: '认领' }).click();
  await expect(visitor).toHaveURL(/\/sign-in\?next=%2Fcentre%2Fclaim%2F/);
  await visitor.context().close();

  const page = await newPage(browser, {}, troubles);
  const email = fresh('canal');
  await signUpAndConfirm(page, email, { kind: 'centre', name: '示范运河机构' });
  await page.goto('/centre');
  await expect(page).toHaveURL(/\/centre\/profile$/);
  await page.getByRole('searchbox', { name: '名称或城市' }).fill('扬州 运河');
  await page.getByRole('button', { name: '查找' }).click();
  await whole(page);
  await page.getByRole('link', { name: /认领: 示范 · 运河计量检测站/ }).click();
  await page.getByLabel('说明').fill('我们运营这个计量站。');
  await page.getByLabel('证明材料').setInputFiles({ ...PDF('假.pdf'), buffer: Buffer.from('<script>alert(1)</script>') });
  await page.getByRole('button', { name: '提交', exact: true }).click();
  await expect(page.getByText('只收 PDF、PNG 或 JPEG')).toBeVisible();
  await expect(page.getByLabel('说明')).toHaveValue('我们运营这个计量站。');
  await whole(page);
  await page.getByLabel('证明材料').setInputFiles([PDF('授权书.pdf'), PDF('执照.pdf')]);
  await page.getByRole('button', { name: '提交', exact: true }).click();
  await expect(page.getByText('等待核验')).toBeVisible();
  await whole(page);
  // Meanwhile the workspace is open, and what is prepared in it is hidden.
  await page.getByRole('link', { name: '核验期间先做准备' }).click();
  await expect(page.getByLabel('名称（中文）')).toHaveValue('示范 · 运河计量检测站');
  await page.getByLabel('地址（中文）').fill('运河路 1 号');
  await page.getByRole('button', { name: '保存' }).click();
  await expect(page.getByRole('status')).toContainText('只有您的机构能看到');
  await whole(page);
  await page.getByRole('link', { name: '建资源池、定开放时间' }).click();
  await expect(page).toHaveURL(/\/centre\/pools$/);
  await page.getByRole('link', { name: '能力', exact: true }).click();
  await expect(page).toHaveURL(/\/centre\/capabilities$/);
  // Nothing can be put on sale yet: that is said, and no button offers it.
  for (const path of ['/centre/services', '/centre/services/new', '/centre/services/from-scope']) {
    await page.goto(path);
    await expect(page.getByText('条目还没有公开')).toBeVisible();
    await expect(page.getByRole('button', { name: /上架/ })).toHaveCount(0);
  }
  await page.goto('/centre/services/new');
  await page.getByLabel('名称（中文）').fill('千分尺校准');
  await page.getByRole('button', { name: '保存草稿' }).click();
  await page.goto('/centre/services');
  await expect(page.getByText('千分尺校准')).toBeVisible();
  await expect(page.getByRole('checkbox')).toHaveCount(0);
  await whole(page);
  await page.goto('/centres/demo-canal-station');
  await expect(page.getByText('运河路 1 号')).toHaveCount(0);
  await page.goto('/operator');
  await expect(page.getByText('404')).toBeVisible();

  const operator = await newPage(browser, {}, troubles);
  await signIn(operator, 'operator');
  await operator.goto('/start');
  await expect(operator).toHaveURL(/\/operator$/);
  await whole(operator);
  const waiting = operator.getByRole('row', { name: /示范运河机构/ });
  await waiting.getByRole('link').click();
  await whole(operator);
  const document = operator.getByRole('link', { name: '授权书.pdf' });
  await Promise.all([operator.waitForEvent('download'), document.click()]);
  // The name as it was sent: a browser writes it as the machine's own language allows.
  const sent = await operator.request.get((await document.getAttribute('href')) ?? '');
  expect(sent.headers()['content-disposition']).toContain(encodeURIComponent('授权书.pdf'));
  await operator.getByRole('button', { name: '退回' }).click();
  await expect(operator.getByRole('alert')).toContainText('请写明退回的原因');
  await operator.getByRole('button', { name: '通过', exact: true }).click();
  await expect(operator.getByRole('status')).toContainText('已通过');
  await operator.context().close();

  await page.goto('/centre/profile');
  await expect(page.getByText('已核验')).toBeVisible();
  await expect(page.getByLabel('名称（中文）')).toHaveValue('示范 · 运河计量检测站');
  await expect(page.getByLabel('地址（中文）')).toHaveValue('运河路 1 号');
  await page.getByLabel('介绍（中文）').fill('示范介绍。');
  await page.getByRole('button', { name: '保存' }).click();
  await expect(page.getByRole('status')).toContainText('已保存');
  await page.getByRole('link', { name: '订单', exact: true }).click();
  await expect(page).toHaveURL(/\/centre$/);
  await page.goto('/en/centres/demo-canal-station');
  await expect(page.getByText('Verified', { exact: true })).toBeVisible();
  await whole(page);
  await page.context().close();
});

test('what nobody has checked says so, and can be handed in for checking', async ({ browser, troubles }) => {
  const page = await newPage(browser, {}, troubles);
  await signUpAndConfirm(page, fresh('unverified'), { kind: 'centre', name: '示范未核验中心' });
  await page.goto('/centre/profile');
  await page.getByLabel('城市（中文）').fill('苏州');
  await page.getByLabel('城市（英文）').fill('Suzhou');
  await page.getByRole('button', { name: '保存' }).click();
  await page.getByRole('link', { name: '提交核验材料' }).click();
  await expect(page.getByRole('heading', { name: '核验中心', exact: true })).toBeVisible();
  await page.getByLabel('说明').fill('我们就是这个中心。');
  await page.getByLabel('证明材料').setInputFiles(PDF('执照.pdf'));
  await page.getByRole('button', { name: '提交', exact: true }).click();
  await page.getByRole('button', { name: '撤回' }).click();
  await expect(page.getByText('已撤回')).toBeVisible();
  await page.locator('main').getByRole('link', { name: '示范未核验中心' }).click();
  await expect(page.getByText('运营方尚未核验')).toBeVisible();
  await whole(page);
  await page.context().close();
});
