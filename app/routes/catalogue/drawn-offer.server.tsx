import type { ServiceCard } from '#app/modules/catalogue/catalogue.ts';
import { keepMarkupOf } from '#app/ui/kept-markup.server.tsx';
import { Offer } from '#app/ui/offer.tsx';
import { offerView } from './offers.server.ts';
import type { Starts } from './starts.server.ts';

/** A service as it is found by words: its card is another as soon as anything it says is. */
export const drawnService = keepMarkupOf((service: ServiceCard, start: ReturnType<Starts['get']>) => (
  <Offer offer={offerView(service, { starts: new Map([[service.id, start ?? null]]) })} picked={false} />
));
