const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

/** A new identifier in Stripe's manner, e.g. `pi_3kT…`; unguessable (24 characters of 62 are 142 bits; a session has 58). */
export function newId(prefix: string, length = 24): string {
  let id = `${prefix}_`;
  // Bytes of 248 and above would make the first letters likelier than the rest.
  while (id.length < prefix.length + 1 + length) {
    for (const byte of crypto.getRandomValues(new Uint8Array(length))) {
      if (byte < 248 && id.length < prefix.length + 1 + length) id += ALPHABET[byte % 62];
    }
  }
  return id;
}
