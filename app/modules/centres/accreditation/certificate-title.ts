/** What a certificate is called. CNAS writes its own name into its numbers (CNAS L1234): it is not said twice. */
export const certificateTitle = (kind: string, number: string): string =>
  number.normalize('NFKC').toUpperCase().startsWith(kind.toUpperCase()) ? number : `${kind} ${number}`;
