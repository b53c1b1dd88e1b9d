import { timingSafeEqual } from 'node:crypto';

/** Whether the request brings the token of the settings. */
export function bearsToken(authorization: string | undefined, token: string): boolean {
  const [given, wanted] = [Buffer.from(authorization ?? ''), Buffer.from(`Bearer ${token}`)];
  return given.length === wanted.length && timingSafeEqual(given, wanted);
}
