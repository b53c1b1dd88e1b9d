import { describe, expect, it } from 'vitest';
import { Doubts } from '../doubts.ts';
import { toBase, type Unit } from '../units/quantities.ts';
import { parseUnit } from '../units/units.server.ts';
import { evaluate } from './uncertainty.ts';
import { parseUncertainty } from './uncertainty-text.ts';

function unit(text: string): Unit {
  const found = parseUnit(text);
  if (!found.ok) throw new Error(text);
  return found.unit;
}

describe('what an uncertainty leaves open', () => {
  const asked = (text: string, of: string, answer?: string) => {
    const result = parseUncertainty(text, { unit: unit(of), range: { min: 0, max: 100 }, parseUnit, doubts: new Doubts(() => answer) });
    if (!result.ok) throw new Error(`${text}: ${result.reason}`);
    const [doubt] = result.doubts;
    return { doubt, form: result.uncertainty, u: evaluate(result.uncertainty, toBase(50, unit(of))) / unit(of).scale };
  };

  it.each([
    // Of what a percentage is.
    ['U=0.2 %', 'A', 'percent_of|T-1Q1', 'reading', 0.1],
    ['U=0.2 %', 'A', 'percent_of|T-1Q1', 'span', 0.2],
    ['3 %', 'dBm', 'level_share|dB[mW]', 'power', 0.128372],
    ['3 %', 'dBm', 'level_share|dB[mW]', 'field', 0.256744],
    ['1.5 %', '%RH', 'percent_of|scale:%RH', 'absolute', 1.5],
    ['1.5 %', '%RH', 'percent_of|scale:%RH', 'reading', 0.75],
    ['Urel=1 %', '°C', 'percent_of|Cel', 'span', 1],
    ['Urel=1 %', '°C', 'percent_of|Cel', 'reading', 0.5],
    ['1 %', 'HRC', 'percent_of|scale:HRC', 'span', 1],
    ['0.5 %', '%', 'percent_of|% %', 'absolute', 0.5],
    ['0.5 %', '%', 'percent_of|% %', 'reading', 0.25],
    ['0.5 % of range', 'V', 'of_range|L2M1T-2Q-1', 'span', 0.5],
    ['Urel=0.5', 'V', 'percent_lost|rel', 'percent', 0.25],
    // How a span of U runs, and over which variable.
    ['U=(1~3) mV', 'V', 'u_over_range', 'worst', 0.003],
    ['U=(1~3) mV', 'V', 'u_over_range', 'linear', 0.002],
    ['Urel=(1~3) %', 'V', 'u_over_range', 'worst', 1.5],
    ['1 µm + 5L', 'mm', 'variable_unit|L', 'unit:m', 0.00125],
    ['1 µm + 5L', 'mm', 'variable_unit|L', 'unit:mm', 0.251],
    ['(36 + 2.3D) µin', 'in', 'variable_unit|D|[in_i]', 'unit:[in_i]', 0.000151],
    ['0.1 V or 0.3 %, whichever is greater', 'V', 'greater_of|or', 'sum', 0.25],
  ] as const)('%s of %s asks %s, and %s gives %d', (text, of, key, answer, u) => {
    expect(asked(text, of).doubt?.key).toBe(key);
    expect(asked(text, of).doubt?.choices).toContain(answer);
    expect(asked(text, of, answer).u).toBeCloseTo(u, 9);
  });
});
