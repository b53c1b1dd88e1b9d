import { hash, type Options, verify } from '@node-rs/argon2';

/** OWASP Password Storage Cheat Sheet: argon2id (2) with 19 MiB, two passes, one lane. */
const PARAMETERS = { algorithm: 2, memoryCost: 19_456, timeCost: 2, parallelism: 1 } satisfies Options;

/** The PHC string that is stored. One spelling of a character is one password, whatever keyboard typed it. */
export const hashPassword = (password: string): Promise<string> => hash(password.normalize('NFKC'), PARAMETERS);

let nobodys: Promise<string> | undefined;

/** Costs the same with nobody's hash as with somebody's: the time taken does not tell whether an address exists. */
export async function passwordMatches(stored: string | undefined, password: string): Promise<boolean> {
  nobodys ??= hashPassword('nobody has this password');
  const matches = await verify(stored ?? (await nobodys), password.normalize('NFKC'));
  return stored !== undefined && matches;
}
