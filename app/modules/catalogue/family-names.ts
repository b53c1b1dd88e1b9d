/** What the kinds of service are called: on pages in the visitor's language, in letters in the reader's. */
import type { Locale } from '#app/core/mail.server.ts';
import * as m from '#app/i18n/paraglide/messages.js';
import type { Family } from '#db/schema/centres.ts';

type Name = (facts?: Record<string, never>, options?: { locale: Locale }) => string;

export const FAMILY_NAMES: Record<Family, Name> = {
  calibration: m.catalogue_family_calibration,
  verification: m.catalogue_family_verification,
  testing: m.catalogue_family_testing,
  consulting: m.catalogue_family_consulting,
  evaluation: m.catalogue_family_evaluation,
  rd_support: m.catalogue_family_rd_support,
  shared_equipment: m.catalogue_family_shared_equipment,
  training: m.catalogue_family_training,
  expert: m.catalogue_family_expert,
  reference_material: m.catalogue_family_reference_material,
};
