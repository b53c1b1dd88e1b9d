/** What an authenticator shares with us is kept sealed: a copy of the database alone makes no codes. */
import { createCipheriv, createDecipheriv, createHash, createHmac, hkdfSync, randomBytes } from 'node:crypto';
import type { Deps } from '#app/core/deps.ts';
import { keyFrom } from '#app/core/key-file.server.ts';

type Settings = Pick<Deps['settings'], 'accountKey' | 'dataFolder'>;

const keyFor = ({ accountKey, dataFolder }: Settings, use: string): Buffer =>
  Buffer.from(hkdfSync('sha256', keyFrom(accountKey, dataFolder, 'account.key'), '', use, 32));
const nameOf = (key: Buffer) => createHash('sha256').update(key).digest('hex').slice(0, 8);

/** AES-256-GCM, bound to the person: `<key's name>.<nonce>.<sealed>.<tag>`. */
export function sealSecret(settings: Settings, personId: string, secret: string): string {
  const key = keyFor(settings, 'second factor');
  const nonce = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(personId));
  const sealed = Buffer.concat([cipher.update(secret, 'utf8'), cipher.final()]);
  return [nameOf(key), ...[nonce, sealed, cipher.getAuthTag()].map((part) => part.toString('base64url'))].join('.');
}

/** @throws Error when it was sealed with another key, or for somebody else */
export function openSecret(settings: Settings, personId: string, text: string): string {
  const key = keyFor(settings, 'second factor');
  const [name, ...parts] = text.split('.');
  if (name !== nameOf(key))
    throw new Error('The second factor was sealed with another key: ACCOUNT_KEY, or account.key in the data folder.');
  const [nonce, sealed, tag] = parts.map((part) => Buffer.from(part, 'base64url'));
  if (!nonce || !sealed || !tag) throw new Error('The sealed second factor is damaged.');
  const decipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: 16 }).setAAD(Buffer.from(personId)).setAuthTag(tag);
  return Buffer.concat([decipher.update(sealed), decipher.final()]).toString('utf8');
}

/** A recovery code as it is stored. Without the key nobody can try codes against it. */
export const hashOfRecoveryCode = (settings: Settings, personId: string, code: string): string =>
  createHmac('sha256', keyFor(settings, 'recovery codes')).update(`${personId} ${code}`).digest('hex');
