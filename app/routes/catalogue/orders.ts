import * as m from '#app/i18n/paraglide/messages.js';
import type { Order } from '#app/modules/catalogue/facets.ts';

const ORDER: Record<Order, () => string> = {
  fit: m.catalogue_sort_fit,
  price: m.catalogue_sort_price,
  price_desc: m.catalogue_sort_price_desc,
  earliest: m.catalogue_sort_earliest,
  distance: m.catalogue_sort_distance,
};

export const orderNames = (orders: readonly Order[]) => orders.map((order) => ({ order, label: ORDER[order]() }));
