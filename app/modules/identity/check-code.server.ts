import { randomBytes } from 'node:crypto';
import { and, eq, isNotNull, isNull, lt } from 'drizzle-orm';
import type { Deps } from '#app/core/deps.ts';
import { newId } from '#app/core/ids.server.ts';
import type { Queries } from '#db/queries.ts';
import { recoveryCode, secondFactor } from '#db/schema/identity.ts';
import { hashOfRecoveryCode, openSecret } from './second-factor-key.server.ts';
import { plainCode, stepOfCode } from './second-factor-rules.ts';

type Needs = Pick<Deps, 'settings' | 'clock'>;

/** Uses a code up: of two who send the same one at once, one gets in. @returns which kind it was, or nothing for a wrong or used one */
export async function takeCode(tx: Queries, deps: Needs, personId: string, code: string): Promise<'code' | 'recovery_code' | undefined> {
  const plain = plainCode(code);
  if (plain.length === RECOVERY_LETTERS) {
    const codeHash = hashOfRecoveryCode(deps.settings, personId, plain);
    const own = and(eq(recoveryCode.personId, personId), eq(recoveryCode.codeHash, codeHash), isNull(recoveryCode.usedAt));
    const taken = await tx.update(recoveryCode).set({ usedAt: deps.clock() }).where(own).returning({ id: recoveryCode.id });
    return taken.length > 0 ? 'recovery_code' : undefined;
  }
  const [factor] = await tx
    .select()
    .from(secondFactor)
    .where(and(eq(secondFactor.personId, personId), isNotNull(secondFactor.confirmedAt)));
  if (!factor) return undefined;
  const step = stepOfCode(openSecret(deps.settings, personId, factor.sealed), plain, deps.clock(), factor.lastStep);
  if (step === undefined) return undefined;
  const taken = await tx
    .update(secondFactor)
    .set({ lastStep: step })
    .where(and(eq(secondFactor.personId, personId), lt(secondFactor.lastStep, step)))
    .returning({ personId: secondFactor.personId });
  return taken.length > 0 ? 'code' : undefined;
}

const RECOVERY_CODES = 10;
/** 60 bits: nobody guesses one, also not with the brake gone. */
const RECOVERY_LETTERS = 12;
/** Crockford's base 32: no I, L, O, U, so that what is written down by hand is read again. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** Ten codes in the place of those there were. @returns them, for the only time: what is kept are hashes */
export async function replaceRecoveryCodes(tx: Queries, { settings }: Needs, personId: string): Promise<string[]> {
  await tx.delete(recoveryCode).where(eq(recoveryCode.personId, personId));
  const codes = Array.from({ length: RECOVERY_CODES }, () =>
    Array.from(randomBytes(RECOVERY_LETTERS), (byte) => ALPHABET[byte % ALPHABET.length]).join(''),
  );
  await tx
    .insert(recoveryCode)
    .values(codes.map((code) => ({ id: newId(), personId, codeHash: hashOfRecoveryCode(settings, personId, code) })));
  return codes.map((code) => code.replace(/(.{4})(?=.)/g, '$1-'));
}
