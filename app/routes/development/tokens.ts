/** The colours of one look, taken out of the style sheet and said again so that they hold whatever the machine prefers. */
const BLOCK = /:root \{([^}]*)\}/g;

const blocks = (theme: string) => [...theme.matchAll(BLOCK)].map(([, tokens = '']) => tokens.replace(/color-scheme:[^;]*;/, ''));

export const lightTokens = (theme: string) => `:root {${blocks(theme)[0] ?? ''} color-scheme: light; }`;
export const darkTokens = (theme: string) => `:root {${blocks(theme)[1] ?? ''} color-scheme: dark; }`;
