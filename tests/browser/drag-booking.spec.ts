/** A booking is dragged in the week of a centre; and the same by the order's form, for keyboards and where no script runs. */
import type { Page } from '@playwright/test';
import { expect, expectAccessible, expectNoSideways, newPage, signIn, test } from './support.ts';

const DAY = 86_400_000;
const dialog = (page: Page) => page.getByRole('dialog');

type Target = { number: string; from: string; to: string; pool: number; block: number; strip: number; x: number };

/**
 * The first booking of a coming week that may be dragged to a row of its pool where, at its time, nothing is (`free`) or something is,
 * or to a Sunday.
 */
async function target(page: Page, wanted: 'free' | 'taken' | 'sunday'): Promise<Target> {
  for (let ahead = 1; ahead < 6; ahead++) {
    const today = Math.floor((Date.now() + 8 * 3_600_000) / DAY);
    const monday = today - ((today + 3) % 7) + ahead * 7;
    const day = new Date(monday * DAY).toISOString().slice(0, 10);
    await page.goto(`/centre/calendar?days=7&from=${day}`);
    await page.getByRole('link', { name: '按天' }).waitFor();
    const found = await page.evaluate((kind) => {
      for (const [pool, strips] of [...document.querySelectorAll('.strips')].entries()) {
        const all = [...strips.querySelectorAll('.strip')];
        const columns = strips.querySelectorAll(':scope > b').length;
        const sunday = [...strips.querySelectorAll(':scope > b')].findIndex((head) => head.textContent?.includes('周日'));
        const names = [...strips.querySelectorAll('.strip-name')].map((name) => name.textContent ?? '');
        for (const [block, link] of [...strips.querySelectorAll<HTMLAnchorElement>('.strip > a[draggable=true]')].entries()) {
          const columnOf = (one: Element) => all.findIndex((strip) => strip.contains(one));
          const at = columnOf(link);
          const { left } = link.getBoundingClientRect();
          // A long job has a piece on every day; from Friday on it may go on in the next week.
          const pieces = [...strips.querySelectorAll(`.strip > a[href="${link.getAttribute('href')}"]`)];
          if (pieces.some((piece) => columnOf(piece) % columns > 3)) continue;
          for (const [row, to] of names.entries()) {
            const strip = row * columns + (kind === 'sunday' ? sunday : at % columns);
            const over = pieces.some((piece) => {
              const { left: begin, right: end } = piece.getBoundingClientRect();
              const there = all[row * columns + (columnOf(piece) % columns)] as Element;
              return [...there.querySelectorAll('a, .shut')].some((other) => {
                const box = other.getBoundingClientRect();
                return box.left < end - 1 && box.right > begin + 1;
              });
            });
            if (kind !== 'sunday' && (strip === at || over !== (kind === 'taken'))) continue;
            const shift = left - (all[at] as Element).getBoundingClientRect().left;
            const from = names[Math.floor(at / columns)] ?? '';
            return { number: link.pathname.split('/').at(-1) ?? '', from, to, pool, block, strip, x: shift };
          }
        }
      }
      return null;
    }, wanted);
    if (found) return found;
  }
  throw new Error(`nothing to drag: ${wanted}`);
}

async function dragTo(page: Page, { pool, block, strip, x }: Target) {
  const strips = page.locator('.strips').nth(pool);
  const link = strips.locator('.strip > a[draggable=true]').nth(block);
  await link.dragTo(strips.locator('.strip').nth(strip), { sourcePosition: { x: 4, y: 12 }, targetPosition: { x: x + 4, y: 12 } });
}

test('a booking dragged to a free row of its pool is there after a question, at its time', async ({ page }) => {
  await signIn(page, 'centre');
  const wanted = await target(page, 'free');
  const { number, to, from } = wanted;
  await dragTo(page, wanted);
  await expect(dialog(page)).toContainText(`时间不变，换到${to}？`);
  await expectAccessible(page);
  // Left as it is: nothing has been sent.
  await dialog(page).getByRole('button', { name: '保持不变' }).click();
  await expect(dialog(page)).toBeHidden();
  await dragTo(page, wanted);
  await dialog(page).getByRole('button', { name: '移动' }).click();
  await expect(page.getByRole('status')).toContainText(`${number} 已移动`);
  await expect(page).toHaveURL(/\/centre\/calendar\?.*days=7/);
  await page.goto(`/centre/orders/${number}`);
  const held = page.locator('section').filter({ has: page.getByRole('heading', { name: '占用的资源' }) });
  await expect(held).toContainText(to);
  await expect(held).not.toContainText(from);
});

test('dragged onto what is taken or closed it stays, and the page says why', async ({ page }) => {
  await signIn(page, 'centre');
  const taken = await target(page, 'taken');
  await dragTo(page, taken);
  await dialog(page).getByRole('button', { name: '移动' }).click();
  await expect(page.getByText('所选的资源或同时需要的其他资源已被占用或停用；原来的预约保留不变。')).toBeVisible();
  await expect(page.getByLabel('换到哪个资源')).toHaveValue(/\w/);
  await expectAccessible(page);
  await page.goBack();
  const closed = await target(page, 'sunday');
  await dragTo(page, closed);
  await expect(dialog(page)).toContainText(/移到 .*周日 \d\d:\d\d，.*？客户会收到通知；/);
  await dialog(page).getByRole('button', { name: '移动' }).click();
  await expect(page.getByText('原来的预约保留不变。')).toBeVisible();
  await page.goto(`/centre/orders/${closed.number}`);
  await expect(page.locator('section').filter({ has: page.getByRole('heading', { name: '占用的资源' }) })).toContainText(closed.from);
});

test('without script, or as a technician, nothing is dragged; the order’s form takes a resource too', async ({
  page,
  browser,
  troubles,
}) => {
  const technician = await newPage(browser, {}, troubles);
  await signIn(technician, 'technician');
  await technician.goto('/centre/calendar');
  await expect(technician.locator('.strips').first()).toBeVisible();
  await expect(technician.locator('a[draggable=true], [data-version], dialog')).toHaveCount(0);
  await technician.context().close();
  const plain = await newPage(browser, { javaScriptEnabled: false, viewport: { width: 390, height: 844 } }, troubles);
  await signIn(page, 'centre');
  await plain.context().addCookies(await page.context().cookies());
  const { number, to } = await target(page, 'free');
  await plain.goto(`/centre/orders/${number}`);
  await plain.locator('summary').filter({ hasText: '改期或换资源' }).click();
  const choice = plain.getByLabel('换到哪个资源');
  await expect(choice.locator('option').first()).toHaveText('自动');
  await choice.selectOption({ label: to });
  await expectNoSideways(plain);
  await plain.getByRole('button', { name: '移动' }).click();
  await expect(plain.getByRole('status')).toContainText(`${number} 已移动`);
  await plain.goto('/centre/calendar?days=7');
  await expect(plain.locator('.strips').first()).toBeVisible();
  await expect(plain.locator('#drag-hint')).toBeHidden();
  await plain.context().close();
});
