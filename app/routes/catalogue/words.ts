/** The catalogue's codes in words: families, fields, delivery modes, units, dates. */

import { pick } from '#app/i18n/locale.ts';
import * as m from '#app/i18n/paraglide/messages.js';
import type { Field } from '#app/modules/capability/rules/fields.ts';
import { formatNumber, formatUnit } from '#app/modules/capability/rules/units/quantities.ts';
import { FAMILY_NAMES } from '#app/modules/catalogue/family-names.ts';
import { certificateTitle } from '#app/modules/centres/accreditation/certificate-title.ts';
import { GAP, money } from '#app/ui/format.ts';
import type { Criterion, Operation } from '#db/schema/catalogue.ts';
import type { Accreditation } from '#db/schema/centres.ts';

type Word = () => string;

const FIELD: Record<Field, Word> = {
  dimensional: m.capability_field_dimensional,
  thermal: m.capability_field_thermal,
  mechanical: m.capability_field_mechanical,
  pressure: m.capability_field_pressure,
  flow: m.capability_field_flow,
  mass: m.capability_field_mass,
  electrical: m.capability_field_electrical,
  radio: m.capability_field_radio,
  time_frequency: m.capability_field_time_frequency,
  optics: m.capability_field_optics,
  acoustics: m.capability_field_acoustics,
  vibration: m.capability_field_vibration,
  chemistry: m.capability_field_chemistry,
  ionising: m.capability_field_ionising,
  general: m.capability_field_general,
};

const BOOKING: Record<string, Word> = { instant: m.catalogue_booking_instant, approve: m.catalogue_booking_approve };

const PARAMETER: Record<string, Word> = {
  frequency: m.capability_parameter_frequency,
  temperature: m.capability_parameter_temperature,
  humidity: m.capability_parameter_humidity,
  voltage: m.capability_parameter_voltage,
  current: m.capability_parameter_current,
  load: m.capability_parameter_load,
  pressure: m.capability_parameter_pressure,
  length: m.capability_parameter_length,
  time: m.capability_parameter_time,
  resistance: m.capability_parameter_resistance,
  power: m.capability_parameter_power,
  mass: m.capability_parameter_mass,
  angle: m.capability_parameter_angle,
  speed: m.capability_parameter_speed,
  flow: m.capability_parameter_flow,
  acceleration: m.capability_parameter_acceleration,
  torque: m.capability_parameter_torque,
  capacitance: m.capability_parameter_capacitance,
  inductance: m.capability_parameter_inductance,
  level: m.capability_parameter_level,
  power_level: m.capability_parameter_power_level,
  flux_density: m.capability_parameter_flux_density,
  volume: m.capability_parameter_volume,
  density: m.capability_parameter_density,
  absolute_pressure: m.capability_parameter_absolute_pressure,
};

const said = (words: Record<string, Word>, key: string): string => words[key]?.() ?? key;

export const familyName = (family: string): string => said(FAMILY_NAMES, family);
export const fieldName = (field: string): string => said(FIELD, field);
export const bookingName = (booking: string): string => said(BOOKING, booking);
export const parameterName = (name: string): string => said(PARAMETER, name);
export const accreditationName = (kind: Accreditation | string): string =>
  kind === 'internal' ? m.catalogue_accreditation_internal() : kind;
/** With the number of its certificate. */
export const certificateName = ({ kind, number }: { kind: Accreditation | string; number: string }): string =>
  certificateTitle(accreditationName(kind), number);

const UNIT = {
  piece: m.catalogue_unit_piece,
  hour: m.catalogue_unit_hour,
  day: m.catalogue_unit_day,
  seat: m.catalogue_unit_seat,
  project: m.catalogue_unit_project,
};
const UNITS = {
  piece: m.catalogue_units_piece,
  hour: m.catalogue_units_hour,
  day: m.catalogue_units_day,
  seat: m.catalogue_units_seat,
  project: m.catalogue_units_project,
};
type Unit = keyof typeof UNIT;

export const unitName = (unit: Unit): string => UNIT[unit]();
/** `12 件` / `12 pieces`, `1 piece`. */
export const unitsName = (unit: Unit, count: number): string => (count === 1 ? `1 ${unitName(unit)}` : UNITS[unit]({ count }));

/** `25 mm`; a true minus, thin spaces. */
export function amountText({ value, unit }: { value: number; unit: string }): string {
  const symbol = formatUnit(unit);
  return symbol ? `${formatNumber(value)}${GAP}${symbol}` : formatNumber(value);
}

/** `0–25 mm`; with a negative end `−40 … 150 °C`, where a dash would be read as another minus. */
export function spanText({ min, max, unit }: { min: number; max: number; unit: string }): string {
  if (min === max) return amountText({ value: max, unit });
  return `${formatNumber(min)}${min < 0 || max < 0 ? ' … ' : '–'}${amountText({ value: max, unit })}`;
}

type Bilingual = { nameZh: string; nameEn: string };
export const nameOf = (row: Bilingual): string => pick(row.nameZh, row.nameEn);

/** Who runs shared equipment. */
export const operationName = (operation: Operation | ''): string =>
  operation === ''
    ? m.catalogue_operation_none()
    : operation === 'operator'
      ? m.catalogue_operation_operator()
      : m.catalogue_operation_trained();

export const criterionView = ({ nameZh, nameEn, percent }: Criterion) => ({ name: pick(nameZh, nameEn), percent });

/** A total as pages say it everywhere: the least of several is "from". */
export function priceText({ gross, from }: { gross: number; from: boolean }, as: { short?: boolean } = {}): string {
  const price = money(gross, as);
  return from ? m.catalogue_service_price_from({ price }) : price;
}
