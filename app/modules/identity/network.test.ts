import { expect, it } from 'vitest';
import { networkOf, placeOf } from './network.ts';

it.each([
  ['203.0.113.7', '203.0.113.7', '203.0.113.*'],
  ['::ffff:203.0.113.7', '203.0.113.7', '203.0.113.*'],
  ['2001:db8:1:2::7', '2001:db8:1:2', '2001:db8:1:*'],
  ['2001:db8::7', '2001:db8:0:0', '2001:db8:0:*'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2', '2001:db8:1:*'],
  ['::1', '0:0:0:0', '0:0:0:*'],
  ['127.0.0.1', '127.0.0.1', '127.0.0.*'],
  ['', '', ''],
])('%j is the place %j in the network %j', (address, place, network) => {
  expect([placeOf(address), networkOf(address)]).toEqual([place, network]);
});
