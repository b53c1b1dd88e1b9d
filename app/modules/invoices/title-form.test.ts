import { describe, expect, it } from 'vitest';
import { readForm } from '#app/core/form.ts';
import { titleForm } from './title-form.ts';

const GOOD = { kind: 'special', name: '苏州示例机械有限公司', taxId: '11000000000000000U', email: 'cw@example.test' };
function read(changes: Record<string, string> = {}) {
  const form = new FormData();
  for (const [name, value] of Object.entries({ ...GOOD, ...changes })) form.set(name, value);
  return readForm(form, titleForm);
}

describe('form of a title', () => {
  it('takes address and bank as optional', () => {
    expect(read()).toMatchObject({ input: { ...GOOD, address: '', phone: '', bank: '', account: '' } });
  });

  it('keeps codes and accounts in their normal form', () => {
    const typed = { taxId: ' 1100 0000 0000 0000 0u ', account: '6222 ０２１０-0111', email: ' CW＠Example.test ' };
    expect(read(typed)).toMatchObject({ input: { taxId: GOOD.taxId, account: '622202100111', email: GOOD.email } });
  });

  it.each([
    ['kind', 'paper', 'choose'],
    ['name', '  ', 'required'],
    ['name', 'x'.repeat(101), 'too_long'],
    ['name', 'a\u202eb', 'characters'],
    ['taxId', '', 'required'],
    ['taxId', '110000000000000', 'tax_id_length'],
    ['taxId', '1100000000000000OU', 'tax_id_character'],
    ['taxId', '11000000000000000T', 'tax_id_check'],
    ['email', '', 'required'],
    ['email', 'nobody', 'email'],
    ['account', '6222x', 'account'],
    ['bank', 'x'.repeat(101), 'too_long'],
  ])('says what is wrong with %s %j, and gives back what was typed', (field, value, code) => {
    const answer = read({ [field]: value });
    expect(answer).toMatchObject({ faults: { [field]: code } });
    expect(answer.typed.name).toEqual([field === 'name' ? value : GOOD.name]);
  });
});
