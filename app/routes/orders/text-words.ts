/** What the texts are called that a buyer may write on an order, and what the booking form says of each. */
import * as m from '#app/i18n/paraglide/messages.js';
import type { OrderText } from '#app/modules/orders/order-texts.ts';

export const TEXT_WORDS: Record<OrderText, { name: () => string; hint: () => string }> = {
  purchaseOrder: { name: m.booking_purchase_order, hint: m.booking_purchase_order_hint },
  notes: { name: m.booking_notes, hint: m.booking_notes_hint },
};
