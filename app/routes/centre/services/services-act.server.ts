/** What the buttons of the list of services do: of one row, or of all that are ticked. */
import { data } from '@remix-run/node';
import { z } from 'zod';
import { type Actor, actorOf } from '#app/core/actor.ts';
import { given, several, shownNumber, wholeNumber } from '#app/core/form.ts';
import { Problem } from '#app/core/problem.ts';
import { answerForm } from '#app/http/form-answer.server.ts';
import { redirectTo } from '#app/http/route.server.ts';
import type { Services } from '#app/http/services.server.ts';
import { copyOf } from '#app/modules/catalogue/listing/copy-of.ts';
import { publishDrafts } from '#app/modules/catalogue/listing/publish-drafts.server.ts';
import { saveListing } from '#app/modules/catalogue/listing/save-listing.server.ts';
import { setServiceStatus } from '#app/modules/catalogue/set-service-status.server.ts';
import { setStatuses } from '#app/modules/catalogue/set-statuses.server.ts';
import { setStock } from '#app/modules/catalogue/set-stock.server.ts';
import { centreZone } from '#app/modules/centres/centre-zone.server.ts';
import { dayOf, dayStart } from '#app/modules/scheduling/local-day.ts';
import { shownDay } from '#app/modules/scheduling/shown-day.ts';
import { foundServices } from '#app/read-models/list-centre-services.server.ts';
import { viewListing } from '#app/read-models/view-listing.server.ts';
import { requireCentre } from '../guard.server.ts';
import { saying } from '../notices.ts';
import { askedAt } from './services-asked.ts';

const serviceForm = z.discriminatedUnion('intent', [
  z.object({ intent: z.literal('stock'), service: given, available: wholeNumber, shown: shownNumber }),
  z.object({ intent: z.literal('pause'), service: given, until: given }),
  z.object({ intent: z.literal('resume'), service: given }),
  z.object({ intent: z.literal('copy'), service: given }),
  z.object({ intent: z.enum(['pause_all', 'resume_all', 'publish_all']), services: several, until: given, here: given, whole: given }),
]);

export async function actOnServices(services: Services, request: Request) {
  const actor = actorOf(await requireCentre(services, request));
  const act = async (input: z.output<typeof serviceForm>) => {
    const back = (said: string, what = '', path = '/centre/services') => redirectTo(saying(path, said, what));
    switch (input.intent) {
      case 'stock':
        await setStock(services, actor, { serviceId: input.service, available: input.available, shown: input.shown });
        throw back('stock_set');
      case 'pause':
        await setServiceStatus(services, actor, input.service, 'paused', await resumedAt(services, actor, input.until));
        throw back('paused');
      case 'resume':
        await setServiceStatus(services, actor, input.service, 'published');
        throw back('published');
      case 'copy': {
        const { content } = await viewListing(services, actor, input.service);
        const copy = { serviceId: null, content: copyOf(content), revision: 0, version: 0 };
        const { serviceId } = await saveListing(services, actor, copy, 'draft');
        throw back('service_copied', '', `/centre/services/${serviceId}`);
      }
      default:
        return actOnTicked(services, actor, input, (said, what) => back(said, what, input.here || '/centre/services'));
    }
  };
  return answerForm(request, serviceForm, act, ['forbidden']);
}

type Ticked = { intent: 'pause_all' | 'resume_all' | 'publish_all'; services: string[]; until: string; here: string; whole: string };

async function actOnTicked(services: Services, actor: Actor, input: Ticked, back: (said: string, what: string) => Response) {
  const ids = input.whole ? await foundServices(services, actor, askedAt(input.here), input.intent !== 'publish_all') : input.services;
  if (ids.length === 0) throw new Problem('invalid_form', { field: 'services', reason: 'none_ticked' });
  if (input.intent === 'publish_all') {
    const { published, unpublished } = await publishDrafts(services, actor, ids);
    if (unpublished.length === 0) throw back(published === 0 ? 'none_to_publish' : 'services_published', String(published));
    return data({ published, unpublished }, { status: 409 });
  }
  const pausing = input.intent === 'pause_all';
  const until = pausing ? await resumedAt(services, actor, input.until) : null;
  const changed = await setStatuses(services, actor, ids, pausing ? 'paused' : 'published', until);
  throw back(pausing ? 'services_paused' : 'services_resumed', String(changed));
}

/** The start of the day it is on sale again, in UTC ms; null: nobody says when. @throws Problem invalid_form for a day that is not to come */
async function resumedAt(services: Services, actor: Actor, until: string): Promise<number | null> {
  if (until === '') return null;
  const day = shownDay(until);
  const timeZone = await centreZone(services, actor);
  if (day === undefined || day <= dayOf(timeZone, services.clock())) throw new Problem('invalid_form', { field: 'until', reason: 'date' });
  return dayStart(timeZone, day);
}
