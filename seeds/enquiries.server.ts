/** Enquiries of the demonstration: three a centre has yet to answer, one answered with a price, one declined, one withdrawn. */
import { and, eq, like } from 'drizzle-orm';
import type { Actor } from '#app/core/actor.ts';
import type { Deps } from '#app/core/deps.ts';
import { answerEnquiry } from '#app/modules/enquiries/answer-enquiry.server.ts';
import { askForQuote } from '#app/modules/enquiries/ask-for-quote.server.ts';
import { withdrawEnquiry } from '#app/modules/enquiries/withdraw-enquiry.server.ts';
import { outbox } from '#db/schema/core.ts';
import { organisationId, personId } from './people.ts';

const CENTRE = 'gusu-precision';
const HOUR_MS = 3_600_000;

const firm = (slug: string, email: string): Actor => ({
  personId: personId(`${email}@demo.hengji.example`),
  organisationId: organisationId(slug),
  organisationKind: 'sme',
  role: 'owner',
});
const CHENSI = firm('demo-chensi-electronics', 'chensi');
const TIANMU = firm('demo-tianmu-torque', 'tianmu');
const XINHE = firm('demo-xinhe-thermal', 'xinhe');
const SELLER: Actor = {
  personId: personId('gusu@demo.hengji.example'),
  organisationId: organisationId(CENTRE),
  organisationKind: 'centre',
  role: 'manager',
};

type Asked = { by: Actor; hoursAgo: number; quantity: number; said?: string; path?: string; text: string };
const ASKED: readonly Asked[] = [
  { by: XINHE, hoursAgo: 200, quantity: 4, text: '专用同心度检具 4 套，请确认能否校准，并给出不确定度。' },
  { by: TIANMU, hoursAgo: 120, quantity: 1, text: '丝杠动态行程误差检测，导程 10 mm，长度 2 m。' },
  { by: CHENSI, hoursAgo: 90, quantity: 2, text: '投影仪两台，需要上门，地点在园区内。' },
  {
    by: TIANMU,
    hoursAgo: 30,
    quantity: 6,
    said: '螺纹环规 M3–M12，6 件',
    path: `/match?${new URLSearchParams({ item: '螺纹环规', n: '6' })}`,
    text: '需按 GB/T 3934 给出中径，并出具中英文证书。',
  },
  { by: CHENSI, hoursAgo: 8, quantity: 1, text: '非接触测头一套（自制），希望按我们提供的方法做比对测量。' },
  {
    by: XINHE,
    hoursAgo: 2,
    quantity: 12,
    said: '热套定位块 50–300 mm，12 件',
    path: `/match?${new URLSearchParams({ item: '量块', n: '12', min: '50', max: '300', unit: 'mm' })}`,
    text: '下周三前需要结果，可以加急。',
  },
];

/** Put down once, after the rest of the demonstration: each step is taken as anybody takes it. Nobody is written to about what is composed. */
export async function seedEnquiries(deps: Pick<Deps, 'db' | 'clock' | 'log'>): Promise<void> {
  const now = deps.clock();
  const at = (hoursAgo: number) => ({ ...deps, clock: () => now - hoursAgo * HOUR_MS });
  const ids: string[] = [];
  for (const { by, hoursAgo, said = '', path = '', text, quantity } of ASKED) {
    const input = { centres: [CENTRE], path, said, text, quantity, neededBy: '', once: text };
    ids.push(...(await askForQuote(at(hoursAgo), by, input)));
  }
  const [priced, refused, taken] = ids as [string, string, string];
  const price = { declines: false, text: '可以校准，U = 1.5 µm（k = 2），约 7 个工作日。', price: '480', service: '' };
  await answerEnquiry(at(190), SELLER, priced, price);
  const no = { declines: true, text: '我们的装置只到 1 m，2 m 的丝杠暂时做不了。', price: '', service: '' };
  await answerEnquiry(at(100), SELLER, refused, no);
  await withdrawEnquiry(at(80), CHENSI, taken);
  await deps.db.write((tx) => tx.delete(outbox).where(and(eq(outbox.topic, 'mail'), like(outbox.dedupeKey, 'enquiry%'))));
}
