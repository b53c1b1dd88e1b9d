import type { Page } from '@playwright/test';
import { expect, expectAccessible, expectNoSideways, newPage, signIn, test } from './support.ts';

const said = (page: Page) => page.locator('main [role=status], main [role=alert]').first();
const rowOf = (page: Page, number: string) => page.getByRole('row').filter({ hasText: number });
/** Opens what is on its way; the number of the first order that is sent in: who comes has the same step in other words. */
async function firstToReceive(page: Page): Promise<string> {
  await page.goto('/centre?tab=arriving');
  const row = page
    .locator('main tbody tr')
    .filter({ has: page.locator('button[value=receive]', { hasText: '确认收样' }) })
    .first();
  return row.locator('a.num').innerText();
}

test('an order goes from confirmed to closed from the list; that the report is out is asked, with its document', async ({
  page,
  browser,
  troubles,
}) => {
  await signIn(page, 'centre');
  const number = await firstToReceive(page);
  for (const [tab, step, state] of [
    ['arriving', 'receive', '收样'],
    ['received', 'begin', '已开始'],
    ['working', 'report', '已出具报告'],
    ['reported', 'close', '已完成'],
  ] as const) {
    await page.goto(`/centre?q=${number}`);
    if (step === 'report') await reportOut(page, number);
    else await rowOf(page, number).locator(`button[value=${step}]`).click();
    await expect(said(page)).toContainText(state);
    if (step !== 'report') await expect(page).toHaveURL(/\/centre\?q=/);
    await page.goto(`/centre?tab=${tab}`);
    await expect(rowOf(page, number)).toHaveCount(0);
  }
  await page.goto(`/centre/orders/${number}`);
  await expect(page.locator('main .chip:not(nav *)').first()).toHaveText('已完成');
  await expect(page.locator('main ol').last().locator('li')).not.toHaveCount(0);
  await expect(page.locator('#reports')).toContainText('证书.pdf');
  await expectAccessible(page);
  const href = (await page.locator('#reports a').getAttribute('href')) ?? '';
  const given = await page.request.get(href);
  expect(given.headers()['content-disposition']).toMatch(/^attachment/);
  expect(await given.body()).toEqual(REPORT);
  const stranger = await newPage(browser, {}, troubles);
  expect((await stranger.request.get(href, { maxRedirects: 0 })).status()).not.toBe(200);
  await stranger.context().close();
});

const REPORT = Buffer.from('%PDF-1.7\n示范');
/** From the list to the order, where it is asked: what is no PDF changes nothing. */
async function reportOut(page: Page, number: string) {
  await rowOf(page, number)
    .getByRole('link', { name: `出具报告 ${number}` })
    .click();
  const file = page.getByLabel('报告或证书文件');
  await file.setInputFiles({ name: '证书.pdf', mimeType: 'application/pdf', buffer: Buffer.from('<html>') });
  await page.getByLabel('确认出具').check();
  await page.getByRole('button', { name: '确认：已出具报告' }).click();
  await expect(page.getByText('只收 PDF 文件；订单没有变化').first()).toBeVisible();
  await expect(page.getByLabel('确认出具')).toBeChecked();
  await expectAccessible(page);
  await page.setViewportSize({ width: 320, height: 800 });
  await expectNoSideways(page);
  // On a phone the next step stands above the pieces.
  const [next, facts] = await Promise.all([
    page.locator('#report').boundingBox(),
    page.getByRole('heading', { name: '占用的资源' }).boundingBox(),
  ]);
  expect(next?.y).toBeLessThan(facts?.y ?? 0);
  await page.setViewportSize({ width: 1440, height: 900 });
  await file.setInputFiles({ name: '证书.pdf', mimeType: 'application/pdf', buffer: REPORT });
  await page.getByRole('button', { name: '确认：已出具报告' }).click();
}

test('who comes second is told how the order stands, also without script', async ({ page, browser, troubles }) => {
  await signIn(page, 'centre');
  const number = await firstToReceive(page);
  const second = await newPage(browser, { javaScriptEnabled: false }, troubles);
  await second.context().addCookies(await page.context().cookies());
  await second.goto('/centre?tab=arriving');
  await page.goto('/centre?tab=arriving');
  await rowOf(page, number).locator('button[value=receive]').click();
  await expect(said(page)).toContainText(number);
  await rowOf(second, number).locator('button[value=receive]').click();
  await expect(said(second)).toContainText(`${number} 刚才已有变化，现在是：已收样`);
  await expect(rowOf(second, number)).toHaveCount(0);
  await second.context().close();
});

test('the inbox is searched by buyer; nothing found says so', async ({ page }) => {
  await signIn(page, 'centre');
  await page.goto('/centre');
  const box = page.getByRole('searchbox', { name: '订单号、客户或出厂编号' });
  await box.fill('量具');
  await box.press('Enter');
  await expect(page).toHaveURL(/q=/);
  const rows = page.locator('main tbody tr');
  expect(await rows.count()).toBeGreaterThan(0);
  for (const row of await rows.all()) await expect(row.locator('td').first()).toContainText('量具');
  await page.goto('/centre?q=%25_%3Cscript%3E');
  await expect(page.getByRole('heading', { name: '没有找到订单' })).toBeVisible();
});

test('a closing time over bookings is refused with their numbers, and what was typed is kept', async ({ page }) => {
  await signIn(page, 'centre');
  await page.goto('/centre/calendar');
  const day = (ahead: number) => new Date(Date.now() + ahead * 86_400_000).toISOString().slice(0, 10);
  await page.locator('input[name=from]:not([type=hidden])').fill(`${day(1)}T00:00`);
  await page.locator('input[name=until]').fill(`${day(60)}T00:00`);
  await page.locator('input[name=reasonZh]').fill('搬迁 <b>🔧</b>');
  await page.locator('button[value=close]').click();
  await expect(page.getByRole('alert')).toContainText(/HJ-/);
  await expect(page.locator('input[name=reasonZh]')).toHaveValue('搬迁 <b>🔧</b>');
  await expect(page.locator('input[name=until]')).toHaveValue(`${day(60)}T00:00`);
});

test('one resource is closed alone, named, and opened again', async ({ page }) => {
  await signIn(page, 'centre');
  await page.goto('/centre/calendar?days=1');
  const resource = page.locator('select[name=pool] optgroup').first().locator('option').nth(1);
  const name = (await resource.textContent()) as string;
  // At night nothing is booked.
  const day = new Date(Date.now() + 86_400_000).toISOString().slice(0, 10);
  await page.goto(`/centre/calendar?days=1&from=${day}`);
  await page.locator('form[method=post] select[name=pool]').selectOption({ label: name });
  await page.locator('input[name=from]:not([type=hidden])').fill(`${day}T01:00`);
  await page.locator('input[name=until]').fill(`${day}T03:00`);
  await page.locator('input[name=reasonZh]').fill('示范检修');
  await page.locator('button[value=close]').click();
  const closed = page.getByRole('listitem').filter({ hasText: '示范检修' });
  await expect(closed).toContainText(name);
  await closed.locator('button[value=remove]').click();
  await expect(page.getByRole('listitem').filter({ hasText: '示范检修' })).toHaveCount(0);
});

test('a technician moves work on, and is told what managers do', async ({ page }) => {
  await signIn(page, 'technician');
  await page.goto('/centre/services');
  await expect(page.getByText('由中心管理员操作')).toBeVisible();
  await expect(page.locator('button[value=pause]')).toHaveCount(0);
  await page.goto('/centre/calendar');
  await expect(page.locator('button[value=close]')).toHaveCount(0);
  const number = await firstToReceive(page);
  // The form itself, as somebody would send it who has it from elsewhere.
  await page.evaluate(async (to) => {
    const form = document.createElement('form');
    form.method = 'post';
    form.action = to;
    for (const [name, value] of [
      ['intent', 'cancel'],
      ['reason', 'x'],
      ['refund', '0'],
    ] as const) {
      const input = document.createElement('input');
      input.name = name;
      input.value = value;
      form.append(input);
    }
    document.body.append(form);
    form.submit();
  }, `/centre/orders/${number}`);
  await expect(said(page)).toContainText('这一步由中心管理员来做');
  await page.locator('main button[value=receive]').click();
  await expect(said(page)).toContainText('已收样');
});

for (const width of [390, 1440])
  for (const prefix of ['', '/en'])
    test(`the centre's pages at ${width} px${prefix && ' in English'} are whole and accessible`, async ({ page }) => {
      await page.setViewportSize({ width, height: 900 });
      await signIn(page, 'centre');
      await page.goto('/centre?tab=done');
      const number = await page.locator('main a.num').first().innerText();
      for (const path of [
        '/centre',
        '/centre?tab=ended',
        '/centre?q=nothing',
        `/centre/orders/${number}`,
        '/centre/calendar',
        '/centre/services',
      ]) {
        await page.goto(prefix + path);
        await expect(page.locator('h1')).toBeVisible();
        await expectNoSideways(page);
        await expectAccessible(page);
        // A block is as long as its booking; the list below the strips leads to the same orders (WCAG 2.5.8, equivalent).
        if (path === '/centre/calendar') {
          const linked = async (of: string) =>
            [...new Set(await page.locator(of).evaluateAll((all) => all.map((a) => a.getAttribute('href'))))].sort();
          expect(await linked('main details li a')).toEqual(await linked('main .strip a'));
        }
      }
    });
