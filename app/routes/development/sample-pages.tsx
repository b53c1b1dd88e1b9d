import { Bill, Line } from '#app/ui/bill.tsx';
import { Fact } from '#app/ui/fact.tsx';
import { HeatMap } from '#app/ui/heat-map.tsx';
import { A, NavA } from '#app/ui/link.tsx';
import { Navigation } from '#app/ui/navigation.tsx';
import { OrderSteps } from '#app/ui/order-steps.tsx';
import { Drawn, Empty, Page } from '#app/ui/page.tsx';
import { Scorecard } from '#app/ui/scorecard.tsx';
import { AgreeBanner, Footer, FooterPart, Header, type ShellViewer, Trouble } from '#app/ui/shell.tsx';
import type { Sample } from './sample.ts';
import { say } from './say.ts';

const text = () => say('sample_gauge_blocks_are_sent_with_the');
const viewer = (kind: 'sme' | 'centre' | 'park', operator = false): ShellViewer => ({
  name: say('sample_wang_min'),
  operator,
  unread: kind === 'park' ? null : operator ? 120 : 0,
  organisation: {
    kind,
    nameZh: say('sample_demo_precision_instruments_suzhou_industrial_park'),
    nameEn: say('sample_demo_precision_instruments_suzhou_industrial_park'),
  },
});
const step = (at: number) =>
  [say('sample_confirmed'), say('sample_received'), say('sample_in_service'), say('sample_reported')].map((name, i) => ({
    name,
    state: i < at ? ('done' as const) : i === at ? ('now' as const) : ('ahead' as const),
    when: i <= at ? '2026-12-01 09:00' : '',
  }));
const line = (key: 'unit' | 'expedite' | 'park', quantity: number, unitNet: number) => ({
  key,
  quantity,
  unitNet,
  net: quantity * unitNet,
});

export const pageSamples: Sample[] = [
  {
    of: ['Header'],
    states: [
      { name: 'visitor', draw: () => <Header viewer={null} /> },
      { name: 'small firm, long name', draw: () => <Header viewer={viewer('sme')} /> },
      { name: 'centre', draw: () => <Header viewer={viewer('centre')} /> },
      { name: 'park', draw: () => <Header viewer={viewer('park')} /> },
      { name: 'operator', draw: () => <Header viewer={{ ...viewer('sme', true), organisation: null } as ShellViewer} /> },
    ],
  },
  {
    of: ['Navigation'],
    states: [
      { name: 'visitor', draw: () => <Navigation kind={null} operator={false} unread={null} current="/search" className="flex gap-5" /> },
      { name: 'centre, 120 messages', draw: () => <Navigation kind="centre" operator unread={120} current="/centre" className="grid" /> },
    ],
  },
  { of: ['AgreeBanner'], states: [{ name: 'new texts', draw: () => <AgreeBanner /> }] },
  { of: ['FooterPart'], states: [{ name: 'drawn here', draw: () => <FooterPart demonstration={false} /> }] },
  {
    of: ['Footer'],
    states: [
      { name: 'production', draw: () => <Footer demonstration={false} /> },
      { name: 'demonstration', draw: () => <Footer demonstration /> },
    ],
  },
  {
    of: ['Page'],
    states: [
      {
        name: 'with everything',
        draw: () => (
          <Page
            title={say('sample_order_hj_7q2m')}
            lead={text()}
            crumbs={[{ to: '/orders', label: say('sample_my_orders') }, { label: 'HJ-7Q2M' }]}
            actions={
              <A to="/orders" className="btn">
                {say('sample_move')}
              </A>
            }
          >
            <p>{text()}</p>
          </Page>
        ),
      },
      {
        name: 'narrow, title alone',
        draw: () => (
          <Page title={say('sample_sign_in')} narrow>
            <p>{text()}</p>
          </Page>
        ),
      },
    ],
  },
  {
    of: ['Empty'],
    states: [
      { name: 'with a way on', draw: () => <Empty title={say('sample_no_orders_yet')}>{text()}</Empty> },
      { name: 'title alone', draw: () => <Empty title={say('sample_no_orders_yet')} /> },
    ],
  },
  {
    of: ['Trouble'],
    states: [
      {
        name: 'what happened, what was kept, what to do',
        draw: () => (
          <Trouble
            code="503"
            title={say('sample_the_database_does_not_answer_just')}
            text={say('sample_what_you_typed_was_not_sent')}
            next={say('sample_please_try_again_in_a_few')}
          />
        ),
      },
    ],
  },
  {
    of: ['A', 'NavA'],
    states: [
      {
        name: 'link in text',
        draw: () => (
          <A to="/search" className="link">
            {text()}
          </A>
        ),
      },
      {
        name: 'of a navigation, the current page',
        draw: () => (
          <NavA to="/ui" className="link aria-[current=page]:font-bold">
            {say('sample_components')}
          </NavA>
        ),
      },
    ],
  },
  {
    of: ['Fact'],
    states: [
      {
        name: 'in its list',
        draw: () => (
          <dl className="spec-list">
            <Fact name={say('sample_range')} text="(0–25) mm" />
            <Fact name={say('sample_specification')} text={text()} />
          </dl>
        ),
      },
    ],
  },
  {
    of: ['Bill', 'Line'],
    states: [
      {
        name: 'with a discount, and what was paid',
        draw: () => (
          <Bill
            bill={{
              lines: [line('unit', 12, 8000), line('expedite', 1, 5000), line('park', 1, -9600)],
              net: 91400,
              vatBasisPoints: 600,
              vat: 5484,
              gross: 96884,
            }}
            after={<Line name={say('sample_paid')} amount={-96884} muted />}
          />
        ),
      },
    ],
  },
  {
    of: ['OrderSteps'],
    states: [
      { name: 'at its beginning', draw: () => <OrderSteps steps={step(0)} label={say('sample_progress')} /> },
      { name: 'on its way', draw: () => <OrderSteps steps={step(2)} label={say('sample_progress')} /> },
      { name: 'closed', draw: () => <OrderSteps steps={step(4)} label={say('sample_progress')} /> },
      {
        name: 'cancelled',
        draw: () => (
          <OrderSteps
            steps={[...step(1).slice(0, 1), { name: say('sample_cancelled'), state: 'ended', when: '2026-12-01 09:00' }]}
            label={say('sample_progress')}
          />
        ),
      },
    ],
  },
  {
    of: ['Scorecard'],
    states: [
      {
        name: 'criteria',
        draw: () => (
          <Scorecard
            criteria={[
              { name: say('sample_accuracy'), percent: 60 },
              { name: say('sample_reliability'), percent: 40 },
            ]}
          />
        ),
      },
    ],
  },
  {
    of: ['HeatMap'],
    states: [
      {
        name: 'from empty to full, closed, a long name',
        draw: () => (
          <HeatMap
            label={say('sample_utilization')}
            columns={Array.from({ length: 12 }, (_, i) => `12-${String(i + 1).padStart(2, '0')}`)}
            rows={[text(), say('sample_cmm')].map((name, row) => ({
              key: name,
              group: say('sample_demo_metrology_centre'),
              name,
              cells: Array.from({ length: 12 }, (_, i) => ({ value: i % 6 === 5 ? null : Math.min(1, (i + row) / 11), text: `${i} h` })),
            }))}
          />
        ),
      },
    ],
  },
  { of: ['Drawn'], states: [{ name: 'parts drawn before', draw: () => <Drawn markup={[`<p>${text()}</p>`, '<p class="tiny">2</p>']} /> }] },
];
