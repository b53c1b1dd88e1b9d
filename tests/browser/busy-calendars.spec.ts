import { expect, expectAccessible, expectNoSideways, signIn, test } from './support.ts';

const DAY_MS = 86_400_000;

test('busy times of another calendar take a bench out of sale, show in the week, and come back when it is no longer read', async ({
  page,
}) => {
  await signIn(page, 'centre');
  await page.goto('/centre/pools');
  await page.locator('main table a').first().click();
  await page.getByRole('link', { name: '从日历读取忙碌时间' }).click();
  await expect(page.getByText('还没有读取任何日历')).toBeVisible();
  await expectAccessible(page);
  const form = page.getByRole('form', { name: '读取一个日历' });
  const submit = form.getByRole('button', { name: '读取' });

  await submit.click();
  await expect(form.getByRole('alert')).toContainText('只选一种');
  await form.locator('[name=url]').fill('https://127.0.0.1/private.ics');
  await submit.click();
  await expect(form.locator('[name=url]')).toHaveAttribute('aria-invalid', 'true');
  await expect(form.locator('[name=url]')).toHaveValue('https://127.0.0.1/private.ics');
  await expect(page.getByText('这个地址通向内部网络')).toBeVisible();
  await expectAccessible(page);

  await form.locator('[name=url]').fill('');
  const file = (text: string) => ({ name: '维修.ics', mimeType: 'text/calendar', buffer: Buffer.from(text) });
  await form.locator('[name=file]').setInputFiles(file('hello'));
  await submit.click();
  await expect(form.locator('[name=file]')).toHaveAttribute('aria-invalid', 'true');

  // A Wednesday some weeks ahead: whole days need no hours of the pool.
  const wednesday = new Date((Math.floor(Date.now() / DAY_MS / 7) * 7 + 6 + 28) * DAY_MS).toISOString().slice(0, 10);
  const calendar = (...events: string[]) => ['BEGIN:VCALENDAR', ...events, 'END:VCALENDAR'].join('\n');
  const event = (day: string) => `BEGIN:VEVENT\nUID:${day}\nDTSTART;VALUE=DATE:${day.replaceAll('-', '')}\nSUMMARY:激光器维修\nEND:VEVENT`;
  await form.locator('[name=file]').setInputFiles(file(calendar(event(wednesday), event('2026-13-99'))));
  await submit.click();
  await expect(page.getByRole('status')).toContainText('1 段忙碌时间');
  await expect(page.getByText('维修.ics')).toBeVisible();
  await expect(page.getByText('有 1 个日程读不懂（文件第 7 行）')).toBeVisible();
  await expect(page.getByText('激光器维修')).toHaveCount(0);
  await expectNoSideways(page);
  await expectAccessible(page);
  const here = page.url().split('?')[0] as string;

  const pool = here.split('/').at(-2);
  await page.goto(`/centre/calendar?from=${wednesday}&days=1&pool=${pool}`);
  await expect(page.locator('[title^="忙碌时间"]').first()).toBeAttached();

  await page.goto(here);
  await page.getByRole('button', { name: '停止读取' }).click();
  await expect(page.getByRole('status')).toContainText('重新开放');
  await expect(page.getByText('还没有读取任何日历')).toBeVisible();
});
