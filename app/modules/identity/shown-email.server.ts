import { domainToUnicode } from 'node:url';

/** An address as people write it: stored as DNS has it, `info@xn--bcher-kva.example` is shown as `info@bücher.example`. */
export function shownEmail(stored: string): string {
  const at = stored.lastIndexOf('@') + 1;
  // Empty for what is no domain: that is shown as it stands.
  return stored.slice(0, at) + (domainToUnicode(stored.slice(at)) || stored.slice(at));
}
