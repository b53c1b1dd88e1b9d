import { describe, expect, it } from 'vitest';
import { readForm } from '#app/core/form.ts';
import { issueForm } from './issue-form.ts';
import { requestForm } from './request-form.ts';

const GOOD = { invoiceNumber: '26322000000012345678', issuedOn: '2026-11-28', amount: '1060.00' };
function formOf(fields: Record<string, string | string[]>) {
  const form = new FormData();
  for (const [name, values] of Object.entries(fields)) for (const value of [values].flat()) form.append(name, value);
  return form;
}
const read = (changes: Record<string, string>) => readForm(formOf({ ...GOOD, ...changes }), issueForm);

describe('what a centre fills in', () => {
  it.each([
    ['invoiceNumber', ' 2632 2000 0000 1234 5678 ', '26322000000012345678'],
    ['invoiceNumber', '２６３２２０００００００１２３４５６７８', '26322000000012345678'],
    ['amount', '￥1,060', 106_000],
    ['amount', '1060.5', 106_050],
    ['amount', '１０６０．０５', 106_005],
    ['amount', '0.01', 1],
  ])('%s is read as people write it: %j', (field, typed, value) => {
    const answer = read({ [field]: typed });
    expect(answer).toMatchObject({ input: { [field]: value } });
  });

  it.each([
    ['invoiceNumber', '', 'required'],
    ['invoiceNumber', '2632200000001234567', 'number'],
    ['invoiceNumber', '2632200000001234567A', 'number'],
    ['issuedOn', '', 'day'],
    ['issuedOn', '2026-02-30', 'day'],
    ['issuedOn', '28.11.2026', 'day'],
    ['amount', '', 'required'],
    ['amount', '10.605', 'amount'],
    ['amount', '-10', 'amount'],
    ['amount', 'zehn', 'amount'],
  ])('says what is wrong with %s %j', (field, typed, code) => {
    const answer = read({ [field]: typed });
    expect(answer).toMatchObject({ faults: { [field]: code } });
    expect(answer.typed[field]).toEqual([typed]);
  });
});

describe('what a buyer asks for', () => {
  const ask = (fields: Record<string, string | string[]>) => readForm(formOf({ title: 't', ...fields }), requestForm);

  it('names each order with the amount that was shown', () => {
    expect(ask({ orders: ['HJ-7K2M-Q9XD:45000', 'HJ-0000-0001:1'] })).toMatchObject({
      input: {
        orders: [
          { number: 'HJ-7K2M-Q9XD', amount: 45_000 },
          { number: 'HJ-0000-0001', amount: 1 },
        ],
      },
    });
    expect(ask({ orders: 'HJ-7K2M-Q9XD' })).toMatchObject({ input: { orders: [{ number: '', amount: -1 }] } });
  });

  it('is some order, and not too many', () => {
    expect(ask({})).toMatchObject({ faults: { orders: 'orders_none' } });
    expect(ask({ orders: Array.from({ length: 51 }, (_, i) => `HJ-${i}:1`) })).toMatchObject({ faults: { orders: 'orders_too_many' } });
    expect(ask({ title: '', orders: 'HJ-1:1' })).toMatchObject({ faults: { title: 'choose' } });
  });
});
