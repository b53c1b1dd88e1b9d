import * as m from '#app/i18n/paraglide/messages.js';

/** Beside what would put something on sale: the entry is hidden, its request waits or came to nothing. */
export const NotOnSaleYet = () => <p className="rounded-field bg-warn-soft px-4 py-3 text-warn">{m.centre_not_on_sale_yet()}</p>;
