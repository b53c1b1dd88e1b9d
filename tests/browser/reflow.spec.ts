/**
 * Case `reflow-header` (WCAG 2.2, 1.4.10): no page makes anybody scroll sideways at 320 px, whoever is signed in, and none has a fault a machine
 * can see. Every page there is has been looked at in the end.
 */
import { type ACCOUNTS, expect, expectAccessible, signIn, test } from './support.ts';
import { PAGES } from './unexpected.ts';

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
/** Whose the pages under an address are; all others are everybody's. */
const OWNERS = [
  [/^\/centre(\/|$)/, 'centre'],
  [/^\/park(\/|$)/, 'park'],
  [/^\/operator(\/|$)/, 'operator'],
  [/^\/(orders|invoices|messages|enquiries|account|members|offers|waiting)(\/|$)/, 'sme'],
] as const;
const ownerOf = (path: string) => OWNERS.find(([under]) => under.test(path))?.[1] ?? 'visitor';
/**
 * Pages that are not reached by a link of the demonstration: letters lead to them, a form does, or what they show is not in it. Their own
 * specs look at them.
 */
const ELSEWHERE = new Set([
  '/*',
  '/sign-out',
  '/start',
  '/check-mail',
  '/verify/:token',
  '/reset/:token',
  '/invitation/:token',
  '/second-factor',
  '/agree',
  '/switch-organisation',
  '/passkey-options',
  '/messages/begin',
  '/messages/:id',
  '/enquiries/:id',
  '/orders/:number/paid',
  '/centre/claim/:slug',
  '/centre/capabilities/import/:id',
  '/centre/pools/:id/calendars',
  '/centre/services/:id/dates',
]);
/** Pages everybody sees are walked as a visitor; signed in, one's own. */
const OWN = /^(\/en)?\/(centre|orders|invoices|messages|enquiries|park|operator|account|members)(\/|$)/;

/** Addresses with nothing named in them first: `…/services/new` is no service. */
const PATTERNS = [...PAGES]
  .sort((a, b) => a.split(':').length - b.split(':').length)
  .map((page) => ({ page, matches: new RegExp(`^${page.replace(/:\w+/g, '[^/]+')}$`) }));

/** Pages of one kind have the same address but for what is named in it: one of each kind is looked at. */
function kindOf({ pathname }: URL): string {
  const path = pathname.replace(/^\/en(?=\/|$)/, '') || '/';
  return PATTERNS.find(({ page, matches }) => page !== '/*' && matches.test(path))?.page ?? path;
}

for (const [who, roots] of Object.entries(ROOTS))
  for (const prefix of ['', '/en'])
    test(`pages of ${who}${prefix} at 320 px`, async ({ page, baseURL, troubles }) => {
      test.setTimeout(300_000);
      await page.setViewportSize({ width: 320, height: 640 });
      if (who !== 'visitor') await signIn(page, who as keyof typeof ACCOUNTS);
      const own = PAGES.filter((page) => ownerOf(page) === who && !ELSEWHERE.has(page));
      const paths = [...new Set([...roots, ...own.filter((page) => !page.includes(':'))])];
      const waiting = paths.map((path) => new URL(prefix + path, baseURL));
      const seen = new Set(waiting.map(kindOf));
      const wide: string[] = [];
      for (let address = waiting.shift(); address; address = waiting.shift()) {
        await page.goto(address.href);
        await expectAccessible(page);
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
      expect(own.filter((page) => !seen.has(page))).toEqual([]);
      // An address that leads nowhere says so in the console as well.
      troubles.length = 0;
    });
