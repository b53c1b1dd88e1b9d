/** The words of the listing form: fields, faults. */
import * as m from '#app/i18n/paraglide/messages.js';
import type { BringFault } from '#app/modules/catalogue/listing/bring-pictures.server.ts';
import type { ListingField } from '#app/modules/catalogue/listing/listing-content.ts';
import type { Family } from '#db/schema/centres.ts';

const LABELS: Record<ListingField, () => string> = {
  family: m.centre_listing_family,
  field: m.centre_listing_field,
  nameZh: m.centre_listing_name_zh,
  nameEn: m.centre_listing_name_en,
  summaryZh: m.centre_listing_summary_zh,
  summaryEn: m.centre_listing_summary_en,
  requirementsZh: m.centre_listing_requirements_zh,
  requirementsEn: m.centre_listing_requirements_en,
  instrumentZh: m.centre_listing_instrument_zh,
  instrumentEn: m.centre_listing_instrument_en,
  specification: m.centre_listing_specification,
  scorecard: m.centre_listing_scorecard,
  operation: m.centre_listing_operation,
  booking: m.centre_listing_booking,
  unit: m.centre_listing_unit,
  unitNet: m.centre_listing_unit_net,
  volumeTiers: m.centre_listing_tiers,
  rangePrices: m.centre_listing_ranges,
  perPointNet: m.centre_listing_per_point,
  includedPoints: m.centre_listing_included_points,
  setupNet: m.centre_listing_setup_net,
  travelNet: m.centre_listing_travel_net,
  travelZones: m.centre_listing_zones,
  courierNet: m.centre_listing_courier_net,
  expedite: m.centre_listing_expedite,
  member: m.centre_listing_member,
  park: m.centre_listing_park,
  vat: m.centre_listing_vat,
  leadDays: m.centre_listing_lead_days,
  turnaroundDays: m.centre_listing_turnaround_days,
  horizonDays: m.centre_listing_horizon_days,
  setupMinutes: m.centre_listing_setup_minutes,
  minutesPerItem: m.centre_listing_minutes_per_item,
  bufferMinutes: m.centre_listing_buffer_minutes,
  maxQuantity: m.centre_listing_max_quantity,
  fullHours: m.centre_listing_full_hours,
  late: m.centre_listing_late,
  answerHours: m.centre_listing_answer_hours,
  moves: m.centre_listing_moves,
  deliveryModes: m.centre_listing_delivery_modes,
  poolIds: m.centre_listing_section_pools,
  scope: m.centre_listing_section_scope,
  pictures: m.centre_listing_pictures,
  confirmed: m.centre_listing_section_scope,
};

export const listingLabel = (name: ListingField): string => LABELS[name]();

/** `between 1 365` as a sentence. */
export function faultText(fault: string): string {
  const [code, first = '', second = ''] = fault.split(' ');
  if (code === 'between') return m.centre_listing_fault_between({ min: first, max: second });
  if (code === 'too_long') return m.centre_listing_fault_too_long({ most: first });
  if (code === 'price') return m.centre_listing_fault_price();
  if (code === 'tiers') return m.centre_listing_fault_tiers();
  if (code === 'scorecard') return m.centre_listing_fault_scorecard();
  if (code === 'seats') return m.centre_listing_fault_seats();
  if (code === 'dates') return m.centre_listing_fault_dates();
  if (code === 'ranges') return m.centre_listing_fault_ranges({ entry: first });
  if (code === 'zones') return m.centre_listing_fault_zones({ entry: first });
  if (code === 'exclude') return m.centre_listing_fault_exclude();
  if (code === 'pictures') return m.centre_listing_fault_pictures({ most: first });
  if (code === 'files_gone') return m.centre_listing_fault_files_gone();
  if (code === 'bad_character') return m.centre_listing_fault_bad_character();
  if (code === 'method') return m.centre_listing_fault_method();
  if (code === 'no_scorecard') return m.centre_listing_fault_no_scorecard();
  if (code === 'address') return m.centre_listing_fault_address();
  if (code === 'other_instruments') return m.centre_listing_fault_others();
  if (code === 'preparing') return m.centre_listing_fault_preparing();
  if (code === 'missing') return m.centre_listing_fault_missing();
  if (code === 'gone') return m.centre_listing_fault_gone();
  return m.centre_listing_fault_choose();
}

const FILE_FAULTS: Record<BringFault, () => string> = {
  file_empty: m.centre_listing_fault_file_empty,
  file_too_large: m.centre_listing_fault_file_too_large,
  file_kind: m.centre_listing_fault_file_kind,
  picture_broken: m.centre_listing_fault_picture_broken,
  picture_busy: m.centre_listing_fault_picture_busy,
  too_many_today: m.centre_listing_fault_too_many_today,
};

/** Which files were not kept, and why. */
export const filesFault = (faults: readonly { name: string; fault: BringFault }[]): string[] =>
  [...Map.groupBy(faults, ({ fault }) => fault)].map(([fault, of]) =>
    m.centre_listing_fault_files({ names: of.map(({ name }) => name).join('、'), reason: FILE_FAULTS[fault]() }),
  );

/** What a centre may do with a booking's time. */
export const movesName = (moves: 'tell' | 'ask'): string =>
  moves === 'ask' ? m.centre_listing_moves_ask() : m.centre_listing_moves_tell();

const REQUIREMENTS: Record<Family, () => string> = {
  calibration: m.centre_listing_requirements_instrument,
  verification: m.centre_listing_requirements_instrument,
  testing: m.centre_listing_requirements_sample,
  consulting: m.centre_listing_requirements_brief,
  evaluation: m.centre_listing_requirements_scorecard,
  rd_support: m.centre_listing_requirements_brief,
  shared_equipment: m.centre_listing_requirements_operator,
  training: m.centre_listing_requirements_participant,
  expert: m.centre_listing_requirements_brief,
  reference_material: m.centre_listing_requirements_material,
};

/** What a family's requirements are about, as a heading; of none that there is, what most families have. */
export const requirementsName = (family: string): string =>
  (Object.hasOwn(REQUIREMENTS, family) ? REQUIREMENTS[family as Family] : REQUIREMENTS.calibration)();
