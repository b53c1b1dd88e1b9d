import { and, asc, eq } from 'drizzle-orm';
import type { Actor } from '#app/core/actor.ts';
import type { Deps } from '#app/core/deps.ts';
import { enquiryFor, subjectLine } from '#app/modules/enquiries/enquiry-row.server.ts';
import { isOpen } from '#app/modules/enquiries/enquiry-rules.ts';
import { can, requireRight } from '#app/modules/identity/policy.ts';
import { service } from '#db/schema/catalogue.ts';
import { centre } from '#db/schema/centres.ts';
import { organisation, person } from '#db/schema/identity.ts';

/** A list to choose from; a centre with more links one by its address in the text. */
const MOST_SERVICES = 200;

/** An enquiry as one of its sides sees it. @throws Problem not_found for everybody else; forbidden */
export async function viewEnquiry({ db }: Pick<Deps, 'db'>, actor: Actor, id: string) {
  requireRight(actor, 'enquiry.view');
  return db.read(async (q) => {
    const { enquiry: asked, side } = await enquiryFor(q, actor, id);
    const [buyer] = await q
      .select({ nameZh: organisation.nameZh, nameEn: organisation.nameEn })
      .from(organisation)
      .where(eq(organisation.id, asked.buyerId));
    const [of] = await q
      .select({ nameZh: centre.nameZh, nameEn: centre.nameEn, slug: centre.slug, timeZone: centre.timeZone })
      .from(centre)
      .where(eq(centre.id, asked.centreId));
    const [by] = await q.select({ name: person.name }).from(person).where(eq(person.id, asked.personId));
    const [link] =
      asked.serviceId === null
        ? []
        : await q
            .select({ slug: service.slug, nameZh: service.nameZh, nameEn: service.nameEn, status: service.status })
            .from(service)
            .where(eq(service.id, asked.serviceId));
    const answers = side === 'centre' && isOpen(asked.state) && can(actor, 'enquiry.answer');
    const services = answers
      ? await q
          .select({ slug: service.slug, nameZh: service.nameZh, nameEn: service.nameEn })
          .from(service)
          .where(and(eq(service.centreId, asked.centreId), eq(service.status, 'published')))
          .orderBy(asc(service.nameZh))
          .limit(MOST_SERVICES)
      : [];
    const { state, path, said, text, quantity, neededBy, answer, priceFrom, createdAt, answeredAt } = asked;
    return {
      ...{ id: asked.id, side, state, path, said, text, quantity, neededBy, answer, priceFrom, createdAt, answeredAt },
      subject: subjectLine(asked),
      buyer: buyer ?? null,
      centre: of ?? null,
      timeZone: of?.timeZone ?? 'Asia/Shanghai',
      /** Of the firm; for its own people, and for the centre that answers. */
      askedBy: by?.name ?? '',
      service: link ? { slug: link.slug, nameZh: link.nameZh, nameEn: link.nameEn, onSale: link.status === 'published' } : null,
      services,
      answers,
      withdraws: side === 'buyer' && isOpen(state) && can(actor, 'enquiry.ask'),
      writes: can(actor, 'message.write'),
    };
  });
}
