/** Case `reflow-header` (WCAG 2.2, 1.4.10): no page makes anybody scroll sideways at 320 px, whoever is signed in. */
import { type ACCOUNTS, expect, signIn, test } from './support.ts';

const ROOTS: Partial<Record<keyof typeof ACCOUNTS | 'visitor', string[]>> = {
  visitor: [
    '/',
    '/search',
    '/search?q=千分尺',
    '/match',
    '/match?item=千分尺&n=12&min=0&max=25&unit=mm&limit=0.5&lunit=µm',
    '/sign-in',
    '/sign-up',
    '/forgot',
    '/mailbox',
    '/no-such-page',
  ],
  sme: [
    '/',
    '/orders',
    '/orders?q=千分尺&from=2026-11-02&until=2026-10-01',
    '/messages',
    '/account',
    '/members',
    '/services/external-micrometer-gusu-precision/book?quantity=12',
  ],
  centre: [
    '/centre',
    '/account',
    '/members',
    '/centre/pools',
    '/centre/capabilities',
    '/centre/services',
    '/centre/calendar',
    '/centre/today',
  ],
  technician: ['/centre', '/centre/today', '/centre/calendar', '/centre/capabilities', '/account'],
  park: ['/park', '/park/hours', '/park/hours?view=orders', '/park/needs', '/account'],
  operator: ['/operator', '/account', '/parks'],
};
const MOST_PAGES = 60;
/** Pages everybody sees are walked as a visitor; signed in, one's own. */
const OWN = /^(\/en)?\/(centre|orders|invoices|messages|park|operator|account|members)(\/|$)/;

/** Pages of one kind have the same address but for what is named in it: one of each kind is looked at. */
function kindOf({ pathname }: URL): string {
  const segments = pathname.replace(/^\/en(?=\/|$)/, '').split('/');
  return segments
    .map((segment, i) => (/\d/.test(segment) || /^(centres|parks|services|claim)$/.test(segments[i - 1] ?? '') ? '*' : segment))
    .join('/');
}

for (const [who, roots] of Object.entries(ROOTS))
  for (const prefix of ['', '/en'])
    test(`pages of ${who}${prefix} at 320 px`, async ({ page, baseURL, troubles }) => {
      test.setTimeout(300_000);
      await page.setViewportSize({ width: 320, height: 640 });
      if (who !== 'visitor') await signIn(page, who as keyof typeof ACCOUNTS);
      const waiting = roots.map((path) => new URL(prefix + path, baseURL));
      const seen = new Set(waiting.map(kindOf));
      const wide: string[] = [];
      let looked = 0;
      for (let address = waiting.shift(); address && looked < MOST_PAGES; address = waiting.shift()) {
        await page.goto(address.href);
        looked++;
        const { over, culprits, links } = await page.evaluate(() => {
          const past = document.documentElement.scrollWidth - window.innerWidth;
          const sticksOut = (one: Element) => one.getBoundingClientRect().right > window.innerWidth + 1;
          const out = past > 0 ? [...document.querySelectorAll('body *')].filter(sticksOut) : [];
          return {
            over: past,
            culprits: out.slice(0, 3).map((one) => one.outerHTML.slice(0, 120)),
            links: [...document.querySelectorAll<HTMLAnchorElement>('a[href]:not([download])')].map((link) => link.href),
          };
        });
        if (over > 0) wide.push(`${address.pathname}${address.search} +${over}: ${culprits.join(' | ')}`);
        for (const url of links.map((link) => new URL(link))) {
          const inLanguage = /^\/en(\/|$)/.test(url.pathname) === (prefix === '/en');
          if (
            url.origin !== address.origin ||
            !inLanguage ||
            /\.\w+$|export|\/files\/|\/evidence$|\/certificate$/.test(url.pathname) ||
            seen.has(kindOf(url))
          )
            continue;
          if (who !== 'visitor' && !OWN.test(url.pathname)) continue;
          seen.add(kindOf(url));
          waiting.push(url);
        }
      }
      expect(wide).toEqual([]);
      expect(looked).toBeGreaterThan(2);
      // An address that leads nowhere says so in the console as well.
      troubles.length = 0;
    });
