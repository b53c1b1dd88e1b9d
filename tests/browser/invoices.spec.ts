/** A firm asks for an invoice over two orders; the centre brings it; a red letter takes it back, seen and confirmed by both. */
import { expect, expectAccessible, expectNoSideways, newPage, signIn, test } from './support.ts';

const CENTRE = '示范 · 姑苏精密计量测试中心';
const phone = { viewport: { width: 390, height: 844 } };
const bytes = (text: string) => Buffer.from(text);

test('an invoice, from the title to the red letter', async ({ browser, page, troubles }) => {
  const buyer = await newPage(browser, phone, troubles);
  await signIn(buyer, 'sme');
  await buyer.goto('/orders');
  await buyer.locator('main').getByRole('link', { name: '发票', exact: true }).click();
  await expectAccessible(buyer);

  // A title with a mistyped tax id comes back with what was typed.
  await buyer.getByRole('link', { name: '发票抬头' }).click();
  await buyer.getByRole('link', { name: '新建抬头' }).click();
  await buyer.getByLabel('单位名称').fill('苏州示例机械有限公司');
  await buyer.getByLabel('税号').fill('1100 0000 0000 0000 0t');
  await buyer.getByLabel('接收邮箱').fill('cw@example.test');
  await buyer.getByRole('button', { name: '保存抬头' }).click();
  await expect(buyer.getByRole('alert')).toContainText('校验码不对');
  await expect(buyer.getByLabel('单位名称')).toHaveValue('苏州示例机械有限公司');
  await expectAccessible(buyer);
  await buyer.getByLabel('税号').fill('1100 0000 0000 0000 0u');
  await buyer.getByRole('button', { name: '保存抬头' }).click();
  await expect(buyer.getByRole('status')).toContainText('抬头已保存');
  await expectAccessible(buyer);

  // Orders of two centres are refused, and stay ticked.
  await buyer.goto('/invoices');
  const group = (name: string) => buyer.locator('details').filter({ has: buyer.locator('summary', { hasText: name }) });
  const own = group(CENTRE);
  await own.locator('summary').click();
  const title = buyer.getByLabel('发票抬头', { exact: true });
  await title.selectOption({ label: '苏州示例机械有限公司 · 普通发票 · 11000000000000000U' });
  await own.getByRole('checkbox').nth(0).check();
  await own.getByRole('checkbox').nth(1).check();
  const far = buyer
    .locator('main details')
    .filter({ hasNot: buyer.locator('summary', { hasText: CENTRE }) })
    .first();
  await far.locator('summary').click();
  await far.getByRole('checkbox').first().check();
  await buyer.getByRole('button', { name: '申请开票' }).click();
  await expect(buyer.getByRole('alert')).toContainText('属于不同中心');
  await expect(buyer.locator('input[name=orders]:checked')).toHaveCount(3);
  await expectAccessible(buyer);
  await far.getByRole('checkbox').first().uncheck();
  await buyer.getByRole('button', { name: '申请开票' }).click();
  await expect(buyer.getByRole('status')).toContainText('申请已提交');
  for (const width of [320, 390, 1440]) {
    await buyer.setViewportSize({ width, height: 844 });
    await expectNoSideways(buyer);
  }
  await expectAccessible(buyer);
  const path = new URL(buyer.url()).pathname;
  await buyer.getByRole('link', { name: /^HJ-/ }).first().click();
  await expect(buyer.locator('#invoice')).toContainText('待开具');

  // The centre: a file of another invoice and a wrong amount are refused, then it is taken.
  const number = `26${String(Date.now()).padStart(18, '0')}`;
  const xml = (of: string) => ({
    name: '发票.xml',
    mimeType: 'text/xml',
    buffer: bytes(`<?xml version="1.0"?><EInvoice><EIid>${of}</EIid></EInvoice>`),
  });
  await signIn(page, 'centre');
  await page.goto('/centre/invoices');
  await expectAccessible(page);
  await page.getByRole('link', { name: path.split('/').at(-1) }).click();
  await expectAccessible(page);
  const due = /应为\s*[¥￥]\s*([\d,.]+)/.exec(await page.locator('main').innerText())?.[1] ?? '';
  await page.getByLabel('发票号码').fill(number);
  await page.getByLabel('价税合计').fill(due);
  await page.getByLabel('发票文件').setInputFiles(xml('26000000000000000000'));
  await page.getByRole('button', { name: '登记发票' }).click();
  await expect(page.getByRole('alert')).toContainText('另一张发票的文件');
  await expect(page.getByLabel('发票号码')).toHaveValue(number);
  await expectAccessible(page);
  await page.getByLabel('发票文件').setInputFiles(xml(number));
  await page.getByRole('button', { name: '登记发票' }).click();
  await expect(page.getByRole('status')).toContainText('已登记发票');

  // Used by the buyer, taken back by the centre, confirmed by the buyer.
  await buyer.goto(path);
  const file = (await buyer.getByRole('link', { name: '发票.xml' }).getAttribute('href')) ?? '';
  const sent = await buyer.request.get(file);
  expect(sent.headers()['content-disposition']).toContain('attachment');
  await buyer.getByRole('button', { name: '已抵扣或入账' }).click();
  await expect(buyer.getByRole('status')).toContainText('已标明发票已使用');
  await page.reload();
  await page.getByText('开票有误，须全部红冲').click();
  await page.getByRole('button', { name: '发起红字确认单' }).click();
  await expect(page.getByText(/前由购买方确认，逾期作废/)).toBeVisible();
  await expectAccessible(page);
  await page.goto('/centre/invoices/compare');
  await expect(page.getByText('红字确认单已发起，红字发票尚未开具。').first()).toBeVisible();
  await expectAccessible(page);
  await buyer.goto(`/en${path}`);
  await expectAccessible(buyer);
  await buyer.getByRole('button', { name: 'I have confirmed it in the tax bureau' }).click();
  await expect(buyer.getByText('Confirmed, to be issued')).toBeVisible();
  await page.goto(`/centre${path}`);
  await page.getByLabel('红字发票号码').fill(`${number.slice(0, -1)}${number.endsWith('0') ? '1' : '0'}`);
  await page.getByLabel('红字金额（含税）').fill(due);
  await page.getByLabel('发票文件').setInputFiles({ name: '红字.pdf', mimeType: 'application/pdf', buffer: bytes('%PDF-1.7') });
  await page.getByRole('button', { name: '登记红字发票' }).click();
  await expect(page.getByText('已全部红冲')).toBeVisible();
  await page.goto('/centre/invoices/tax');
  await expectAccessible(page);
});

test('a technician is not led to invoices', async ({ page }) => {
  await signIn(page, 'technician');
  await page.goto('/centre');
  await expect(page.locator('main nav').getByRole('link', { name: '发票' })).toHaveCount(0);
});
