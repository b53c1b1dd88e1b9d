/** A park administrator: a figure opens to its days and orders; what the park lacks is listed. */
import { expect, expectAccessible, expectNoSideways, newPage, signIn, test } from './support.ts';

test('a figure opens to its days and orders; what somebody looks for in vain is counted', async ({ browser, troubles }) => {
  const buyer = await newPage(browser, {}, troubles);
  await signIn(buyer, 'sme');
  await buyer.goto(`/wanted?search=words&q=${encodeURIComponent('曲速引擎')}`);
  await buyer.locator('main form button[name="intent"][value="keep"], main form button').first().click();
  await expect(buyer).toHaveURL(/done=kept/);
  await buyer.context().close();

  const park = await newPage(browser, {}, troubles);
  await signIn(park, 'park');
  await park.goto('/park?span=26');
  const booked = park.getByRole('link', { name: /^已预约/ });
  await booked.first().click();
  await expect(park).toHaveURL(/of=equipment&span=26&back=0&view=orders/);
  await expect(park.getByRole('cell', { name: /^HJ-/ }).first()).toBeVisible();
  await park.getByRole('link', { name: '按日' }).click();
  await expect(park.getByRole('row', { name: /合计/ })).toBeVisible();
  for (const width of [320, 390, 1440]) {
    await park.setViewportSize({ width, height: 900 });
    await expectNoSideways(park);
  }
  await expectAccessible(park);
  await park.getByRole('table').getByRole('link').first().click();
  await expect(park).toHaveURL(/view=orders&day=20/);
  await expectAccessible(park);
  const [file] = await Promise.all([park.waitForEvent('download'), park.getByRole('link', { name: '导出 CSV' }).click()]);
  expect(file.suggestedFilename()).toBe('hours-orders.csv');
  expect((await park.goto('/park/hours?of=no-pool'))?.status()).toBe(404);

  await park.goto('/park');
  await park.getByRole('link', { name: '园区未满足的需求' }).click();
  await expect(park.getByRole('cell', { name: '未能识别的名称' })).toBeVisible();
  await expect(park.getByText('曲速引擎')).toHaveCount(0);
  await expectNoSideways(park);
  await expectAccessible(park);
  await park.context().close();
});
