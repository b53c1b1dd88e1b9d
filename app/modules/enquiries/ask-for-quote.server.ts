import { createHash } from 'node:crypto';
import { and, eq, inArray } from 'drizzle-orm';
import type { Actor } from '#app/core/actor.ts';
import type { Deps } from '#app/core/deps.ts';
import { newId } from '#app/core/ids.server.ts';
import { queueMail } from '#app/core/mail.server.ts';
import { Problem } from '#app/core/problem.ts';
import { centreFacts } from '#app/modules/centres/centre-facts.server.ts';
import { countEnquiry } from '#app/modules/identity/limits.server.ts';
import { membersOf } from '#app/modules/identity/members-of.server.ts';
import { organisationOf } from '#app/modules/identity/organisations.server.ts';
import { can, requireRight } from '#app/modules/identity/policy.ts';
import { countAll, type Queries } from '#db/queries.ts';
import { enquiry } from '#db/schema/enquiries.ts';
import { type Enquiry, subjectLine } from './enquiry-row.server.ts';
import { MOST_CENTRES, MOST_OPEN, MOST_PIECES, MOST_SAID, plainText, readDay, textFault } from './enquiry-rules.ts';

export type EnquiryInput = {
  /** Slugs of the centres that are asked, each gets an enquiry of its own. */
  centres: readonly string[];
  /** The search it came from: a path of ours and how it reads; both empty when it came from none. */
  path: string;
  said: string;
  text: string;
  quantity: number;
  /** ISO day, or empty. */
  neededBy: string;
  /** Of the form: the same enquiry from one form is one, however often it is sent. */
  once: string;
};

const ZONE_MS = 8 * 3_600_000;
const refused = (field: string, reason: string) => new Problem('invalid_form', { field, reason });

/**
 * A firm asks centres to quote for what nothing on sale answers. Each centre's people who may answer get a mail.
 * @returns ids of the enquiries, in the order of the centres
 * @throws Problem forbidden, invalid_form {field: centres | text | quantity | neededBy, reason}, too_many_tries
 */
export async function askForQuote(deps: Pick<Deps, 'db' | 'clock' | 'log'>, actor: Actor, input: EnquiryInput): Promise<string[]> {
  requireRight(actor, 'enquiry.ask');
  const { db, clock } = deps;
  const text = plainText(input.text);
  // What was searched for says what is wanted; words of one's own are then optional.
  const fault = textFault(text);
  if (fault && !(fault === 'needed' && input.said !== '')) throw refused('text', fault);
  if (!Number.isInteger(input.quantity) || input.quantity < 1 || input.quantity > MOST_PIECES) throw refused('quantity', 'out_of_range');
  // Buyer and centres are in China: the day is Beijing's.
  const neededBy = readDay(input.neededBy, new Date(clock() + ZONE_MS).toISOString().slice(0, 10));
  if (neededBy === 'unreadable' || neededBy === 'past') throw refused('neededBy', neededBy);
  const slugs = [...new Set(input.centres)];
  if (slugs.length === 0) throw refused('centres', 'needed');
  if (slugs.length > MOST_CENTRES) throw refused('centres', 'too_many');
  const centres = await db.read((q) => claimedCentres(q, slugs));
  if (centres.length < slugs.length) throw refused('centres', 'gone');
  for (const _ of slugs) await countEnquiry(deps, actor.organisationId);
  const said = input.said.slice(0, MOST_SAID);
  const row = { buyerId: actor.organisationId, personId: actor.personId, path: input.path, said, text, quantity: input.quantity, neededBy };
  const once = createHash('sha256')
    .update(JSON.stringify([input.once, row]))
    .digest('base64url');
  return db.write(async (tx) => {
    const now = clock();
    const [waiting] = await tx
      .select({ count: countAll() })
      .from(enquiry)
      .where(and(eq(enquiry.buyerId, row.buyerId), eq(enquiry.state, 'open')));
    if ((waiting?.count ?? 0) + slugs.length > MOST_OPEN) throw refused('centres', 'too_many_open');
    const ids: string[] = [];
    for (const slug of slugs) {
      const centre = centres.find((one) => one.slug === slug);
      if (!centre?.organisationId) throw refused('centres', 'gone');
      const [added] = await tx
        .insert(enquiry)
        .values({ ...row, id: newId(), centreId: centre.id, once, createdAt: now })
        .onConflictDoNothing()
        .returning();
      if (added) await tellCentre(tx, added, centre.organisationId, now);
      ids.push(added?.id ?? (await known(tx, centre.id, once)));
    }
    return ids;
  });
}

const claimedCentres = async (q: Queries, slugs: readonly string[]) => {
  const of = centreFacts(q);
  const found = await q
    .select({ id: of.id, slug: of.slug, organisationId: of.organisationId })
    .from(of)
    .where(and(inArray(of.slug, slugs as string[]), eq(of.preparing, false)));
  return found.filter(({ organisationId }) => organisationId !== null);
};

async function known(tx: Queries, centreId: string, once: string): Promise<string> {
  const [found] = await tx
    .select({ id: enquiry.id })
    .from(enquiry)
    .where(and(eq(enquiry.centreId, centreId), eq(enquiry.once, once)));
  return found?.id ?? '';
}

async function tellCentre(tx: Queries, asked: Enquiry, organisationId: string, now: number): Promise<void> {
  const buyer = await organisationOf(tx, asked.buyerId);
  const { id, quantity, neededBy } = asked;
  const facts = {
    buyerZh: buyer?.nameZh ?? '',
    buyerEn: buyer?.nameEn ?? '',
    subject: subjectLine(asked),
    quantity,
    neededBy,
    link: `/enquiries/${id}`,
  };
  for (const { id: personId, email, locale, role } of await membersOf(tx, organisationId))
    if (can({ organisationKind: 'centre', role }, 'enquiry.answer'))
      await queueMail(tx, { kind: 'enquiry_received', to: email, locale, facts, dedupeKey: `enquiry:${id}:${personId}` }, now);
}
