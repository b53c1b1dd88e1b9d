/** An address of the open net (RFC 5321), its domain in letters, digits and hyphens; the last label may be an internationalized one. */
const ADDRESS = /^(?!\.)(?!.*\.\.)[\w'+.-]*[\w+-]@(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+(?:[a-z]{2,63}|xn--[a-z0-9-]{1,59})$/;
/** What cannot stand in a domain, but would end it in an address of the web. */
const NOT_OF_A_DOMAIN = /[\s\p{Cc}/\\?#@:%[\]<>^|]/u;

/**
 * An address as it is stored: trimmed, lower-cased, its domain as DNS has it (IDNA: `info@bücher.example` is
 * `info@xn--bcher-kva.example`), so that one mailbox is one account however it is written. Mail servers that know nothing of
 * other letters take that form too. Letters other than ASCII before the @ need servers that few have, and are refused.
 * @returns null for what is no whole address
 */
export function canonicalEmail(text: string): string | null {
  // Chinese keyboards give the full-width sign; the full-width dot is taken care of by IDNA.
  const plain = text.trim().replace('＠', '@').toLowerCase();
  const at = plain.lastIndexOf('@');
  const domain = asciiDomain(plain.slice(at + 1));
  const address = `${plain.slice(0, at)}@${domain}`;
  return at > 0 && domain !== null && ADDRESS.test(address) ? address : null;
}

/** The domain as the URL standard writes it (UTS 46), the same on the server and in browsers. */
function asciiDomain(domain: string): string | null {
  if (domain === '' || NOT_OF_A_DOMAIN.test(domain)) return null;
  try {
    return new URL(`http://${domain}`).hostname;
  } catch {
    return null;
  }
}
