/** Which version of a page holds, and what a text may be. Pure. */
import type { LegalPage } from '#db/schema/legal.ts';

export const LEGAL_PAGES = ['terms', 'privacy', 'help', 'imprint'] as const satisfies readonly LegalPage[];
/** To these people agree. */
export const AGREED_PAGES = ['terms', 'privacy'] as const satisfies readonly LegalPage[];
/** By page the version; 0 where none is in force, or none was agreed to. */
export type Versions = Record<(typeof AGREED_PAGES)[number], number>;

/** Some forty printed pages. */
export const MOST_TEXT = 100_000;

/** The version in force: of those that have begun the one with the highest number. */
export function inForce<V extends { version: number; effectiveAt: number | null }>(versions: readonly V[], now: number): V | undefined {
  return versions
    .filter(({ effectiveAt }) => effectiveAt !== null && effectiveAt <= now)
    .reduce<V | undefined>((best, one) => (best && best.version > one.version ? best : one), undefined);
}

/** Whether somebody who agreed to these still has to be asked. */
export const mustAgree = (force: Versions, agreed: Versions): boolean => AGREED_PAGES.some((page) => agreed[page] < force[page]);

export type TextFault = 'needed' | 'too_long' | 'bad_character';

export function textFault(text: string): TextFault | undefined {
  if (text === '') return 'needed';
  if (text.length > MOST_TEXT) return 'too_long';
  return /[^\P{Cc}\n\t]/u.test(text) || !text.isWellFormed() ? 'bad_character' : undefined;
}

/** One line break is one character, whatever the browser sends for it. */
export const plainText = (typed: string): string => typed.replaceAll(/\r\n?/g, '\n').trim();

export type Block = { kind: 'heading' | 'paragraph'; text: string } | { kind: 'list'; items: string[] };

/** A text as blocks: a blank line between paragraphs, `## ` before a heading, `- ` before the lines of a list. Nothing else means anything. */
export function blocksOf(text: string): Block[] {
  return text
    .split(/\n{2,}/)
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .map((part): Block => {
      const lines = part.split('\n').map((line) => line.trim());
      if (lines.length === 1 && part.startsWith('## ')) return { kind: 'heading', text: part.slice(3).trim() };
      if (lines.every((line) => line.startsWith('- '))) return { kind: 'list', items: lines.map((line) => line.slice(2).trim()) };
      return { kind: 'paragraph', text: lines.join('\n') };
    });
}
