/**
 * What the product asks of a payment gateway, in the product's words. Stripe stands behind it today; one that settles to
 * mainland merchants (WeChat Pay, Alipay split payment) has to fit without orders noticing.
 * Amounts in 分, instants in UTC milliseconds.
 */

/** Everything a checkout is started with. Stored beside its key before the gateway is called, so that a second try says the same. */
export type CheckoutParameters = {
  orderId: string;
  orderNumber: string;
  attemptId: string;
  amount: number;
  currency: string;
  /** What is sold, as the payer's page names it. */
  description: string;
  email: string;
  locale: 'zh-CN' | 'en';
  expiresAt: number;
  /** `{CHECKOUT_SESSION_ID}` in it is filled in by the gateway. */
  successUrl: string;
  cancelUrl: string;
};

export type GatewayPayment = {
  session: string;
  /** `processing`: the payer has done their part, the money is on its way (Alipay, WeChat). */
  state: 'open' | 'processing' | 'paid' | 'failed' | 'expired';
  /** The gateway's id of the payment itself; nothing before the payer has acted. */
  payment: string | null;
  amount: number;
  currency: string;
  /** card, alipay, wechat_pay: once the payer has chosen. */
  method: string | null;
  /** Ours, as we gave them; empty when the object is not ours. */
  orderNumber: string | null;
  attemptId: string | null;
  /** Real money. */
  live: boolean;
  /** Where to send the payer; nothing once it has ended. */
  url: string | null;
};

type RefundParameters = { refundId: string; orderId: string; payment: string; amount: number };

export type GatewayRefund = {
  id: string;
  state: 'pending' | 'succeeded' | 'failed';
  amount: number;
  currency: string;
  payment: string | null;
  /** Ours, as we gave it; empty for a refund made at the gateway by hand. */
  refundId: string | null;
  failure: string | null;
};

export type GatewayDispute = {
  id: string;
  state: 'open' | 'won' | 'lost';
  payment: string | null;
  /** What is disputed. */
  amount: number;
  currency: string;
  /** How it moved the balance: negative when money was taken, positive when it was given back. */
  movements: { id: string; amount: number }[];
};

/** What an event is about; what has become of it is asked of the gateway, never read from the event. */
export type GatewayEvent = {
  id: string;
  type: string;
  /** `other` is acknowledged and nothing more. */
  about: 'payment' | 'refund' | 'dispute' | 'other';
  objectId: string;
  live: boolean;
  at: number;
};

/** One movement of the balance at the gateway. `amount` is gross and signed; `fee` is what the gateway kept of it. */
export type GatewayMovement = {
  id: string;
  kind: 'payment' | 'refund' | 'refund_failed' | 'dispute' | 'other';
  /** The payment, refund or dispute that moved it. */
  source: string | null;
  amount: number;
  fee: number;
  currency: string;
  at: number;
};

export type Gateway = {
  /** Whether this is real money: an object of the other mode is never ours. */
  readonly live: boolean;
  startPayment(parameters: CheckoutParameters, key: string): Promise<GatewayPayment>;
  /** @throws GatewayError `missing` when there is no such session */
  fetchPayment(session: string): Promise<GatewayPayment>;
  /** The checkout a payment was made in; nothing when it was made in none. */
  findCheckout(payment: string): Promise<GatewayPayment | null>;
  /** Ends an open checkout. What comes back is what it is now: paid, when the payer was first. */
  cancelPayment(session: string): Promise<GatewayPayment>;
  refund(parameters: RefundParameters, key: string): Promise<GatewayRefund>;
  fetchRefund(id: string): Promise<GatewayRefund>;
  /** The refunds of one payment, newest first. */
  listRefunds(payment: string): Promise<GatewayRefund[]>;
  fetchDispute(id: string): Promise<GatewayDispute>;
  /** @throws Problem unsigned_event unless one of the secrets signed exactly this text a short while ago */
  parseEvent(body: string, signature: string | null): Promise<GatewayEvent>;
  /** Events since then, oldest first. */
  listSince(at: number): Promise<GatewayEvent[]>;
  /** Movements of the balance since then, oldest first. */
  listMovements(since: number): Promise<GatewayMovement[]>;
};

/**
 * - `missing`: there is no such object at the gateway. No other answer to a question is final.
 * - `refused`: the gateway said no to what it should do, nothing happened.
 * - `unknown`: no answer, none that can be understood, or one about ourselves (our key is not taken, we ask too often). It may have
 *   happened, so the same thing is asked again under the same key, never under another.
 */
type GatewayErrorKind = 'missing' | 'refused' | 'unknown';

export class GatewayError extends Error {
  readonly kind: GatewayErrorKind;
  readonly code: string;
  constructor(kind: GatewayErrorKind, code: string, options?: ErrorOptions) {
    super(`payment gateway: ${kind} (${code})`, options);
    this.name = 'GatewayError';
    this.kind = kind;
    this.code = code;
  }
}
/** The code of a failure the gateway has kept under the key and will go on repeating: another answer takes another key. */
export const KEPT_FAILURE = 'kept_failure';

/** By name, not by class: the gateway lives in the process, use cases also in the server's bundle, each with a copy of the class. */
export const isGatewayError = (error: unknown): error is GatewayError => error instanceof Error && error.name === 'GatewayError';
/** Whether the gateway said no to something it should do. */
export const isRefusal = (error: unknown): error is GatewayError => isGatewayError(error) && error.kind !== 'unknown';
/** Whether the gateway has no such object: nothing will ever become of it. */
export const isMissing = (error: unknown): error is GatewayError => isGatewayError(error) && error.kind === 'missing';
export const isKeptFailure = (error: unknown): error is GatewayError => isGatewayError(error) && error.code === KEPT_FAILURE;
