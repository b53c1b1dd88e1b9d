/** A device that makes and shows passkeys, in software: what a browser and an authenticator do together, honest or not as the test wants. */
import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto';
import { isoCBOR } from '@simplewebauthn/server/helpers';

/** How a dishonest one differs. */
type Differs = { origin?: string; rpId?: string; type?: string; verified?: boolean; counter?: number; challenge?: string; format?: string };

const base64url = (bytes: Uint8Array | string) => Buffer.from(bytes as Uint8Array).toString('base64url');
const sha256 = (bytes: Uint8Array | string) => createHash('sha256').update(bytes).digest();

export class Authenticator {
  readonly id = randomBytes(32);
  readonly #keys = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  counter = 0;
  readonly origin: string;
  readonly counts: boolean;

  /** @param counts whether it counts its signatures */
  constructor(origin: string, counts = true) {
    this.origin = origin;
    this.counts = counts;
  }

  get privateKey(): KeyObject {
    return this.#keys.privateKey;
  }

  #clientData(type: string, challenge: string, differs: Differs) {
    const said = {
      type: differs.type ?? type,
      challenge: differs.challenge ?? challenge,
      origin: differs.origin ?? this.origin,
      crossOrigin: false,
    };
    return Buffer.from(JSON.stringify(said));
  }

  #facts(differs: Differs, made?: Buffer) {
    const rpId = differs.rpId ?? new URL(this.origin).hostname;
    if (this.counts) this.counter++;
    const count = Buffer.alloc(4);
    count.writeUInt32BE(differs.counter ?? this.counter);
    // Present; verified unless the test says otherwise; a new key follows.
    const flags = 0x01 | (differs.verified === false ? 0 : 0x04) | (made ? 0x40 : 0);
    return Buffer.concat([sha256(rpId), Buffer.from([flags]), count, made ?? Buffer.alloc(0)]);
  }

  /** Answers `navigator.credentials.create`. */
  make(challenge: string, differs: Differs = {}): string {
    const { x = '', y = '' } = this.#keys.publicKey.export({ format: 'jwk' });
    const key = isoCBOR.encode(
      new Map<number, number | Uint8Array>([
        [1, 2],
        [3, -7],
        [-1, 1],
        [-2, Buffer.from(x, 'base64url')],
        [-3, Buffer.from(y, 'base64url')],
      ]),
    );
    const length = Buffer.alloc(2);
    length.writeUInt16BE(this.id.length);
    const authData = this.#facts(differs, Buffer.concat([Buffer.alloc(16), length, this.id, key]));
    const statement = isoCBOR.encode(
      new Map<string, string | Uint8Array | Map<string, never>>([
        ['fmt', differs.format ?? 'none'],
        ['attStmt', new Map<string, never>()],
        ['authData', new Uint8Array(authData)],
      ]),
    );
    return this.#answer({
      clientDataJSON: base64url(this.#clientData('webauthn.create', challenge, differs)),
      attestationObject: base64url(statement),
      transports: ['internal'],
    });
  }

  /** Answers `navigator.credentials.get`. */
  show(challenge: string, differs: Differs = {}): string {
    const clientData = this.#clientData('webauthn.get', challenge, differs);
    const facts = this.#facts(differs);
    const signature = sign('sha256', Buffer.concat([facts, sha256(clientData)]), this.privateKey);
    return this.#answer({
      clientDataJSON: base64url(clientData),
      authenticatorData: base64url(facts),
      signature: base64url(signature),
    });
  }

  #answer(response: Record<string, unknown>): string {
    const id = base64url(this.id);
    return JSON.stringify({ id, rawId: id, type: 'public-key', response });
  }
}
