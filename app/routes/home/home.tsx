import type { MetaFunction } from '@remix-run/node';
import * as m from '#app/i18n/paraglide/messages.js';

export const meta: MetaFunction = () => [{ title: m.brand_full() }];

export default function Home() {
  return (
    <div className="wrap page">
      <h1>{m.brand_full()}</h1>
    </div>
  );
}
