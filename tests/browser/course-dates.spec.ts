/** A centre announces a date of a course; a firm books seats of it; the date shows what is left, and cannot be withdrawn. */
import { expect, expectAccessible, expectNoSideways, newPage, signIn, signInAs, test } from './support.ts';

const COURSE = '课程：数字校准证书与数据接口（一天）';

test('a date of a course is announced, booked seat by seat, and full', async ({ browser, page, troubles }) => {
  await signInAs(page, 'longhu@demo.hengji.example');
  await page.goto('/centre/services?q=数字校准证书');
  await page.getByRole('link', { name: `: ${COURSE}` }).click();
  await page.getByRole('link', { name: '开课日期与座位' }).click();
  await expect(page.getByRole('heading', { name: '开课日期', exact: true })).toBeVisible();
  const announce = async (from: string, until: string, seats: string) => {
    await page.getByLabel('开始').fill(from);
    await page.getByLabel('结束').fill(until);
    await page.getByLabel('座位数').fill(seats);
    await page.getByRole('button', { name: '公布', exact: true }).click();
  };
  // The room is open on Thursdays from nine to four; a Thursday between those that are announced.
  const shown = await page.locator('main li b.num').allInnerTexts();
  const first = Math.min(
    ...(await page.locator('input[name=session]').evaluateAll((all) => all.map((one) => Number((one as HTMLInputElement).value)))),
  );
  const day = new Date(first + 7 * 86_400_000 + 8 * 3_600_000).toISOString().slice(0, 10);
  await announce(`${day}T08:00`, `${day}T12:00`, '2');
  await expect(page.getByText('开始和结束要在教室的开放时间内').first()).toBeVisible();
  await expect(page.getByLabel('座位数')).toHaveValue('2');
  await announce(`${day}T09:00`, `${day}T12:00`, '7');
  await expect(page.getByText('请填 1 到 6 的整数').first()).toBeVisible();
  await expectAccessible(page);
  await announce(`${day}T09:00`, `${day}T12:00`, '2');
  await expect(page.getByRole('status')).toContainText('日期已公布');
  await expect(page.locator('main li b.num')).toHaveCount(shown.length + 1);
  for (const width of [320, 390, 1440]) {
    await page.setViewportSize({ width, height: 900 });
    await expectNoSideways(page);
    await expectAccessible(page);
  }

  const firm = await newPage(browser, {}, troubles);
  await signIn(firm, 'sme');
  await firm.goto('/services/course-dcc-longhu-evaluation');
  const date = firm.locator('li', { hasText: '09:00–12:00' });
  await expect(date).toContainText('仅剩 2 座');
  await date.getByRole('link').click();
  await firm.getByRole('spinbutton', { name: '几人参加' }).fill('3');
  const choice = firm.getByRole('radio', { name: /09:00–12:00/ });
  await expect(choice).toBeDisabled();
  await firm.getByRole('spinbutton', { name: '几人参加' }).fill('2');
  await expect(choice).toBeEnabled();
  await choice.check();
  for (const width of [390, 1440]) {
    await firm.setViewportSize({ width, height: 900 });
    await expectNoSideways(firm);
    await expectAccessible(firm);
  }
  await firm.getByRole('button', { name: '保留时段并付款' }).click();
  await firm.waitForURL(/\/orders\/HJ-/);
  await expect(firm.locator('main')).toContainText('09:00–12:00');
  await firm.goto('/services/course-dcc-longhu-evaluation');
  await expect(firm.locator('li', { hasText: '09:00–12:00' })).toContainText('已满');

  // Who has seats stands at the date; it is not withdrawn under them.
  await page.reload();
  const booked = page.locator('main li', { hasText: '09:00–12:00' });
  await expect(booked).toContainText('剩余 0 / 2 座');
  await expect(booked.getByRole('link', { name: /HJ-.* × 2/ })).toBeVisible();
  await expect(booked.getByRole('button')).toHaveCount(0);
});
