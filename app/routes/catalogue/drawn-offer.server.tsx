import { keepMarkup } from '#app/ui/kept-markup.server.tsx';
import { Offer, type OfferView } from '#app/ui/offer.tsx';

/** A result as it stands in a list of results nothing was picked from. */
export const drawnOffer = keepMarkup((offer: OfferView) => <Offer offer={offer} picked={false} />);
