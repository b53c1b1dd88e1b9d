import { Bounds } from '#app/ui/bounds.tsx';
import { CapabilityTable } from '#app/ui/capability-table.tsx';
import { CompareBar, Facets, Pages, Sorts } from '#app/ui/facets.tsx';
import { Chips, Offer, type OfferView, Why } from '#app/ui/offer.tsx';
import { QrCode } from '#app/ui/qr-code.tsx';
import { RangePicture, type RangePictureProps } from '#app/ui/range-picture.tsx';
import type { Sample } from './sample.ts';
import { say } from './say.ts';

const micrometer = () => say('sample_calibration_of_outside_micrometers');

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
  title: say('sample_0_50_mm_u_0_2'),
});

const chips = (): OfferView['chips'] => [
  { tone: 'ok', text: 'CNAS' },
  { tone: 'info', text: say('sample_instant_booking') },
  { tone: 'warn', text: say('sample_ends_soon') },
  { tone: 'stated', text: say('sample_stated') },
  { tone: '', text: say('sample_on_site') },
];
const why = (): OfferView['why'] => [
  { tone: 'ok', text: say('sample_covers_0_25_mm') },
  {
    tone: 'miss',
    text: say('sample_u_0_8_m_0_3'),
    relax: { to: '/search', text: say('sample_allow_0_8_m') },
  },
  { tone: 'note', text: say('sample_no_free_slot_before_next_friday') },
];
const offer = (fits: boolean): OfferView => ({
  id: fits ? '1' : '2',
  slug: fits ? 'micrometer' : 'micrometer-2',
  name: fits ? micrometer() : `${micrometer()} · ${say('sample_with_depth_inside_and_lever_micrometers')}`,
  specification: 'JJG 21-2008',
  where: say('sample_demo_metrology_centre_suzhou'),
  summary: fits ? say('sample_by_gauge_blocks_room_at_20') : '',
  chips: fits ? chips().slice(0, 2) : chips(),
  why: fits ? why().slice(0, 1) : why(),
  price: fits ? '¥80.00' : '¥1,280.00',
  per: say('sample_each'),
  when: say('sample_earliest_1_dec_09_00'),
  to: '/search',
  go: fits ? { to: '/search', text: say('sample_book'), now: true } : { to: '/search', text: say('sample_request'), now: false },
  picture: picture(fits),
});

const row = (id: string, more: object = {}) => ({
  id,
  instrument: say('sample_outside_micrometer'),
  measurand: say('sample_error_of_indication'),
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
    legend: say('sample_place'),
    values: [say('sample_suzhou'), say('sample_shanghai'), say('sample_wuxi'), say('sample_changzhou'), 'A', 'B', 'C', 'D', 'E', 'F']
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
              row('1', { basis: { tone: 'ok', text: 'CNAS' }, designation: say('sample_class_1') }),
              row('2', {
                basis: { tone: 'stated', text: say('sample_stated') },
                compared: 'U = 0.6 µm (k = 2)',
                conditions: '20 °C',
              }),
              row('3', { method: 'VDI/VDE 2618 Blatt 9.1', basis: { tone: '', text: say('sample_not_accredited') } }),
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
              { order: 'fit', label: say('sample_fit') },
              { order: 'price', label: say('sample_price') },
            ]}
          />
        ),
      },
    ],
  },
  { of: ['CompareBar'], states: [{ name: 'appears with the first tick above', draw: () => <CompareBar need={[['q', micrometer()]]} /> }] },
];
