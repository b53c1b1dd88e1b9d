import type { Sample } from './sample.ts';
import { formSamples } from './sample-forms.tsx';
import { pageSamples } from './sample-pages.tsx';
import { resultSamples } from './sample-results.tsx';

export const SAMPLES: readonly Sample[] = [...formSamples, ...resultSamples, ...pageSamples];
