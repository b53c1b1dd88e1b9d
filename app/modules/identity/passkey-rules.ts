/** Passkeys: how many, what they are called, how long a question to one stands, and when one is taken for copied. */

/** A phone, a laptop and a security key or two; more only make it harder to see a strange one among them. */
export const MOST_PASSKEYS = 10;
export const LONGEST_PASSKEY_NAME = 60;

/** To find the key, touch it and type its PIN. */
export const CHALLENGE_MS = 5 * 60_000;

/**
 * Whether a device may have signed so often. Many never count and always say 0; one that counts says more every time, so a number that
 * stays or goes back comes from a copy, or its copy was used before it.
 * @param kept what was said the last time
 * @see https://www.w3.org/TR/webauthn-3/#sctn-sign-counter
 */
export const counterHolds = (kept: number, said: number): boolean => (kept === 0 && said === 0) || said > kept;
