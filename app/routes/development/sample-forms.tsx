import { pick } from '#app/i18n/locale.ts';
import { Field, FileField, FormError, Select, Submit, TextArea, TextField } from '#app/ui/form.tsx';
import type { Sample } from './sample.ts';

const label = () => pick('测量范围上限', 'Upper end of the range');
const hint = () => pick('单位 mm，如 25', 'In mm, such as 25');
const wrong = () => [pick('必须大于下限 0 mm。', 'It has to be above the lower end, 0 mm.')];
const long = () =>
  pick(
    '被测仪器随附的全部技术资料、上一周期的校准证书以及对环境条件有特殊要求时的书面说明',
    'All technical documents of the instrument, the certificate of the last period, and a written note where it asks for special conditions',
  );

export const formSamples: Sample[] = [
  {
    of: ['TextField', 'Field'],
    states: [
      { name: 'empty', draw: () => <TextField label={label()} name="a" /> },
      { name: 'filled, with a hint', draw: () => <TextField label={label()} hint={hint()} name="b" defaultValue="25" /> },
      {
        name: 'wrong: what was typed stays',
        draw: () => <TextField label={label()} errors={wrong()} hint={hint()} name="c" defaultValue="-1" />,
      },
      { name: 'disabled', draw: () => <TextField label={label()} name="d" defaultValue="25" disabled /> },
      { name: 'long', draw: () => <TextField label={long()} hint={long()} errors={[long()]} name="e" defaultValue={long()} /> },
      {
        name: 'another control',
        draw: () => <Field label={label()}>{(tied) => <input type="date" className="control" {...tied} />}</Field>,
      },
    ],
  },
  {
    of: ['TextArea'],
    states: [
      { name: 'filled', draw: () => <TextArea label={label()} name="f" defaultValue={long()} /> },
      { name: 'wrong', draw: () => <TextArea label={label()} errors={wrong()} name="g" /> },
    ],
  },
  {
    of: ['Select'],
    states: [
      {
        name: 'rest',
        draw: () => (
          <Select label={label()} hint={hint()} name="h">
            <option>25 mm</option>
            <option>150 mm</option>
          </Select>
        ),
      },
      {
        name: 'wrong',
        draw: () => (
          <Select label={label()} errors={wrong()} name="i">
            <option>25 mm</option>
          </Select>
        ),
      },
    ],
  },
  {
    of: ['FileField'],
    states: [
      { name: 'one file', draw: () => <FileField label={label()} hint={hint()} most={5} name="j" /> },
      { name: 'several, refused', draw: () => <FileField label={label()} errors={wrong()} most={5} name="k" multiple /> },
    ],
  },
  {
    of: ['FormError'],
    states: [
      { name: 'title alone', draw: () => <FormError title={wrong()[0]} /> },
      { name: 'with what to do', draw: () => <FormError title={wrong()[0]}>{long()}</FormError> },
    ],
  },
  {
    of: ['Submit'],
    states: [
      { name: 'rest', draw: () => <Submit>{pick('预约', 'Book')}</Submit> },
      { name: 'sent, not answered yet', draw: () => <Submit aria-disabled>{pick('正在提交…', 'Sending …')}</Submit> },
      {
        name: 'the other kinds of button',
        draw: () => (
          <p className="flex flex-wrap gap-2">
            <Submit className="btn">{pick('保存草稿', 'Save draft')}</Submit>
            <Submit className="btn small">{pick('筛选', 'Apply')}</Submit>
            <Submit className="btn quiet">{pick('清除', 'Clear')}</Submit>
            <Submit className="btn danger">{pick('取消订单', 'Cancel order')}</Submit>
            <button type="button" className="btn" disabled>
              {pick('不可用', 'Not now')}
            </button>
          </p>
        ),
      },
    ],
  },
];
