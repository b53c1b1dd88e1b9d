import { Field, FileField, FormError, Select, Submit, TextArea, TextField } from '#app/ui/form.tsx';
import { type FormBack, FormTrouble } from '#app/ui/form-answer.tsx';
import type { Sample } from './sample.ts';
import { say } from './say.ts';

const label = () => say('sample_upper_end_of_the_range');
const hint = () => say('sample_in_mm_such_as_25');
/** What a form that came back is told by. */
const cameBack = (told: Partial<FormBack>): FormBack => ({
  refused: true,
  trouble: null,
  code: undefined,
  facts: {},
  said: [],
  text: (_, saved = '') => saved,
  list: (_, saved = []) => saved,
  fault: () => undefined,
  errors: () => ({}),
  ...told,
});
const wrong = () => [say('sample_it_has_to_be_above_the')];
const long = () => say('sample_all_technical_documents_of_the_instrument');

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
    of: ['FormTrouble'],
    states: [
      { name: 'one field', draw: () => <FormTrouble back={cameBack({ said: wrong() })} /> },
      { name: 'several fields', draw: () => <FormTrouble back={cameBack({ said: [...wrong(), label()] })} /> },
      { name: 'the form as a whole', draw: () => <FormTrouble back={cameBack({ trouble: { title: wrong()[0] ?? '', text: long() } })} /> },
    ],
  },
  {
    of: ['Submit'],
    states: [
      { name: 'rest', draw: () => <Submit>{say('sample_book')}</Submit> },
      { name: 'sent, not answered yet', draw: () => <Submit aria-disabled>{say('sample_sending')}</Submit> },
      {
        name: 'the other kinds of button',
        draw: () => (
          <p className="flex flex-wrap gap-2">
            <Submit className="btn">{say('sample_save_draft')}</Submit>
            <Submit className="btn small">{say('sample_apply')}</Submit>
            <Submit className="btn quiet">{say('sample_clear')}</Submit>
            <Submit className="btn danger">{say('sample_cancel_order')}</Submit>
            <button type="button" className="btn" disabled>
              {say('sample_not_now')}
            </button>
          </p>
        ),
      },
    ],
  },
];
