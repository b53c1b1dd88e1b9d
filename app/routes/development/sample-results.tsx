import { pick } from '#app/i18n/locale.ts';
import { Bounds } from '#app/ui/bounds.tsx';
import { CapabilityTable } from '#app/ui/capability-table.tsx';
import { CompareBar, Facets, Pages, Sorts } from '#app/ui/facets.tsx';
import { Chips, Offer, type OfferView, Why } from '#app/ui/offer.tsx';
import { QrCode } from '#app/ui/qr-code.tsx';
import { RangePicture, type RangePictureProps } from '#app/ui/range-picture.tsx';
import type { Sample } from './sample.ts';

const micrometer = () => pick('外径千分尺校准', 'Calibration of outside micrometers');

const picture = (fits: boolean): RangePictureProps => ({
  width: 260,
  height: 130,
  box: { left: 40, top: 16, right: 248, bottom: 108 },
  xTicks: [0, 25, 50].map((value, i) => ({ at: 40 + i * 80, text: String(value) })),
  yTicks: [0, 0.5].map((value, i) => ({ at: 108 - i * 60, text: String(value) })),
  xUnit: 'mm',
  yUnit: 'µm',
  curves: ['M40 90L248 70'],
  need: { area: `M40 ${fits ? 48 : 84}H144V108H40Z`, line: `M40 ${fits ? 48 : 84}H144`, label: 'U ≤ 0.5 µm', fits },
  title: pick('0–50 mm，U = 0.2–0.4 µm', '0–50 mm, U = 0.2–0.4 µm'),
});

const chips = (): OfferView['chips'] => [
  { tone: 'ok', text: 'CNAS' },
  { tone: 'info', text: pick('即时预约', 'Instant booking') },
  { tone: 'warn', text: pick('即将到期', 'Ends soon') },
  { tone: 'stated', text: pick('机构自述', 'Stated') },
  { tone: '', text: pick('上门', 'On site') },
];
const why = (): OfferView['why'] => [
  { tone: 'ok', text: pick('范围覆盖 0–25 mm', 'Covers 0–25 mm') },
  {
    tone: 'miss',
    text: pick('U = 0.8 µm，超出 0.3 µm', 'U = 0.8 µm, 0.3 µm too much'),
    relax: { to: '/search', text: pick('放宽到 0.8 µm', 'Allow 0.8 µm') },
  },
  { tone: 'note', text: pick('下周五之前没有空档', 'No free slot before next Friday') },
];
const offer = (fits: boolean): OfferView => ({
  id: fits ? '1' : '2',
  slug: fits ? 'micrometer' : 'micrometer-2',
  name: fits
    ? micrometer()
    : `${micrometer()} · ${pick('含深度千分尺、内径千分尺与杠杆千分尺的全套检定', 'with depth, inside and lever micrometers, the whole set')}`,
  specification: 'JJG 21-2008',
  where: pick('示范计量中心 · 苏州', 'Demo metrology centre · Suzhou'),
  summary: fits ? pick('量块法，恒温室 (20 ± 0.5) °C。', 'By gauge blocks, room at (20 ± 0.5) °C.') : '',
  chips: fits ? chips().slice(0, 2) : chips(),
  why: fits ? why().slice(0, 1) : why(),
  price: fits ? '¥80.00' : '¥1,280.00',
  per: pick('/ 件', 'each'),
  when: pick('最早 12 月 1 日 09:00', 'Earliest 1 Dec 09:00'),
  to: '/search',
  go: fits ? { to: '/search', text: pick('预约', 'Book'), now: true } : { to: '/search', text: pick('提交申请', 'Request'), now: false },
  picture: picture(fits),
});

const row = (id: string, more: object = {}) => ({
  id,
  instrument: pick('外径千分尺', 'Outside micrometer'),
  measurand: pick('示值误差', 'Error of indication'),
  designation: '',
  range: '(0–25) mm',
  uncertainty: 'U = 0.5 µm (k = 2)',
  compared: '',
  method: 'JJG 21-2008',
  conditions: '',
  ...more,
});

const facets = (count: number) => [
  {
    name: 'place',
    legend: pick('地区', 'Place'),
    values: [
      pick('苏州', 'Suzhou'),
      pick('上海', 'Shanghai'),
      pick('无锡', 'Wuxi'),
      pick('常州', 'Changzhou'),
      'A',
      'B',
      'C',
      'D',
      'E',
      'F',
    ]
      .slice(0, count)
      .map((label, i) => ({ value: label, label, count: 12 - i, checked: i === 0 })),
  },
];

export const resultSamples: Sample[] = [
  {
    of: ['Offer'],
    states: [
      { name: 'fits, at once', draw: () => <Offer offer={offer(true)} picked={false} /> },
      { name: 'misses, long, on request, picked', draw: () => <Offer offer={offer(false)} picked /> },
    ],
  },
  { of: ['QrCode'], states: [{ name: 'an address', draw: () => <QrCode text="https://hengji.example/" label="hengji.example" /> }] },
  { of: ['Chips'], states: [{ name: 'every tone', draw: () => <Chips chips={chips()} /> }] },
  { of: ['Why'], states: [{ name: 'every tone', draw: () => <Why why={why()} /> }] },
  {
    of: ['RangePicture'],
    states: [
      { name: 'fits', draw: () => <RangePicture {...picture(true)} /> },
      { name: 'misses', draw: () => <RangePicture {...picture(false)} /> },
      { name: 'nothing asked', draw: () => <RangePicture {...picture(true)} need={null} /> },
    ],
  },
  {
    of: ['CapabilityTable'],
    states: [
      {
        name: 'rows that lead somewhere, each kind of basis',
        draw: () => (
          <CapabilityTable
            hrefOf={() => '/search'}
            rows={[
              row('1', { basis: { tone: 'ok', text: 'CNAS' }, designation: pick('1 级', 'class 1') }),
              row('2', {
                basis: { tone: 'stated', text: pick('机构自述', 'Stated') },
                compared: 'U = 0.6 µm (k = 2)',
                conditions: '20 °C',
              }),
              row('3', { method: 'VDI/VDE 2618 Blatt 9.1', basis: { tone: '', text: pick('未认可', 'Not accredited') } }),
            ]}
          />
        ),
      },
      { name: 'empty', draw: () => <CapabilityTable rows={[]} /> },
    ],
  },
  {
    of: ['Facets', 'Bounds'],
    states: [
      {
        name: 'nothing chosen',
        draw: () => (
          <Facets action="/search" kept={[]} groups={facets(3)} count={0} clear="/search">
            <Bounds priceMin="" priceMax="" before="" />
          </Facets>
        ),
      },
      {
        name: 'chosen, more than are shown',
        draw: () => (
          <Facets action="/search" kept={[]} groups={facets(10)} count={3} clear="/search">
            <Bounds priceMin="80" priceMax="300" before="2026-12-01" />
          </Facets>
        ),
      },
    ],
  },
  {
    of: ['Pages'],
    states: [1, 3, 7].map((page) => ({ name: `page ${page} of 7`, draw: () => <Pages page={page} pages={7} to={() => '/search'} /> })),
  },
  {
    of: ['Sorts'],
    states: [
      {
        name: 'one chosen',
        draw: () => (
          <Sorts
            current="fit"
            to={() => '/search'}
            orders={[
              { order: 'fit', label: pick('匹配', 'Fit') },
              { order: 'price', label: pick('价格', 'Price') },
            ]}
          />
        ),
      },
    ],
  },
  { of: ['CompareBar'], states: [{ name: 'appears with the first tick above', draw: () => <CompareBar need={[['q', micrometer()]]} /> }] },
];
