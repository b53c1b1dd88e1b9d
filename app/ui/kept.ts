import { createContext } from 'react';
import type { NavigationView } from './navigation.tsx';

/** Parts of every page that are drawn once for what they say (kept-markup.server.tsx); none where the page is hydrated. */
export type KeptParts = { navigation: (view: NavigationView) => string; footer: (view: { demonstration: boolean }) => string };
export const KeptContext = createContext<KeptParts | null>(null);
