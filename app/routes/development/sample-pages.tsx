import { pick } from '#app/i18n/locale.ts';
import { Bill, Line } from '#app/ui/bill.tsx';
import { Fact } from '#app/ui/fact.tsx';
import { HeatMap } from '#app/ui/heat-map.tsx';
import { A, NavA } from '#app/ui/link.tsx';
import { OrderSteps } from '#app/ui/order-steps.tsx';
import { Drawn, Empty, Page } from '#app/ui/page.tsx';
import { Scorecard } from '#app/ui/scorecard.tsx';
import { Footer, Header, type ShellViewer, Trouble } from '#app/ui/shell.tsx';
import type { Sample } from './sample.ts';

const text = () => pick('量块送检须带上一周期的证书。', 'Gauge blocks are sent with the certificate of the last period.');
const viewer = (kind: 'sme' | 'centre' | 'park', operator = false): ShellViewer => ({
  name: pick('王敏', 'Wang Min'),
  operator,
  organisation: {
    kind,
    nameZh: '示范精密仪器（苏州工业园区）有限公司',
    nameEn: 'Demo Precision Instruments (Suzhou Industrial Park) Co., Ltd.',
  },
});
const step = (at: number) =>
  [pick('已确认', 'Confirmed'), pick('已收样', 'Received'), pick('检测中', 'In service'), pick('已出证', 'Reported')].map((name, i) => ({
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
            title={pick('订单 HJ-7Q2M', 'Order HJ-7Q2M')}
            lead={text()}
            crumbs={[{ to: '/orders', label: pick('我的订单', 'My orders') }, { label: 'HJ-7Q2M' }]}
            actions={
              <A to="/orders" className="btn">
                {pick('改期', 'Move')}
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
          <Page title={pick('登录', 'Sign in')} narrow>
            <p>{text()}</p>
          </Page>
        ),
      },
    ],
  },
  {
    of: ['Empty'],
    states: [
      { name: 'with a way on', draw: () => <Empty title={pick('还没有订单', 'No orders yet')}>{text()}</Empty> },
      { name: 'title alone', draw: () => <Empty title={pick('还没有订单', 'No orders yet')} /> },
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
            title={pick('数据库暂时没有应答', 'The database does not answer just now')}
            text={pick('您填写的内容没有提交。', 'What you typed was not sent.')}
            next={pick('请在几秒后重试。', 'Please try again in a few seconds.')}
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
            {pick('组件', 'Components')}
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
            <Fact name={pick('测量范围', 'Range')} text="(0–25) mm" />
            <Fact name={pick('技术依据', 'Specification')} text={text()} />
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
            after={<Line name={pick('已支付', 'Paid')} amount={-96884} muted />}
          />
        ),
      },
    ],
  },
  {
    of: ['OrderSteps'],
    states: [
      { name: 'at its beginning', draw: () => <OrderSteps steps={step(0)} label={pick('进度', 'Progress')} /> },
      { name: 'on its way', draw: () => <OrderSteps steps={step(2)} label={pick('进度', 'Progress')} /> },
      { name: 'closed', draw: () => <OrderSteps steps={step(4)} label={pick('进度', 'Progress')} /> },
      {
        name: 'cancelled',
        draw: () => (
          <OrderSteps
            steps={[...step(1).slice(0, 1), { name: pick('已取消', 'Cancelled'), state: 'ended', when: '2026-12-01 09:00' }]}
            label={pick('进度', 'Progress')}
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
              { name: pick('准确度', 'Accuracy'), percent: 60 },
              { name: pick('可靠性', 'Reliability'), percent: 40 },
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
            label={pick('利用率', 'Utilization')}
            columns={Array.from({ length: 12 }, (_, i) => `12-${String(i + 1).padStart(2, '0')}`)}
            rows={[text(), pick('三坐标测量机', 'CMM')].map((name, row) => ({
              key: name,
              group: pick('示范计量中心', 'Demo metrology centre'),
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
