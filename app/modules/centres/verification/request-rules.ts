/** By what an organisation shows that it is a centre: how a verification request goes on, who may hand one in for which entry, and what it must hold. */
import type { FileFault } from '#app/core/files.server.ts';

export type VerificationRequestState = 'waiting' | 'accepted' | 'refused' | 'withdrawn';
/** accept, refuse: the operator · withdraw: the organisation · lose: the entry went to another organisation */
export type VerificationRequestEvent = 'accept' | 'refuse' | 'withdraw' | 'lose';

/** A verification request is judged once; who was refused hands in another. */
export const VERIFICATION_REQUEST: Readonly<
  Record<VerificationRequestState, Readonly<Partial<Record<VerificationRequestEvent, VerificationRequestState>>>>
> = {
  waiting: { accept: 'accepted', refuse: 'refused', withdraw: 'withdrawn', lose: 'refused' },
  accepted: {},
  refused: {},
  withdrawn: {},
};

export const afterEvent = (state: VerificationRequestState, event: VerificationRequestEvent): VerificationRequestState | undefined =>
  VERIFICATION_REQUEST[state][event];

type Entry = { id: string; organisationId: string | null; verifiedAt: number | null };
type Asker = { organisationId: string; ownEntryId: string | null };

export type EntryFault = 'taken' | 'verified' | 'own_entry' | 'waiting';

/**
 * Why the entry cannot become the organisation's, or its own entry needs no verification; undefined when it can. One organisation has one
 * entry. The same is asked when the request is handed in and again when it is accepted.
 */
export function entryFault(entry: Entry, { organisationId, ownEntryId }: Asker): EntryFault | undefined {
  if (entry.organisationId !== null && entry.organisationId !== organisationId) return 'taken';
  if (entry.organisationId === organisationId && entry.verifiedAt !== null) return 'verified';
  if (ownEntryId !== null && ownEntryId !== entry.id) return 'own_entry';
  return undefined;
}

export const MOST_STATEMENT = 1_000;
export const MOST_DOCUMENTS = 5;
/** Together; what the form around them adds must still fit into the request. */
export const MOST_DOCUMENTS_BYTES = 8 * 1024 * 1024;

export type StatementFault = 'needed' | 'too_long' | 'bad_character';

/** The same for what the organisation says and for why the operator refuses. Line breaks may stand in it, other control characters not. */
export function statementFault(text: string): StatementFault | undefined {
  if (text.trim() === '') return 'needed';
  if (text.length > MOST_STATEMENT) return 'too_long';
  return /[^\P{Cc}\n\r\t]/u.test(text) || !text.isWellFormed() ? 'bad_character' : undefined;
}

export type DocumentsFault = 'none' | 'too_many' | 'together' | FileFault;

/** @param sizes bytes of each document */
export function documentsFault(sizes: readonly number[]): DocumentsFault | undefined {
  if (sizes.length === 0) return 'none';
  if (sizes.length > MOST_DOCUMENTS) return 'too_many';
  return sizes.reduce((sum, size) => sum + size, 0) > MOST_DOCUMENTS_BYTES ? 'together' : undefined;
}
