/** U stated with another k, and a class or type: seen as stated and as compared wherever a need and a row meet. */
import { expect, expectAccessible, expectNoSideways, newPage, test } from './support.ts';

const RINGS = new URLSearchParams({ item: '环规', min: '3', max: '100', unit: 'mm', limit: '3', lunit: 'µm' });

test('a row at k = 3 and a need at k = 3 are compared at k = 2, and both say so', async ({ browser, troubles }) => {
  const page = await newPage(browser, {}, troubles);
  await page.goto(`/match?${RINGS}`);
  await expect(page.getByText(/中心给出 U = .*（k=3），折合 k=2 为/).first()).toBeVisible();
  await expectAccessible(page);

  // The need's own k, from the form.
  await page.getByText('加一个条件').click();
  await page.getByLabel('U 的包含因子 k 或包含概率').fill('k=3');
  await page.getByRole('button', { name: '查找可用中心' }).click();
  await expect(page).toHaveURL(/k=k%3D3/);
  await expect(page.getByText(/需求 3\s.m（k=3，折合 k=2 为 2\s.m）/).first()).toBeVisible();
  await expectAccessible(page);
  await page.getByLabel('U 的包含因子 k 或包含概率').fill('k=70');
  await page.getByRole('button', { name: '查找可用中心' }).click();
  await expect(page.getByRole('alert')).toContainText('看不出是哪个 k');

  await page.goto(`/match?${RINGS}`);
  await page.locator('article.offer h3 a').first().click();
  await expect(
    page
      .getByRole('table')
      .getByText(/U=.*\(k=3\)/)
      .first(),
  ).toBeVisible();
  await expect(
    page
      .getByRole('table')
      .getByText(/折合 k=2：U=/)
      .first(),
  ).toBeVisible();
  for (const width of [390, 1440]) {
    await page.setViewportSize({ width, height: 900 });
    await expectNoSideways(page);
  }
  await page.context().close();
});

test('a class named with the instrument is answered by rows of it; another is near', async ({ browser, troubles }) => {
  const page = await newPage(browser, {}, troubles);
  const plugs = (item: string) => `/match?${new URLSearchParams({ item, min: '2', max: '50', unit: 'mm', limit: '10', lunit: 'µm' })}`;
  await page.goto(plugs('螺纹塞规 M10'));
  await expect(page.getByText('适用于 M2~M100').first()).toBeVisible();
  await expect(page.locator('article.offer .chip', { hasText: 'M2~M100' }).first()).toBeVisible();
  await page.goto(plugs('螺纹塞规 M120'));
  await expect(page.getByText('只适用于 M2~M100，您要 M120').first()).toBeVisible();
  await page.goto(`/en/match?${new URLSearchParams({ item: 'S型热电偶', min: '500', max: '1000', unit: '°C', limit: '5', lunit: 'K' })}`);
  await expect(page.getByText(/Holds for [KNET] only; you asked S/).first()).toBeVisible();
  await expectAccessible(page);
  await page.context().close();
});
