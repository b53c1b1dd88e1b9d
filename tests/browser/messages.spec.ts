/** A firm asks a centre about a service and about its order; the centre answers on a phone; both see what is unread and what was read. */
import { expect, expectAccessible, expectNoSideways, newPage, signIn, test } from './support.ts';

const SERVICE = '/services/external-micrometer-gusu-precision';
const PDF = (text = '%PDF-1.7 图纸') => ({ name: '图纸.pdf', mimeType: 'application/pdf', buffer: Buffer.from(text) });

test('a question about a service, its answer, and a file', async ({ browser, troubles }) => {
  const phone = { viewport: { width: 390, height: 844 } };
  const buyer = await newPage(browser, phone, troubles);
  await signIn(buyer, 'sme');
  await buyer.goto(SERVICE);
  await buyer.getByRole('link', { name: '联系测试中心' }).click();
  await expectAccessible(buyer);
  await buyer.getByRole('button', { name: '发送' }).click();
  await expect(buyer.getByRole('alert')).toContainText('请填写消息内容，或添加附件');
  await buyer.getByLabel('消息内容').fill('能测 0–25 mm 吗？<script>document.title="x"</script>\n第二行');
  await buyer.getByLabel('附件').setInputFiles(PDF('<html>'));
  await buyer.getByRole('button', { name: '发送' }).click();
  await expect(buyer.getByRole('alert')).toContainText('附件只收 PDF、PNG 或 JPEG');
  await expect(buyer.getByLabel('消息内容')).toHaveValue(/第二行/);
  await expectAccessible(buyer);
  await buyer.getByLabel('附件').setInputFiles(PDF());
  await buyer.getByRole('button', { name: '发送' }).click();
  await expect(buyer).toHaveURL(/\/messages\/[\w-]+\?sent=1#latest$/);
  await expect(buyer.getByRole('status')).toContainText('消息已发送');
  await expect(buyer.getByText('<script>document.title="x"</script>')).toBeVisible();
  expect(await buyer.title()).not.toBe('x');
  for (const width of [320, 390, 1440]) {
    await buyer.setViewportSize({ width, height: 844 });
    await expectNoSideways(buyer);
  }
  await buyer.setViewportSize(phone.viewport);
  await expectAccessible(buyer);
  const address = new URL(buyer.url()).pathname;

  const centre = await newPage(browser, phone, troubles);
  await signIn(centre, 'centre');
  await centre.goto('/centre');
  await expect(centre.getByLabel(/未读/).first()).toBeVisible();
  await centre.locator('main nav').getByRole('link', { name: '消息' }).click();
  await expectAccessible(centre);
  await expectNoSideways(centre);
  await centre.getByRole('link', { name: /外径千分尺[\s\S]*1 条未读/ }).click();
  await expect(centre.getByText('能测 0–25 mm 吗？')).toBeVisible();
  const file = centre.getByRole('link', { name: '图纸.pdf' });
  const href = (await file.getAttribute('href')) ?? '';
  const sent = await centre.request.get(href);
  expect(sent.headers()['content-disposition']).toContain('attachment');
  await centre.getByLabel('消息内容').fill('能，U = 0.6 µm (k = 2)。');
  await centre.getByRole('button', { name: '发送' }).click();
  await expect(centre.getByRole('status')).toBeVisible();
  await centre.goto('/messages');
  await expect(centre.getByRole('link', { name: /外径千分尺[\s\S]*1 条未读/ })).toHaveCount(0);

  await buyer.goto('/en/messages');
  await expect(buyer.getByText('1 unread').last()).toBeVisible();
  await buyer.goto(`/en${address}`);
  await expect(buyer.getByText('read by the other side')).toBeVisible();
  await expect(buyer.getByText('能，U = 0.6 µm (k = 2)。')).toBeVisible();
  await expectAccessible(buyer);

  const stranger = await newPage(browser, {}, troubles);
  await signIn(stranger, 'otherSme');
  expect((await stranger.goto(address))?.status()).toBe(404);
  expect((await stranger.request.get(href)).status()).toBe(404);
  for (const page of [buyer, centre, stranger]) await page.context().close();
});

test('without scripts a message is written and read all the same', async ({ browser, troubles }) => {
  const page = await newPage(browser, { javaScriptEnabled: false, viewport: { width: 390, height: 844 } }, troubles);
  await signIn(page, 'otherSme');
  await page.goto('/messages');
  await page.goto(`${SERVICE}`);
  await page.getByRole('link', { name: '联系测试中心' }).click();
  await page.getByLabel('消息内容').fill('周五可以送检吗？');
  await page.getByRole('button', { name: '发送' }).click();
  await expect(page.getByText('周五可以送检吗？')).toBeVisible();
  await page.context().close();
});

test('a firm without messages is told where they come from, in both languages and themes', async ({ page }) => {
  await signIn(page, 'otherSme');
  for (const [prefix, scheme] of [
    ['', 'dark'],
    ['/en', 'light'],
  ] as const) {
    await page.emulateMedia({ colorScheme: scheme });
    for (const width of [320, 390, 1440]) {
      await page.setViewportSize({ width, height: 900 });
      for (const path of ['/messages', `/messages/begin?service=${SERVICE.slice(10)}`]) {
        await page.goto(prefix + path);
        await expectNoSideways(page);
        await expectAccessible(page);
      }
    }
  }
});
