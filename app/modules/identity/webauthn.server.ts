/** The protocol of passkeys, by its library, which nothing outside this file knows. It is loaded when the first passkey is. */
import { z } from 'zod';
import type { Deps } from '#app/core/deps.ts';
import type { passkey } from '#db/schema/identity.ts';
import { CHALLENGE_MS } from './passkey-rules.ts';

type Settings = Pick<Deps['settings'], 'origin'>;
type Passkey = typeof passkey.$inferSelect;
type Known = Pick<Passkey, 'credentialId' | 'transports'>;

const library = () => import('@simplewebauthn/server');
/** Passkeys belong to the host name; signed is the whole origin. */
const siteOf = ({ origin }: Settings) => ({ expectedOrigin: origin, expectedRPID: new URL(origin).hostname });

const BASE64URL = /^[A-Za-z0-9_-]*$/;
/** The longest part, an attestation, stays under a few kilobytes when none is asked for. */
const MOST_TEXT = 16_384;
const part = z.string().max(MOST_TEXT).regex(BASE64URL);
const TRANSPORTS = ['ble', 'cable', 'hybrid', 'internal', 'nfc', 'smart-card', 'usb'] as const;
type Transport = (typeof TRANSPORTS)[number];
const isTransport = (text: string): text is Transport => TRANSPORTS.some((one) => one === text);
const credential = { id: part.min(1), rawId: part.min(1), type: z.literal('public-key') };
/** What the browser made of it (`toJSON`): what else it says is left. */
const madeForm = z.object({
  ...credential,
  response: z.object({ clientDataJSON: part, attestationObject: part, transports: z.array(z.string().max(20)).max(10).optional() }),
});
const shownForm = z.object({
  ...credential,
  response: z.object({ clientDataJSON: part, authenticatorData: part, signature: part, userHandle: part.nullish() }),
});

/** @returns nothing for what is no such answer */
function readJson<T>(form: z.ZodType<T>, text: string): T | undefined {
  if (text.length > 3 * MOST_TEXT) return undefined;
  try {
    return form.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}

/** Without any, a device offers whichever it has. */
const described = (known: readonly Known[]) =>
  known.map(({ credentialId, transports }) => ({ id: credentialId, transports: transports.filter(isTransport) }));

/** What the browser is asked for a new passkey. Who holds the device shows it to be theirs (PIN, finger, face): a found key opens nothing. */
export async function optionsToMake(settings: Settings, { id, email, name }: { id: string; email: string; name: string }, known: Known[]) {
  const { generateRegistrationOptions } = await library();
  return generateRegistrationOptions({
    rpName: 'Hengji',
    rpID: siteOf(settings).expectedRPID,
    userID: new TextEncoder().encode(id),
    userName: email,
    userDisplayName: name,
    timeout: CHALLENGE_MS,
    attestationType: 'none',
    excludeCredentials: described(known),
    authenticatorSelection: { residentKey: 'preferred', userVerification: 'required' },
  });
}

/** What the browser is asked to show one of these passkeys. */
export async function optionsToShow(settings: Settings, known: Known[]) {
  const { generateAuthenticationOptions } = await library();
  return generateAuthenticationOptions({
    rpID: siteOf(settings).expectedRPID,
    timeout: CHALLENGE_MS,
    allowCredentials: described(known),
    userVerification: 'required',
  });
}

/** None is asked for, so a browser sends none, or one by the new key itself: certificates of makers are not read. */
const FORMATS = ['none', 'packed'];

/** @returns the new passkey; nothing when the answer is to another question, of another site, unverified or damaged */
export async function readMade(settings: Settings, challenge: string, text: string) {
  const response = readJson(madeForm, text);
  if (!response) return undefined;
  const { verifyRegistrationResponse } = await library();
  const { decodeAttestationObject, isoBase64URL } = await import('@simplewebauthn/server/helpers');
  try {
    const statement = decodeAttestationObject(isoBase64URL.toBuffer(response.response.attestationObject));
    if (!FORMATS.includes(statement.get('fmt'))) return undefined;
    const transports = (response.response.transports ?? []).filter(isTransport);
    const { registrationInfo } = await verifyRegistrationResponse({
      response: { ...response, response: { ...response.response, transports }, clientExtensionResults: {} },
      expectedChallenge: challenge,
      ...siteOf(settings),
      requireUserVerification: true,
    });
    if (!registrationInfo) return undefined;
    const { id, publicKey, counter } = registrationInfo.credential;
    return { credentialId: id, publicKey: isoBase64URL.fromBuffer(publicKey), counter, transports: transports as string[] };
  } catch {
    return undefined; // every way in which an answer can be wrong, the library throws
  }
}

/** Which passkey an answer says it is by. */
export const namedCredential = (text: string): string | undefined => readJson(shownForm, text)?.id;

/** @returns what the device counts; nothing when the answer is to another question, of another site or key, unverified or damaged */
export async function readShown(
  settings: Settings,
  challenge: string,
  { credentialId, publicKey }: Passkey,
  text: string,
): Promise<{ counter: number } | undefined> {
  const response = readJson(shownForm, text);
  if (!response) return undefined;
  const { userHandle: _, ...signed } = response.response;
  const { verifyAuthenticationResponse } = await library();
  const { isoBase64URL } = await import('@simplewebauthn/server/helpers');
  try {
    const { verified, authenticationInfo } = await verifyAuthenticationResponse({
      response: { ...response, response: signed, clientExtensionResults: {} },
      expectedChallenge: challenge,
      ...siteOf(settings),
      requireUserVerification: true,
      // The counter is judged by our own rule, which tells a copy from a wrong answer.
      credential: { id: credentialId, publicKey: isoBase64URL.toBuffer(publicKey), counter: 0 },
    });
    return verified ? { counter: authenticationInfo.newCounter } : undefined;
  } catch {
    return undefined;
  }
}
