import type Stripe from 'stripe';
import { type PageWords, WORDS } from './page-words.ts';
import type { Method } from './payment-objects.ts';
import type { SessionRow } from './session-object.ts';

/** The token colours of the product, so that the simulated page does not hurt the eye beside it. */
const STYLE = `
:root{--paper:#fbfbf9;--surface:#fff;--line:#e2e4de;--line-strong:#c9cdc4;--ink:#16211f;--ink-2:#4b5753;--accent:#0b6b5d;--accent-ink:#fff;--seal:#b3261e;--seal-soft:#fbeae8;--warn:#8a5a00;--warn-soft:#fbf1dc;color-scheme:light dark}
@media (prefers-color-scheme:dark){:root{--paper:#101513;--surface:#171d1b;--line:#28302d;--line-strong:#3a4541;--ink:#eef2ef;--ink-2:#b4beb9;--accent:#57c2ae;--accent-ink:#06211c;--seal:#f0776d;--seal-soft:#3a1d1a;--warn:#e2b04f;--warn-soft:#35290f}}
*{box-sizing:border-box}
body{margin:0;background:var(--paper);color:var(--ink);font:16px/1.55 "Inter","PingFang SC","HarmonyOS Sans SC","Noto Sans CJK SC","Microsoft YaHei",system-ui,sans-serif;font-variant-numeric:tabular-nums}
main{max-width:480px;margin:0 auto;padding:24px 16px 48px;display:grid;gap:16px}
h1,h2,p,dl,dd{margin:0}h1{font-size:1.125rem}h2{font-size:1rem;font-weight:600}
.mark{background:var(--warn-soft);color:var(--warn);padding:10px 16px;text-align:center;font-weight:600}
.card{background:var(--surface);border:1px solid var(--line);border-radius:10px;padding:20px;display:grid;gap:14px}
.total{font-size:2rem;font-weight:650;line-height:1.2}.quiet{color:var(--ink-2);font-size:.875rem}
dl{display:grid;gap:10px}dl div{display:flex;justify-content:space-between;gap:16px}dt,.ref{overflow-wrap:anywhere}dd{white-space:nowrap}
.said{background:var(--seal-soft);color:var(--seal);padding:12px 16px;border-radius:6px}
form{display:grid;gap:10px}
button,.btn{min-height:44px;width:100%;padding:8px 18px;border-radius:6px;border:1px solid var(--line-strong);background:var(--surface);color:var(--ink);font:inherit;font-weight:600;cursor:pointer;display:flex;align-items:center;justify-content:center;text-decoration:none}
.go{background:var(--accent);border-color:var(--accent);color:var(--accent-ink)}
button:focus-visible,a:focus-visible,summary:focus-visible{outline:3px solid var(--accent);outline-offset:2px}
details{border-top:1px solid var(--line);padding-top:12px}summary{cursor:pointer;color:var(--ink-2);min-height:24px}details form{margin-top:12px}
`;

/** The language of the session, else what the browser prefers. */
export function pageWords(locale: string | null, acceptLanguage: string | undefined): PageWords {
  const wanted = locale === null || locale === 'auto' ? (acceptLanguage ?? '*') : locale;
  return /^\s*(zh|\*)/i.test(wanted) ? WORDS.zh : WORDS.en;
}

/** The open session: what is paid and how. */
export function paymentPage(row: SessionRow, words: PageWords, wasDeclined: boolean): string {
  const { session } = row;
  const lines = row.items.map(
    (item) => `<div><dt>${escapeHtml(item.description ?? '')} <span class="quiet">${words.quantity} ${item.quantity}</span></dt>
<dd>${money(item.amount_total, item.currency, words)}</dd></div>`,
  );
  const reference = session.client_reference_id
    ? `<p class="quiet ref">${words.reference} ${escapeHtml(session.client_reference_id)}</p>`
    : '';
  const methods = session.payment_method_types as Method[];
  const body = `${wasDeclined ? `<p class="said" role="alert">${words.declined}</p>` : ''}
<section class="card"><div><p class="quiet">${words.total}</p><p class="total">${money(session.amount_total!, session.currency!, words)}</p></div>
<dl>${lines.join('\n')}</dl>${reference}</section>
<section class="card"><h2>${words.choose}</h2>
<form method="post">${methods.map((method, index) => button(`${method} succeed`, words[method], index === 0)).join('\n')}</form>
<details><summary>${words.other}</summary><form method="post">
${button(`${methods[0]} decline`, words.decline)}
${button(`${methods.at(-1)} later_succeed`, words.later_succeed)}
${button(`${methods.at(-1)} later_fail`, words.later_fail)}
</form></details></section>
${session.cancel_url ? link(words.back, session.cancel_url) : ''}`;
  return layout(words, body);
}

/** The session that can no longer be paid, or never was. */
export function closedPage(session: Stripe.Checkout.Session | null, words: PageWords): string {
  const said = session === null ? words.missing : session.status === 'complete' ? words.complete : words.expired;
  const target = session && (session.status === 'complete' ? successAddress(session) : session.cancel_url);
  const label = session?.status === 'complete' ? words.continue : words.back;
  return layout(words, `<section class="card"><p role="status">${said}</p>${target ? link(label, target) : ''}</section>`);
}

/** Where the buyer goes after paying. */
export function successAddress(session: Stripe.Checkout.Session): string {
  // Through URL, because a header holds only ASCII.
  return new URL(session.success_url!.replaceAll('{CHECKOUT_SESSION_ID}', session.id)).href;
}

/** Only our own style runs on the page; browsers hold `form-action` against redirects too, so the merchant's own origins are named. */
export function pagePolicy(session: Stripe.Checkout.Session | null, styleHash: string): string {
  const origins = [session?.success_url, session?.cancel_url]
    .map((address) => (address ? URL.parse(address.replaceAll('{CHECKOUT_SESSION_ID}', 'id'))?.origin : undefined))
    .filter((origin) => origin !== undefined);
  return `default-src 'none'; style-src 'sha256-${styleHash}'; form-action 'self' ${[...new Set(origins)].join(' ')}; base-uri 'none'; frame-ancestors 'none'`;
}

export { STYLE as PAGE_STYLE };

function layout(words: PageWords, body: string): string {
  return `<!doctype html>
<html lang="${words.lang}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<meta name="robots" content="noindex"><title>${words.title}</title><style>${STYLE}</style></head>
<body><p class="mark">${words.notice}</p><main><h1>${words.title}</h1>
${body}
</main></body></html>`;
}

function button(value: string, label: string, primary = false): string {
  return `<button name="pay" value="${escapeHtml(value)}"${primary ? ' class="go"' : ''}>${label}</button>`;
}

function link(label: string, target: string): string {
  return `<a class="btn" href="${escapeHtml(target)}">${label}</a>`;
}

function money(minorUnits: number, currency: string, words: PageWords): string {
  const format = new Intl.NumberFormat(words.lang, { style: 'currency', currency: currency.toUpperCase() });
  const digits = format.resolvedOptions().maximumFractionDigits ?? 2;
  return escapeHtml(format.format(minorUnits / 10 ** digits));
}

function escapeHtml(text: string): string {
  const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
  return text.replace(/[&<>"']/g, (character) => entities[character]!);
}
