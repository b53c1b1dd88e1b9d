/** What is said of a file before any of its rows: sheets, what is hidden, how it writes decimals. */
import { workbook } from '#tests/support/workbook.ts';
import { expect, expectAccessible, expectNoSideways, newPage, signIn, test } from './support.ts';

const HEAD = ['Kalibriergegenstand', 'Messbereich', 'Messunsicherheit', 'Verfahren'];
const several = workbook([
  {
    name: 'Länge',
    rows: [HEAD, ['Schraubmaß', '0,5 mm bis 25 mm', '1,5 µm', 'DKD-R 4-3'], ['Schraubmaß', '25 mm bis 50,5 mm', '2,5 µm', 'DKD-R 4-3']],
    hiddenRows: [3],
  },
  {
    name: 'Geräteliste der verwendeten Normale und Hilfsmittel',
    rows: [
      ['Bezeichnung', 'Inventar'],
      ['Endmaß', '17'],
    ],
  },
]);

test('a workbook of several sheets says which are read and what they hide', async ({ browser, troubles }) => {
  const page = await newPage(browser, { viewport: { width: 390, height: 844 } }, troubles);
  await signIn(page, 'centre');
  await page.goto('/en/centre/capabilities/import');
  await page
    .getByLabel('File', { exact: true })
    .setInputFiles({ name: 'scope.xls', mimeType: '', buffer: Buffer.from('<html><table></table></html>') });
  await page.getByRole('button', { name: 'Read it' }).click();
  await expect(page.getByRole('alert')).toContainText('web page or XML');
  await page.getByLabel('File', { exact: true }).setInputFiles({ name: 'scope.xlsx', mimeType: '', buffer: Buffer.from(several) });
  await page.getByRole('button', { name: 'Read it' }).click();
  const said = page.getByRole('region', { name: 'About the file' });
  await expect(said).toContainText('decimals with a comma');
  await expect(said).toContainText('Länge');
  await expect(said).toContainText('by a filter: 1.');
  await expect(said).toContainText('Hilfsmittel (not read)');
  await expectAccessible(page);
  await expectNoSideways(page);
});
