import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { stripUnits, unit } from '#tests/support/needs.ts';
import { Doubts } from '../doubts.ts';
import oracles from '../units/oracles.json' with { type: 'json' };
import { differenceToBase, toBase } from '../units/quantities.ts';
import { parseUnit } from '../units/units.server.ts';
import {
  curve,
  evaluate,
  type SimpleUncertainty,
  scaleUncertainty,
  type Uncertainty,
  worstAbsolute,
  worstRelative,
} from './uncertainty.ts';
import { printUncertainty } from './uncertainty-print.ts';
import { parseUncertainty } from './uncertainty-text.ts';

function read(text: string, of: string, range?: { min: number; max: number }, answers: Record<string, string> = {}): Uncertainty {
  const result = parseUncertainty(text, { unit: unit(of), range, parseUnit, doubts: new Doubts((key) => answers[key]) });
  if (!result.ok) throw new Error(`${text}: ${result.reason} at ${result.at} (${result.found})`);
  return result.uncertainty;
}

/** U in `uUnit` at `x` in `of`. */
function at(
  text: string,
  of: string,
  x: number,
  uUnit: string,
  range?: { min: number; max: number },
  answers?: Record<string, string>,
): number {
  return evaluate(read(text, of, range, answers), toBase(x, unit(of))) / unit(uUnit).scale;
}

describe('evaluation against the oracles', () => {
  const [sum, quad, quadPerMetre, reading, relative, scale, line] = oracles.formula_eval;
  it('a + bL', () => expect(at('U=0.06 μm+7×10⁻⁷L', 'mm', sum!.L_mm!, 'um')).toBeCloseTo(sum!.U_um!, 12));
  it('Q[a, bL]', () => expect(at('U=Q[0.025 μm, 3×10⁻⁷L]', 'mm', quad!.L_mm!, 'um')).toBeCloseTo(quad!.U_um!, 12));
  it('Q[a, bL] with L in metres', () =>
    expect(at('Q[0.05, 0.5L] µm, L in m', 'mm', quadPerMetre!.L_m! * 1000, 'um')).toBeCloseTo(quadPerMetre!.U_um!, 12));
  it('a + b of reading', () => expect(at('U=60 µV+0.0007 %×读数', 'V', 100, 'uV')).toBeCloseTo(reading!.U_uV!, 9));
  it('relative', () => expect(at('Urel=0.3 %', 'kN', 25, 'N')).toBeCloseTo(relative!.U_N!, 9));
  it('percent of full scale', () => {
    const form = read('U=0.06 %FS', 'MPa', { min: 0, max: 60 });
    expect(evaluate(form, toBase(6, unit('MPa'))) / 1e6).toBeCloseTo(scale!.U_MPa!, 12);
    const x = toBase(6, unit('MPa'));
    expect(worstRelative(form, { min: x, max: x }).value * 100).toBeCloseTo(scale!.as_rel_of_reading_percent!, 12);
  });
  it('a range interpolated', () =>
    expect(at('U=(1.0~2.6) μm', 'mm', Number(line!.x), 'um', { min: 20, max: 70 }, { u_over_range: 'linear' })).toBeCloseTo(line!.U!, 12));

  const [absolute, rel] = oracles.worst_case_over_range;
  it('worst absolute across zero', () => {
    expect(worstAbsolute(read('5 uV+0.0035 %×读数', 'V'), { min: -10, max: 10 }).value * 1e6).toBeCloseTo(absolute!.worst_U_uV!, 9);
  });
  it('worst relative at the small end', () => {
    const worst = worstRelative(read('1 uV+6 ppm×读数', 'V'), { min: 0.1, max: 1 });
    expect(worst.value * 1e6).toBeCloseTo(rel!.worst_rel_ppm!, 9);
    expect(worst.at).toBe(0.1);
  });
  it('has no bound where the request holds zero', () => {
    expect(worstRelative(read('1 uV+6 ppm×读数', 'V'), { min: -1, max: 1 }).value).toBe(Infinity);
    expect(worstRelative(read('Urel=0.1 %', 'V'), { min: -1, max: 1 }).value).toBeCloseTo(0.001, 15);
  });
  it('counts |t| from 0 °C, not from 0 K', () => {
    expect(at('U=0.2 ℃+0.1 %×|t|', '°C', -100, 'K')).toBeCloseTo(0.3, 12);
    expect(worstAbsolute(read('U=0.2 ℃+0.1 %×|t|', '°C'), { min: 173.15, max: 323.15 }).value).toBeCloseTo(0.3, 12);
  });
});

describe('reading', () => {
  it.each([
    ['U=1.0 μm', 'mm', 'constant'],
    ['Ｕ＝１．０ µm', 'mm', 'constant'],
    ['U95=1.0μm', 'mm', 'constant'],
    ['U = 0.000 47 mm', 'mm', 'constant'],
    ['1.2E-05 m', 'mm', 'constant'],
    ['U=0.6 °F', '℃', 'constant'],
    ['U=0.4 dB', 'dBm', 'constant'],
    ['U=1.8 %RH', '%RH', 'constant'],
    ['U=0.4 %', '%', 'constant'],
    ['0.3 %', 'kN', 'relative'],
    ['0.3 % of reading', 'kN', 'relative'],
    ['7×10⁻⁷L', 'mm', 'relative'],
    ['U=0.15 μL+0.15 %×读数', 'uL', 'sum'],
    ['(0.05 + 0.5L) μm, L in m', 'mm', 'sum'],
    ['U=0.06 % FS(60 MPa)', 'MPa', 'full_scale'],
    ['(1.0~2.6) μm [20 mm~70 mm]', 'mm', 'interpolated'],
    ['0.2 dB (0.1 Hz~100 kHz); 0.3 dB (100 kHz~1 MHz)', 'dBm', 'table'],
  ])('%s (of %s) as %s', (text, of, form) => {
    expect(read(text, of).form).toBe(form);
  });

  it.each([
    ['0.43 parts in 10', 'V', 'unit_unknown'],
    ['U=0.06 μm+7×10L', 'mm', 'exponent_lost'],
    ['U=0.06 μm+7×10-7L', 'mm', 'exponent_lost'],
    ['(36 + 2.3W) µin', 'V', 'kind_differs'],
    ['0.6R + 5 µm', 'mm', 'undefined_variable'],
    ['U=0.3 L', 'mL', 'ambiguous_variable'],
    ['U=1.0 V', 'mm', 'kind_differs'],
    ['U=1.0', 'mm', 'unit_unknown'],
    ['U=-1 μm', 'mm', 'negative'],
    ['U=0.1 %FS', 'mm', 'range_needed'],
    ['U=1 μm and more', 'mm', 'unexpected_text'],
    ['process.exit()', 'mm', 'number_expected'],
    ['', 'mm', 'number_expected'],
    ['U=1 μm (5 cd)', 'mm', 'parameter_unknown'],
    ['0.2 dB (100 kHz~1 Hz)', 'dBm', 'reversed'],
  ])('refuses %s: %s', (text, of, reason) => {
    expect(parseUncertainty(text, { unit: unit(of), parseUnit })).toMatchObject({ ok: false, reason });
  });

  it('never throws', () => {
    const pieces = fc.array(
      fc.constantFrom(
        'U=',
        'Urel=',
        '1',
        '0.5',
        ' ',
        'μm',
        '%',
        '+',
        '×',
        '10⁻⁷',
        'L',
        '(',
        ')',
        '[',
        ']',
        'Q[',
        '~',
        ',',
        ';',
        'FS',
        'Hz',
        '读数',
        '𝕏',
      ),
      { maxLength: 12 },
    );
    fc.assert(
      fc.property(
        pieces,
        (parts) => typeof parseUncertainty(parts.join(''), { unit: unit('mm'), range: { min: 0, max: 1 }, parseUnit }).ok === 'boolean',
      ),
    );
  });
});

const num = fc.oneof(fc.double({ min: 1e-9, max: 1e6, noNaN: true }), fc.constantFrom(0.06, 1, 2.6, 7e-7, 0));

const term = (codes: string[]) =>
  fc.tuple(num, fc.constantFrom(...codes)).map(([value, code]) => ({ value, unit: code, base: differenceToBase(value, unit(code)) }));

const length = term(['um', 'mm', 'nm', 'u[in_i]']);

const ratio = term(['1', '%', '[ppm]', 'um/m']);

const simple: fc.Arbitrary<SimpleUncertainty> = fc.oneof(
  length.map((a) => ({ form: 'constant' as const, a })),
  ratio.map((b) => ({ form: 'relative' as const, b })),
  fc.tuple(length, ratio).map(([a, b]) => ({ form: 'sum' as const, a, b })),
  fc.tuple(length, ratio).map(([a, b]) => ({ form: 'quadrature' as const, a, b })),
  fc
    .tuple(
      ratio.filter((b) => b.unit === '%'),
      length,
    )
    .map(([b, span]) => ({ form: 'full_scale' as const, b, span })),
  fc
    .tuple(
      ratio.filter((b) => b.unit === '%'),
      length,
      length,
    )
    .map(([b, span, floor]) => ({ form: 'full_scale' as const, b, span, floor })),
  fc
    .tuple(
      num,
      num,
      fc.integer({ min: -80, max: 80 }).map((n) => n / 8),
      fc.integer({ min: 1, max: 800 }).map((n) => n / 8),
    )
    .map(([u1, u2, x, w]) => {
      const t = (value: number, code: string) => ({ value: value + 0, unit: code, base: differenceToBase(value + 0, unit(code)) });
      return { form: 'interpolated' as const, x1: t(x, 'mm'), x2: t(x + w, 'mm'), u1: t(u1, 'um'), u2: t(u2, 'um') };
    }),
);

const cell = fc.tuple(num, num).map(([a, b]) => {
  const [min, max] = [Math.min(a, b), Math.max(a, b)];
  return { parameter: 'frequency', min: toBase(min, unit('kHz')), max: toBase(max, unit('kHz')), declared: { min, max, unit: 'kHz' } };
});

const form: fc.Arbitrary<Uncertainty> = fc.oneof(
  { weight: 4, arbitrary: simple },
  {
    weight: 1,
    arbitrary: fc
      .array(fc.record({ when: fc.tuple(cell), uncertainty: simple }), { minLength: 1, maxLength: 3 })
      .map((cells) => ({ form: 'table' as const, cells })),
  },
);

describe('properties', () => {
  it('printing and reading back is the identity', () => {
    fc.assert(
      fc.property(form, (f) => {
        expect(read(printUncertainty(f), 'mm')).toEqual(f);
      }),
    );
  });

  it('scaling scales U everywhere, and nothing else', () => {
    fc.assert(
      fc.property(
        form,
        fc.double({ min: 0.2, max: 4, noNaN: true }),
        fc.double({ min: -3, max: 3, noNaN: true }),
        num,
        (f, factor, x, at) => {
          const scaled = scaleUncertainty(f, factor);
          const frequency = toBase(at, unit('kHz'));
          for (const parameters of [undefined, { frequency: { min: frequency, max: frequency } }]) {
            const [before, after] = [evaluate(f, x, parameters), evaluate(scaled, x, parameters)];
            if (Number.isNaN(before)) expect(after).toBeNaN();
            // To the noise of its largest term: between two points one may cancel the other.
            else
              expect(Math.abs(after - factor * before)).toBeLessThanOrEqual(1e-12 * factor * worstAbsolute(f, { min: -3, max: 3 }).value);
          }
          // It still prints and reads back as itself: value and base say the same.
          expect(stripUnits(read(printUncertainty(scaled), 'mm'))).toEqual(stripUnits(scaled));
        },
      ),
    );
  });

  it('the worst case bounds dense sampling and is reached', () => {
    fc.assert(
      fc.property(form, fc.double({ min: -2, max: 2, noNaN: true }), fc.double({ min: 0, max: 3, noNaN: true }), (f, min, width) => {
        const interval = { min, max: min + width };
        const absolute = worstAbsolute(f, interval);
        const relative = worstRelative(f, interval);
        for (let i = 0; i <= 100; i += 1) {
          const x = min + (width * i) / 100;
          const u = evaluate(f, x);
          expect(u).toBeLessThanOrEqual(absolute.value * (1 + 1e-12));
          if (x !== 0 && Math.abs(x) > 1e-6) expect(u / Math.abs(x)).toBeLessThanOrEqual(relative.value * (1 + 1e-9) + 1e-300);
        }
        expect(evaluate(f, absolute.at)).toBe(absolute.value);
      }),
    );
  });

  it('draws a curve over exactly the interval', () => {
    const points = curve(read('U=0.06 μm+7×10⁻⁷L', 'mm'), { min: 0.0005, max: 0.5 }, 20);
    expect(points).toHaveLength(20);
    expect(points[0]!.x).toBe(0.0005);
    expect(points[19]!.x).toBe(0.5);
    expect(points.every((p, i) => i === 0 || p.u > points[i - 1]!.u)).toBe(true);
  });
});
