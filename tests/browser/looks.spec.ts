/** Every main page, in both languages, on a phone and a desk, in light and dark: whole, quiet and accessible. */
import { expect, expectAccessible, expectNoSideways, signIn, test } from './support.ts';

const NEED = '/match?item=%E5%A4%96%E5%BE%84%E5%8D%83%E5%88%86%E5%B0%BA&n=12&min=0&max=25&unit=mm&limit=0.5&lunit=%C2%B5m';
const SERVICE = '/services/external-micrometer-gusu-precision';

const PAGES = {
  visitor: [
    '',
    NEED,
    '/match?item=%E5%9D%A9%E5%9F%9Ax&min=5&max=1&unit=foo',
    '/search?q=%E5%8D%83%E5%88%86%E5%B0%BA',
    '/search?q=zzzz',
    SERVICE,
    `/compare?s=${SERVICE.slice(10)}&s=external-micrometer-park-general`,
    '/centres',
    '/parks',
    '/specifications',
    '/sign-in',
    '/mailbox',
  ],
  sme: [`${SERVICE}/book?quantity=12`, '/orders'],
  centre: ['/centre', '/centre/calendar', '/centre/services'],
  park: ['/park'],
} as const;

// Dark on the phone in Chinese and on the desk in English: each page is seen in both themes.
for (const [who, paths] of Object.entries(PAGES))
  for (const prefix of ['', '/en'])
    for (const width of [390, 1440])
      test(`${who} pages${prefix} at ${width} px`, async ({ page }) => {
        await page.emulateMedia({ colorScheme: (width === 390) === (prefix === '') ? 'dark' : 'light' });
        await page.setViewportSize({ width, height: 900 });
        if (who !== 'visitor') await signIn(page, who as 'sme' | 'centre' | 'park');
        for (const path of paths) {
          await test.step(path || '/', async () => {
            const answer = await page.goto(`${prefix}${path}` || '/');
            expect(answer?.status()).toBe(200);
            await expect(page.locator('h1, h2').first()).toBeVisible();
            await expectNoSideways(page);
            await expectAccessible(page);
          });
        }
      });
