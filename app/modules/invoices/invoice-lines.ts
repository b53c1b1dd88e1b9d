/** What stands on an invoice for an order, and how the tax in an amount is found. */
import type { InvoiceLine } from '#db/schema/invoices.ts';

/** Of an amount that has its tax in it: net and tax sum to it exactly. */
export function taxIn(gross: number, basisPoints: number): { net: number; tax: number } {
  const net = Math.round((gross * 10_000) / (10_000 + basisPoints));
  return { net, tax: gross - net };
}

export type Billed = {
  id: string;
  number: string;
  snapshot: { nameZh: string; nameEn: string; family: string };
  quantity: number;
  net: number;
  vat: number;
  vatBasisPoints: number;
  gross: number;
};

type TaxClass = { family: string; code: string; name: string; item: string };

/** The class of a family of services: its own, else the one for all. Null where the centre has set neither. */
export const classOf = <C extends { family: string }>(classes: readonly C[], family: string): C | null =>
  classes.find((one) => one.family === family) ?? classes.find((one) => one.family === '') ?? null;

/**
 * The line of an order, at the rate the order was made with.
 * @param left in 分, above zero: what was paid and not given back. The whole of it has the order's own net and tax, not ones rounded anew.
 */
export function lineOf(order: Billed, left: number, classes: readonly TaxClass[]): InvoiceLine {
  const { id, number, snapshot, quantity, vatBasisPoints: basisPoints } = order;
  const sums = left === order.gross ? { net: order.net, tax: order.vat } : taxIn(left, basisPoints);
  const { code = '', name = '', item = '' } = classOf(classes, snapshot.family) ?? {};
  const names = { nameZh: snapshot.nameZh, nameEn: snapshot.nameEn };
  return { orderId: id, order: number, ...names, taxClass: code, className: name, item, quantity, basisPoints, ...sums, gross: left };
}

/** A line of which a part was given back before it was issued. */
export const lineOfRest = (line: InvoiceLine, left: number): InvoiceLine =>
  left === line.gross ? line : { ...line, ...taxIn(left, line.basisPoints), gross: left };

/** The line with what the centre has set by now. */
export function withClass(line: InvoiceLine, found: Omit<TaxClass, 'family'> | null): InvoiceLine {
  return found ? { ...line, taxClass: found.code, className: found.name, item: found.item } : line;
}

export const sumsOf = (lines: readonly InvoiceLine[]): { amount: number; tax: number } => ({
  amount: lines.reduce((sum, { gross }) => sum + gross, 0),
  tax: lines.reduce((sum, { tax }) => sum + tax, 0),
});
