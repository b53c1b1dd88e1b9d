/**
 * What a buyer may write on an order, and the longest it may be, in UTF-16 units: each is a column of orders of the same name. The booking form
 * asks for all of them in this order, the order keeps them, and both sides' pages show them; their words are in routes/orders/text-words.ts.
 */
export const ORDER_TEXTS = { purchaseOrder: 200, notes: 4_000 } as const;

export type OrderText = keyof typeof ORDER_TEXTS;
export type OrderTexts = Record<OrderText, string>;

export const ORDER_TEXT_NAMES = Object.keys(ORDER_TEXTS) as OrderText[];

export const orderTexts = <T>(of: (name: OrderText) => T) =>
  Object.fromEntries(ORDER_TEXT_NAMES.map((name) => [name, of(name)])) as Record<OrderText, T>;
