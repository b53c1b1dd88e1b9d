/** Who plans and who keeps the money at a centre: every link leads somewhere, and no button stands there that is not theirs. */
import type { Page } from '@playwright/test';
import { expect, newPage, signInAs, test } from './support.ts';

const MANAGER = 'longhu@demo.hengji.example';
const MEMBER = 'longhu.technician@demo.hengji.example';
/** Of each kind of address so many are opened. */
const MOST_OF_A_KIND = 1;

const kindOf = (path: string) =>
  path.replace(/\?.*/, '').replace(/(HJ|FP)-[\w-]+|[0-9a-f]{8}-[0-9a-f-]{27}/g, ':id') +
  [...new URLSearchParams(path.split('?')[1]).keys()].sort().join();

/** Opens what the workspace leads to. @returns the forms' buttons by the kind of page they stand on, and what was refused */
async function walk(page: Page): Promise<{ buttons: Record<string, string[]>; refused: string[] }> {
  const buttons: Record<string, string[]> = {};
  const refused: string[] = [];
  const opened = new Map<string, number>();
  for (const queue = ['/centre']; queue.length > 0; ) {
    const path = queue.shift() as string;
    const kind = kindOf(path);
    if ((opened.get(kind) ?? 0) >= MOST_OF_A_KIND) continue;
    opened.set(kind, (opened.get(kind) ?? 0) + 1);
    // Files are taken home, not shown.
    if (/\.csv|\/(xlsx|csv|evidence)$/.test(path)) {
      const answer = await page.request.get(path);
      if (!answer.ok()) refused.push(`${answer.status()} ${path}`);
      continue;
    }
    const answer = await page.goto(path);
    if (!answer?.ok()) refused.push(`${answer?.status()} ${path}`);
    const found = await page
      .locator('main form[method=post] button')
      .evaluateAll((all) => all.map((one) => (one as HTMLButtonElement).value));
    if (found.some(Boolean)) buttons[kind] = [...new Set(found.filter(Boolean))].sort();
    const links = await page.locator('main a[href]').evaluateAll((all) => all.map((one) => one.getAttribute('href') ?? ''));
    queue.push(...links.filter((href) => /^\/(centre|members|messages|enquiries)\b/.test(href)).map((href) => href.replace(/#.*/, '')));
  }
  return { buttons, refused };
}

test('scheduler and finance are led to nothing that is not theirs', async ({ browser, page, troubles }) => {
  await signInAs(page, MANAGER);
  const member = await newPage(browser, {}, troubles);
  await signInAs(member, MEMBER);
  const become = async (role: string) => {
    await page.goto('/members');
    const row = page.locator('tr', { hasText: MEMBER });
    await row.locator('select[name=role]').selectOption(role);
    await row.getByRole('button', { name: '改角色' }).click();
    await expect(row.locator('select[name=role]')).toHaveValue(role);
  };

  await become('finance');
  const finance = await walk(member);
  expect(finance.refused).toEqual([]);
  // A link to the calendar, and leaving the centre, are everybody's; of a tax class and an invoice it is finance who says.
  for (const kind of Object.keys(finance.buttons)) expect(kind).toMatch(/^\/(centre\/(invoices|calendar\/feed)|members)/);
  await member.goto('/centre/pools');
  await member.locator('tbody a').first().click();
  await expect(member.getByLabel('周一')).toBeDisabled();

  await become('scheduler');
  const scheduler = await walk(member);
  expect(scheduler.refused).toEqual([]);
  expect(
    Object.keys(scheduler.buttons).filter((kind) => /invoices|capabilities|accreditations|firms|services\/:id$|profile/.test(kind)),
  ).toEqual([]);
  expect(scheduler.buttons['/centre/calendar']).toContain('close');
  await become('technician');
});
