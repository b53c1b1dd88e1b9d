import { describe, expect, it } from 'vitest';
import { certificateTitle } from './certificate-title.ts';

describe('what a certificate is called', () => {
  it.each([
    ['CNAS', 'L1234', 'CNAS L1234'],
    ['CNAS', 'CNAS L1234', 'CNAS L1234'],
    ['CNAS', 'cnas l1234', 'cnas l1234'],
    ['CNAS', 'CNASL1234', 'CNASL1234'],
    ['CNAS', 'ＣＮＡＳ L1234', 'ＣＮＡＳ L1234'],
    ['CMA', '210901340123', 'CMA 210901340123'],
    ['CMA', 'DEMO-CMA-0001', 'CMA DEMO-CMA-0001'],
    ['自我声明', '2026-1', '自我声明 2026-1'],
  ])('%s, %s: %s', (kind, number, title) => {
    expect(certificateTitle(kind, number)).toBe(title);
  });
});
