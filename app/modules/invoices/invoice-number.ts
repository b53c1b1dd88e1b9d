/** The number of a fully digital invoice (数电票): 20 digits. */

export const normalInvoiceNumber = (typed: string): string => typed.normalize('NFKC').replace(/[\s\u200b\ufeff\p{Pd}]/gu, '');

export const isInvoiceNumber = (number: string): boolean => /^\d{20}$/.test(number);
