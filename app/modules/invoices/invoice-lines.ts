/** What stands on an invoice for an order, and how the tax in an amount is found. */
import { split } from '#app/core/money.ts';
import type { InvoiceLine, InvoicePart } from '#db/schema/invoices.ts';
import type { PriceLine } from '#db/schema/orders.ts';

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
  lines: readonly PriceLine[];
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
  const parts = partsOf(order.lines, sums);
  return {
    orderId: id,
    order: number,
    ...names,
    taxClass: code,
    className: name,
    item,
    quantity,
    basisPoints,
    ...sums,
    gross: left,
    parts,
  };
}

/**
 * What was bought, line by line: a discount and what was given back are spread over all that was charged, by its net, and so is the tax.
 * Net, tax and gross sum to the line's to the fen; what comes to nothing is left out.
 */
export function partsOf(of: readonly Charged[], sums: { net: number; tax: number }): InvoicePart[] {
  const charged = of.filter(({ net }) => net > 0);
  if (charged.length === 0) return [];
  const nets = split(
    sums.net,
    charged.map(({ net }) => net),
  );
  const taxes = split(
    sums.tax,
    charged.map(({ net }) => net),
  );
  return charged
    .map(({ key, label, quantity, unitNet }, i) => {
      const [net = 0, tax = 0] = [nets[i], taxes[i]];
      return { key, ...(label ? { label } : {}), quantity, unitNet, net, tax, gross: net + tax };
    })
    .filter(({ gross }) => gross > 0);
}
type Charged = Pick<PriceLine, 'key' | 'label' | 'quantity' | 'unitNet' | 'net'>;

/** A line of which a part was given back before it was issued. */
export function lineOfRest(line: InvoiceLine, left: number): InvoiceLine {
  if (left === line.gross) return line;
  const sums = taxIn(left, line.basisPoints);
  return { ...line, ...sums, gross: left, ...(line.parts ? { parts: partsOf(line.parts, sums) } : {}) };
}

/** The line with what the centre has set by now. */
export function withClass(line: InvoiceLine, found: Omit<TaxClass, 'family'> | null): InvoiceLine {
  return found ? { ...line, taxClass: found.code, className: found.name, item: found.item } : line;
}

export const sumsOf = (lines: readonly InvoiceLine[]): { amount: number; tax: number } => ({
  amount: lines.reduce((sum, { gross }) => sum + gross, 0),
  tax: lines.reduce((sum, { tax }) => sum + tax, 0),
});
