import type { MetaFunction } from '@remix-run/node';
import { useSearchParams } from '@remix-run/react';
import { serve } from '#app/http/route.server.ts';
import { useView } from '#app/http/use-view.ts';
import { barePath, localePath } from '#app/i18n/locale.ts';
import { Page } from '#app/ui/page.tsx';
import theme from '#app/ui/theme.css?raw';
import { SAMPLES } from './samples.ts';
import { darkTokens, lightTokens } from './tokens.ts';

export const loader = serve(async () => ({ tokens: { light: lightTokens(theme), dark: darkTokens(theme) } }));

export const meta: MetaFunction = () => [{ title: 'ui' }];

/** Looks, in both languages: without `look` the page follows the machine, as the site does. */
const LOOKS = ['', 'light', 'dark'] as const;

/** Every component of app/ui in every state, for those who change them. */
export default function Components() {
  const { tokens } = useView<typeof loader>();
  const [search] = useSearchParams();
  const look = search.get('look') === 'dark' ? 'dark' : search.get('look') === 'light' ? 'light' : '';
  return (
    <Page
      title="app/ui"
      lead="Every component in every state. Look at 390 and 1440 pixels, in both languages, light and dark."
      actions={(['zh-CN', 'en'] as const).flatMap((locale) =>
        LOOKS.map((one) => (
          <a key={locale + one} href={localePath(`${barePath('/ui')}${one && `?look=${one}`}`, locale)} className="btn small">
            {locale} {one || 'as the machine'}
          </a>
        )),
      )}
    >
      {look && <style>{tokens[look]}</style>}
      <nav className="flex flex-wrap gap-3" aria-label="components">
        {SAMPLES.map(({ of }) => (
          <a key={of.join()} href={`#${of[0]}`} className="link">
            {of.join(', ')}
          </a>
        ))}
      </nav>
      {SAMPLES.map(({ of, states }) => (
        <section key={of.join()} id={of[0]} className="grid gap-4">
          <h2>{of.join(', ')}</h2>
          {states.map(({ name, draw }) => (
            <figure key={name} className="m-0 grid min-w-0 gap-2">
              <figcaption className="tiny">{name}</figcaption>
              <div className="min-w-0">{draw()}</div>
            </figure>
          ))}
        </section>
      ))}
    </Page>
  );
}
