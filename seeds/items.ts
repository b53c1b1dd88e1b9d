import type { orderItem } from '#db/schema/orders.ts';
import type { Booking } from './demand.ts';

/** Makers are the demonstration's own firms: no real name stands on an instrument that never was. */
const MAKERS: Record<string, string> = {
  几何量: '灵羽量具',
  力学: '天目扭矩',
  质量: '衡驰仪表',
  压力: '衡驰仪表',
  热学: '新禾热工',
  流量: '润泽流量',
  电磁: '辰思电子',
  无线电: '辰思电子',
  时间频率: '辰思电子',
  化学: '渝环分析',
  光学: '青岩光学',
  声学: '山城传感',
  振动: '山城传感',
  电离辐射: '渝环分析',
  通用: '衡驰仪表',
};
const PREFIX: Record<string, string> = {
  几何量: 'LY',
  力学: 'TM',
  质量: 'HC',
  压力: 'HC',
  热学: 'XH',
  流量: 'RZ',
  电磁: 'CS',
  无线电: 'CS',
  时间频率: 'CS',
  化学: 'YH',
  光学: 'QY',
  声学: 'SC',
  振动: 'SC',
  电离辐射: 'YH',
  通用: 'HC',
};

/** The pieces of a booking, one row each; hours, days, seats and advice have none. */
export function describeItems(orderId: string, { sold, quantity }: Booking, random: () => number): (typeof orderItem.$inferInsert)[] {
  if (sold.unit !== 'piece' || sold.instrumentZh === '') return [];
  const names = sold.capabilities && sold.capabilities.length > 0 ? sold.capabilities : [sold.instrumentZh];
  const name = names[Math.floor(random() * names.length)] as string;
  const prefix = PREFIX[sold.field] ?? 'HJ';
  const model = `${prefix}-${10 * (1 + Math.floor(random() * 60))}`;
  const first = 1000 + Math.floor(random() * 8000);
  return Array.from({ length: quantity }, (_, position) => ({
    orderId,
    position,
    name,
    maker: MAKERS[sold.field] ?? '',
    model,
    serial: `${prefix}${String(first + position)}`,
  }));
}
