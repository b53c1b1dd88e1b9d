/**
 * What lower modules are handed of those that stand on them (http/modules.ts): done in the transaction of whoever calls. Each is a type of the
 * module that asks and a value of the module that answers.
 */
import { rowsUnder } from '#app/modules/capability/rows-under.server.ts';
import { rowsOnSale } from '#app/modules/catalogue/rows-on-sale.server.ts';
import { orderNumbers } from '#app/modules/orders/order-numbers.server.ts';
import { disputeStanding } from '#app/modules/payments/dispute-standing.server.ts';
import { ownPools } from '#app/modules/scheduling/own-pools.server.ts';

export const handedDown = {
  /** To centres: the rows stated under an accreditation. */
  rowsUnder,
  /** To capability: the services sold on rows of a scope. */
  rowsOnSale,
  /** To catalogue: the pools a listing names. */
  ownPools,
  /** To scheduling: what the orders are called that hold a slot. */
  orderNumbers,
  /** To orders: how the disputes about an order's money stand. */
  disputeStanding,
} as const;

export type HandedDown = typeof handedDown;
