import { describe, expect, it } from 'vitest';
import { comparisonFactor, readCoverage, splitCoverage } from './coverage-factor.ts';

describe('the factor that brings U to U₉₅', () => {
  it.each([
    [2, null, 1],
    [1.96, null, 1],
    [2.05, null, 1],
    [1, null, 2],
    [3, null, 2 / 3],
    [2.58, null, 2 / 2.58],
    // Few degrees of freedom: k = 2.23 is stated for the same 95 %.
    [2.23, 0.95, 1],
    [2, 0.9545, 1],
    [null, 0.95, 1],
    [null, 0.99, 2 / 2.5758293],
    [null, 0.9973, 2 / 2.9999769],
    [null, 0.6827, 2 / 1.0000217],
    [null, null, 1],
    // The larger U of the two.
    [3.17, 0.99, 2 / 2.5758293],
    [2.58, 0.99, 2 / 2.5758293],
  ])('k = %s at level %s', (k, confidence, factor) => {
    expect(comparisonFactor({ k, confidence })).toBeCloseTo(factor, 6);
  });
});

describe('k and level in words', () => {
  it.each([
    ['µm (k=3)', 'μm', 3, null],
    ['mm，k＝1', 'mm', 1, null],
    ['k=2.58 p=99 %', '', 2.58, 0.99],
    ['U99', '', null, 0.99],
    ['U₉₅', '', null, 0.95],
    ['0.5 µm，包含因子 k=3', '0.5 μm', 3, null],
    ['0.5 µm coverage factor 3', '0.5 μm', 3, null],
    ['µm (置信水平 99%)', 'μm', null, 0.99],
    ['µm, 99 % 置信概率', 'μm', null, 0.99],
    ['µm, confidence level 0.99', 'μm', null, 0.99],
    ['K (k = 1)', 'K', 1, null],
    ['kg (k=2)', 'kg', 2, null],
    ['k95=2.1', '', 2.1, 0.95],
    ['kp=2.58', '', 2.58, null],
    ['mm (U95, k=2)', 'mm', 2, 0.95],
  ])('splits %s', (text, rest, k, confidence) => {
    expect(splitCoverage(text)).toEqual({ rest, coverage: { k, confidence } });
  });

  it.each(['µm', '0.5', 'kΩ', 'K', '%', 'U', 'mm k'])('finds none in %s', (text) => {
    expect(splitCoverage(text)).toBeNull();
  });

  it.each(['k=0', 'k=30', 'k=0.5', 'p=50 %', 'U12'])('refuses %s', (text) => {
    expect(splitCoverage(text)?.coverage).toBeNull();
  });

  it.each([
    ['3', { k: 3, confidence: null }],
    ['k=3', { k: 3, confidence: null }],
    ['99%', { k: null, confidence: 0.99 }],
    ['99', { k: null, confidence: 0.99 }],
    ['0.99', { k: null, confidence: 0.99 }],
    ['U99', { k: null, confidence: 0.99 }],
    ['1', { k: 1, confidence: null }],
    ['50', null],
    ['0', null],
    ['three', null],
    ['k=3 mm', null],
    ['', null],
  ])('reads %s in its own place', (text, coverage) => {
    expect(readCoverage(text)).toEqual(coverage);
  });
});
