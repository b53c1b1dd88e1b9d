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
  await expect(page.getByText('有 1 个日程读不出是什么时间（文件第 7 行）')).toBeVisible();
  await expect(page.getByText('激光器维修')).toHaveCount(0);
  await expectNoSideways(page);
  await expectAccessible(page);
  // What is refused next is not said to be read.
  await form.locator('[name=file]').setInputFiles(file('hello'));
  await submit.click();
  await expect(form.getByRole('alert')).toContainText('没有读取');
  await expect(page.getByRole('status')).toHaveCount(0);
  const here = page.url().split('?')[0] as string;

  const pool = here.split('/').at(-2);
  await page.goto(`/centre/calendar?from=${wednesday}&days=1&pool=${pool}`);
  await expect(page.locator('[title^="忙碌时间"]').first()).toBeAttached();

  await page.goto(here);
  await page.getByRole('button', { name: '停止读取' }).click();
  await expect(page.getByRole('status')).toContainText('重新开放');
  await expect(page.getByText('还没有读取任何日历')).toBeVisible();
});

/** A Tuesday some weeks ahead, as calendars write it, so many days later. */
const day = (later = 0) =>
  new Date((Math.floor(Date.now() / DAY_MS / 7) * 7 + 5 + 28 + later) * DAY_MS).toISOString().slice(0, 10).replaceAll('-', '');
const feed = (...lines: string[]) => ['BEGIN:VCALENDAR', 'VERSION:2.0', ...lines, 'END:VCALENDAR', ''].join('\r\n');

/** In the forms these programs write, each with something in it that is not clear. */
const FEEDS = {
  'google.ics': {
    text: feed(
      ...[
        'PRODID:-//Google Inc//Google Calendar 70.9054//EN',
        'CALSCALE:GREGORIAN',
        'METHOD:PUBLISH',
        'X-WR-CALNAME:三坐标',
        'X-WR-TIMEZONE:Asia/Shanghai',
      ],
      ...['BEGIN:VEVENT', `DTSTART:${day()}T010000Z`, `DTEND:${day()}T030000Z`, `DTSTAMP:${day(-40)}T000000Z`, 'UID:4l0abc@google.com'],
      ...[
        'DESCRIPTION:<b>激光器</b>维修\\n第二行很长很长很长很长很长很长很长很长很长很长',
        '  折行之后',
        'LAST-MODIFIED:20260101T000000Z',
        'SEQUENCE:1',
      ],
      ...['STATUS:CONFIRMED', 'SUMMARY:激光器维修', 'TRANSP:OPAQUE', 'END:VEVENT'],
      ...[
        'BEGIN:VEVENT',
        `DTSTART;VALUE=DATE:${day(1)}`,
        `DTEND;VALUE=DATE:${day(2)}`,
        'UID:5m1abc@google.com',
        'SUMMARY:激光器维修',
        'END:VEVENT',
      ],
      ...['BEGIN:VEVENT', `DTSTART:${day(2)}T010000Z`, `DTEND:${day(2)}T010000Z`, 'UID:6n2abc@google.com', 'SUMMARY:提醒', 'END:VEVENT'],
    ),
    times: 2,
    told: ['没有结束时间，或与开始时间相同'],
  },
  'outlook.ics': {
    text: feed(
      ...['PRODID:-//Microsoft Corporation//Outlook 16.0 MIMEDIR//EN', 'METHOD:PUBLISH', 'X-MS-OLK-FORCEINSPECTOROPEN:TRUE'],
      ...['BEGIN:VTIMEZONE', 'TZID:(UTC+08:00) Beijing\\, Chongqing\\, Hong Kong\\, Urumqi', 'BEGIN:STANDARD', 'DTSTART:16010101T000000'],
      ...['TZOFFSETFROM:+0800', 'TZOFFSETTO:+0800', 'END:STANDARD', 'END:VTIMEZONE'],
      ...['BEGIN:VEVENT', 'CLASS:PUBLIC', `DTSTART;TZID="(UTC+08:00) Beijing, Chongqing, Hong Kong, Urumqi":${day()}T090000`],
      ...[`DTEND;TZID="(UTC+08:00) Beijing, Chongqing, Hong Kong, Urumqi":${day()}T110000`, 'RRULE:FREQ=WEEKLY;COUNT=2;BYDAY=TU'],
      ...['UID:040000008200E00074C5B7101A82E008', 'X-MICROSOFT-CDO-BUSYSTATUS:OOF', 'SUMMARY:激光器维修', 'TRANSP:OPAQUE', 'END:VEVENT'],
      ...['BEGIN:VEVENT', `DTSTART;TZID=Customized Time Zone:${day(3)}T090000`, `DTEND;TZID=Customized Time Zone:${day(3)}T100000`],
      ...['UID:2', 'X-MICROSOFT-CDO-BUSYSTATUS:TENTATIVE', 'END:VEVENT'],
    ),
    times: 3,
    told: ['不认识时区“Customized Time Zone”，按本中心的时钟计'],
  },
  'exchange.ics': {
    text: feed(
      ...['METHOD:PUBLISH', 'PRODID:Microsoft Exchange Server 2010', 'X-WR-CALNAME:日历'],
      ...['BEGIN:VEVENT', `DTSTART;TZID=China Standard Time:${day()}T140000`, `DTEND;TZID=China Standard Time:${day()}T150000`, 'UID:1'],
      ...[`RRULE:FREQ=WEEKLY;UNTIL=${day(14)}T060000Z;INTERVAL=1;BYDAY=TU;WKST=SU`, `EXDATE;TZID=China Standard Time:${day(7)}T140000`],
      ...['SEQUENCE:0', 'X-MICROSOFT-CDO-APPT-SEQUENCE:0', 'X-MICROSOFT-CDO-BUSYSTATUS:BUSY', 'END:VEVENT'],
      ...[
        'BEGIN:VEVENT',
        `DTSTART;TZID=China Standard Time:${day(2)}T140000`,
        `DTEND;TZID=China Standard Time:${day(2)}T130000`,
        'UID:2',
        'END:VEVENT',
      ],
      ...['BEGIN:VEVENT', 'SUMMARY:激光器维修', 'UID:3', 'X-MICROSOFT-CDO-BUSYSTATUS:BUSY', 'END:VEVENT'],
    ),
    times: 3,
    told: ['结束时间读不出，或者早于开始', '有 1 个日程读不出是什么时间'],
  },
};

test('feeds of Google, Outlook and Exchange: their times are read, and what was assumed stands beside them', async ({ page }) => {
  await signIn(page, 'centre');
  await page.goto('/centre/pools');
  await page.locator('main table a').first().click();
  await page.getByRole('link', { name: '从日历读取忙碌时间' }).click();
  const form = page.getByRole('form', { name: '读取一个日历' });
  for (const [name, { text, times, told }] of Object.entries(FEEDS)) {
    await form.locator('[name=file]').setInputFiles({ name, mimeType: 'text/calendar', buffer: Buffer.from(text) });
    await form.getByRole('button', { name: '读取' }).click();
    await expect(page.getByRole('status')).toContainText(`${times} 段忙碌时间`);
    await page.reload();
    const row = page.getByRole('row').filter({ hasText: name });
    await expect(row).toContainText(`${times} 段`);
    for (const words of told) await expect(row).toContainText(words);
  }
  await expect(page.locator('main')).not.toContainText('激光器维修');
  await expectNoSideways(page);
  await expectAccessible(page);
  for (let left = Object.keys(FEEDS).length; left > 0; left--) {
    await page.getByRole('button', { name: '停止读取' }).first().click();
    await expect(page.getByRole('status')).toContainText('重新开放');
  }
});
