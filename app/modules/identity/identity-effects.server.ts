import type { Deps } from '#app/core/deps.ts';
import type { Handlers } from '#app/core/outbox.server.ts';
import { mailReset } from './request-password-reset.server.ts';
import { mailVerificationAgain } from './resend-verification.server.ts';

/** What somebody asked for with an address: done once, whoever it turns out to be. */
export const identityEffects = ({ clock }: Pick<Deps, 'clock'>): Handlers => ({
  password_reset_requested: ({ email }, { done }) => done((tx) => mailReset(tx, String(email), clock())),
  verification_requested: ({ email }, { done }) => done((tx) => mailVerificationAgain(tx, String(email), clock())),
});
