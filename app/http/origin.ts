const SAFE = new Set(['GET', 'HEAD', 'OPTIONS']);

/** These are called by machines and prove themselves by a signature over the raw body. */
const SIGNED = /^\/webhooks\//;

export const isMutation = (method: string): boolean => !SAFE.has(method);
export const isSigned = (path: string): boolean => SIGNED.test(path);

/**
 * Whether a mutation comes from a page of ours. A browser always says where it comes from: by Origin, else by
 * Sec-Fetch-Site, else by Referer; who says nothing is refused.
 * @see OWASP, Cross-Site Request Forgery Prevention: verifying origin with standard headers
 */
export function comesFromOurs(headers: Record<string, string | string[] | undefined>, origins: readonly string[]): boolean {
  const { origin, referer } = headers;
  const site = headers['sec-fetch-site'];
  if (typeof origin === 'string') return origins.includes(origin);
  if (typeof site === 'string') return site === 'same-origin';
  if (typeof referer !== 'string' || !URL.canParse(referer)) return false;
  return origins.includes(new URL(referer).origin);
}
