import type { Settings } from '#app/core/settings.ts';

/** Where a form may lead besides the site itself: a POST that answers with a redirect to the payment page. */
function checkoutOrigins({ stripe, emulatorPort }: Settings): string {
  return stripe ? 'https://checkout.stripe.com' : `http://localhost:${emulatorPort} http://127.0.0.1:${emulatorPort}`;
}

/**
 * The same for every answer but the nonce.
 * Scripts: `'self'` beside the nonce and no 'strict-dynamic', because Remix preloads its modules by links that carry no nonce.
 * Styles: pages drawn on the server place things by style attributes (charts, calendars); style elements need the nonce.
 */
export function securityHeaders(settings: Settings, { development = false } = {}): (nonce: string) => [string, string][] {
  const [before, between, after] = [
    "default-src 'self'; script-src 'self' 'nonce-",
    `'; style-src 'self' ${development ? "'unsafe-inline'" : "'nonce-"}`,
    [
      development ? '' : "'",
      "; style-src-attr 'unsafe-inline'; img-src 'self' data:; font-src 'self'",
      `; connect-src 'self'${development ? ' ws:' : ''}; form-action 'self' ${checkoutOrigins(settings)}`,
      "; frame-ancestors 'none'; base-uri 'none'; object-src 'none'",
      settings.origin.startsWith('https:') ? '; upgrade-insecure-requests' : '',
    ].join(''),
  ];
  const fixed: [string, string][] = [
    ['X-Content-Type-Options', 'nosniff'],
    ['Referrer-Policy', 'strict-origin-when-cross-origin'],
    ['Permissions-Policy', 'camera=(), microphone=(), geolocation=(), payment=(), usb=()'],
    ['Cross-Origin-Opener-Policy', 'same-origin'],
    ['Cross-Origin-Resource-Policy', 'same-origin'],
  ];
  // Two years, as the preload list asks; only where the site is reached over TLS at all.
  if (settings.origin.startsWith('https:')) fixed.push(['Strict-Transport-Security', 'max-age=63072000; includeSubDomains']);
  return (nonce) => [['Content-Security-Policy', `${before}${nonce}${between}${development ? '' : nonce}${after}`], ...fixed];
}
