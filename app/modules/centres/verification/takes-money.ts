/** Only a verified centre takes money: whoever pays must know that the platform has seen whom. */

type Booking = 'instant' | 'approve';

/** How a service is booked: of a centre that is not verified it is asked for, which costs nothing, whatever the centre chose. */
export const bookingOf = (chosen: Booking, verified: boolean): Booking => (verified ? chosen : 'approve');

type Name = { zh: string; en: string };
export type Verified = { verifiedAt: number | null; verifiedAs: (Name & { at: number }) | null };

/**
 * What of the verification stands after the entry took another name: none, until the new name is verified; all of it again under the name it
 * was verified for.
 */
export function afterRename({ verifiedAt, verifiedAs }: Verified, from: Name, to: Name): Verified {
  const known = verifiedAt !== null ? { ...from, at: verifiedAt } : verifiedAs;
  if (!known) return { verifiedAt: null, verifiedAs: null };
  return known.zh === to.zh && known.en === to.en ? { verifiedAt: known.at, verifiedAs: null } : { verifiedAt: null, verifiedAs: known };
}
