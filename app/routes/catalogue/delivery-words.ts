/** How a service is delivered, in words; light, since the booking page sends it to the browser. */
import * as m from '#app/i18n/paraglide/messages.js';
import { type Handover, handoverOf } from '#app/modules/catalogue/handover.ts';
import type { DeliveryMode } from '#db/schema/catalogue.ts';

type Word = () => string;

const DELIVERY: Record<DeliveryMode, Word> = {
  at_centre: m.catalogue_delivery_at_centre,
  courier: m.catalogue_delivery_courier,
  on_site: m.catalogue_delivery_on_site,
  remote: m.catalogue_delivery_remote,
};

/** Of services of several families. */
export const deliveryName = (mode: string): string => (Object.hasOwn(DELIVERY, mode) ? DELIVERY[mode as DeliveryMode]() : mode);
/** At the centre there is not always something handed in: courses are attended, equipment is used, goods are fetched. */
const AT_CENTRE: Partial<Record<Handover, Word>> = {
  instruments: m.catalogue_delivery_bring,
  samples: m.catalogue_delivery_samples,
  course: m.catalogue_delivery_attend,
  equipment: m.catalogue_delivery_use,
  meeting: m.catalogue_delivery_meet,
  goods: m.catalogue_goods_collect,
};
export const deliveryOf = (family: string, deliveryMode: DeliveryMode): string =>
  (deliveryMode === 'at_centre' ? AT_CENTRE[handoverOf({ family, deliveryMode })]?.() : undefined) ?? deliveryName(deliveryMode);
