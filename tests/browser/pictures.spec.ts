import sharp from 'sharp';
import { expect, expectAccessible, newPage, signIn, test } from './support.ts';

const SERVICE = '/services/dial-gauge-gusu-precision';
const photo = () =>
  sharp({ create: { width: 2000, height: 1500, channels: 3, background: '#0b6b5c' } })
    .jpeg()
    .toBuffer();

test('pictures and documents of a service are brought with its form, kept when it comes back, and seen by everybody once published', async ({
  page,
  browser,
  troubles,
}) => {
  await signIn(page, 'centre');
  await page.goto('/centre/services');
  await page
    .locator(
      `tr:has(a[href="${SERVICE}"]) a[href*="/centre/services/"], article:has(a[href="${SERVICE}"]) a[href*="/centre/services/"], li:has(a[href="${SERVICE}"]) a[href*="/centre/services/"]`,
    )
    .first()
    .click();
  await page.waitForURL(/\/centre\/services\/[\w-]+$/);
  const form = page.url();
  const brought = page.locator('[name=brought]');
  await brought.setInputFiles([
    { name: '工位.jpg', mimeType: 'image/jpeg', buffer: await photo() },
    { name: '送检须知.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.4\n%%EOF') },
    { name: '假图.png', mimeType: 'image/png', buffer: Buffer.from('<script>alert(1)</script>') },
  ]);
  await page.locator('[name=summaryEn]').fill('Typed before the pictures came back.');
  await page.locator('button[value=upload]').click();
  await expect(page.getByText('没有保存：假图.png')).toBeVisible();
  await expect(page.locator('[name=summaryEn]')).toHaveValue('Typed before the pictures came back.');
  await expect(page.getByLabel('保留 工位.webp')).toBeChecked();
  await expectAccessible(page);
  // More than is taken at once is said before it is sent.
  await brought.setInputFiles({ name: '大.jpg', mimeType: 'image/jpeg', buffer: Buffer.alloc(9 * 1024 * 1024) });
  expect(await brought.evaluate((input: HTMLInputElement) => input.validationMessage)).toContain('8 MB');
  await brought.setInputFiles([]);
  await page.locator('button[value=publish]').click();
  await expect(page.getByRole('status')).toBeVisible();

  const visitor = await newPage(browser, {}, troubles);
  await visitor.goto(SERVICE);
  const picture = visitor.getByRole('img', { name: /图 1$/ });
  await expect(picture).toBeVisible();
  expect(await picture.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBe(1600);
  await expect(visitor.getByRole('link', { name: /送检须知\.pdf/ })).toBeVisible();
  await expectAccessible(visitor);
  const src = (await picture.getAttribute('src')) as string;
  const answer = await visitor.request.get(src);
  expect(answer.headers()).toMatchObject({ 'content-type': 'image/webp', 'x-content-type-options': 'nosniff' });

  await page.goto(form);
  await page.getByLabel('保留 工位.webp').uncheck();
  await page.locator('button[value=publish]').click();
  await expect(page.getByRole('status')).toBeVisible();
  expect((await visitor.request.get(src)).status()).toBe(404);
});

test('a reference material sells out in the list and on its page', async ({ page }) => {
  await page.goto('/search?family=reference_material');
  const soldOut = page.locator('article', { hasText: '电导率标准溶液' });
  await expect(soldOut).toContainText('已售完');
  await expect(soldOut.getByRole('link', { name: /^查看/ })).toBeVisible();
  // The filter that is on is not folded away.
  await expect(page.getByRole('checkbox', { name: '标准物质' })).toBeVisible();
  await signIn(page, 'sme');
  await page.goto('/services/ph-buffer-set-jinyun-chemistry/book?quantity=40');
  await page.locator('input[type=radio][name=startAt]').first().check({ force: true });
  await page.locator('[name=deliveryMode][value=at_centre]').check();
  await page.locator('button[name=intent][value=book]:visible').click();
  await page.waitForURL(/\/orders\/HJ-\w{4}-\w{4}\?new=1$/);
  const order = page.url();
  await page.goto('/services/ph-buffer-set-jinyun-chemistry');
  await expect(page.getByText('已售完')).toBeVisible();
  await page.goto(order);
  await page.locator('summary', { hasText: '取消订单' }).click();
  await page.locator('button[value=cancel]').click();
  await page.goto('/services/ph-buffer-set-jinyun-chemistry');
  await expect(page.getByText('已售完')).toHaveCount(0);
});

test('an old link to a service that is paused tells so, and leads to others like it', async ({ page }) => {
  await page.goto('/services/dew-point-longcheng-thermal');
  await expect(page.getByRole('heading', { name: '这项服务暂停预约' })).toBeVisible();
  await expect(page.locator('main a[href*="/services/"]')).toHaveCount(0);
  await page.locator('main a[href*="/search"]').click();
  await expect(page).toHaveURL(/\/search\?q=/);
});
