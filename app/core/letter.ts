/** What a mail says, before it becomes text and HTML: the two are made from the same sentences. */
import * as m from '#app/i18n/paraglide/messages.js';
import type { Locale, MailFacts, MailKind } from './mail.server.ts';

export type Letter = {
  subject: string;
  greeting: string;
  paragraphs: string[];
  rows: [label: string, value: string][];
  action: { label: string; href: string };
  closing?: string;
};

/** `url` makes the whole address of a path of the site, in the reader's language. */
export type LetterContext = { locale: Locale; url: (path: string) => string };
export type Letters<K extends MailKind> = { [P in K]: (facts: MailFacts[P], context: LetterContext) => Letter };

/** Names come from people: a line break in one must not become a header, or a line of ours. */
export const oneLine = (text: string): string => text.replace(/[\p{Cc}\u2028\u2029\u202A-\u202E\u2066-\u2069]+/gu, ' ').trim();

const inHtml = (text: string) => text.replace(/[&<>"']/g, (c) => `&#${c.charCodeAt(0)};`);

export function asText(letter: Letter, origin: string, locale: Locale): string {
  const rows = letter.rows.map(([label, value]) => (locale === 'en' ? `${label}: ${value}` : `${label}：${value}`));
  return [
    letter.greeting,
    ...letter.paragraphs,
    rows.join('\n'),
    `${letter.action.label}\n${letter.action.href}`,
    letter.closing ?? '',
    `--\n${m.notices_footer({ origin }, { locale })}`,
  ]
    .filter(Boolean)
    .join('\n\n');
}

/** Tables and styles on the elements: what mail programs understand. No image, no script, nothing loaded from anywhere. */
export function asHtml(letter: Letter, origin: string, locale: Locale): string {
  const paragraph = (text: string, style = '') => `<p style="margin:0 0 16px;${style}">${inHtml(text)}</p>`;
  const rows = letter.rows.map(
    ([label, value]) =>
      `<tr><td style="padding:6px 16px 6px 0;color:#626d69;white-space:nowrap;vertical-align:top">${inHtml(label)}</td><td style="padding:6px 0">${inHtml(value)}</td></tr>`,
  );
  const href = inHtml(letter.action.href);
  return [
    `<!doctype html><html lang="${locale}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light"><title>${inHtml(letter.subject)}</title></head>`,
    "<body style=\"margin:0;padding:24px 12px;background:#fbfbf9;color:#16211f;font:16px/1.6 -apple-system,'PingFang SC','Microsoft YaHei','Segoe UI',sans-serif\">",
    '<div style="max-width:560px;margin:0 auto;background:#ffffff;border:1px solid #e2e4de;border-radius:10px;padding:28px">',
    `<p style="margin:0 0 20px;font-weight:700;font-size:18px;color:#0b6b5d">${inHtml(m.brand_full({}, { locale }))}</p>`,
    `<h1 style="margin:0 0 16px;font-size:20px;line-height:1.35">${inHtml(letter.subject)}</h1>`,
    paragraph(letter.greeting),
    ...letter.paragraphs.map((text) => paragraph(text)),
    rows.length > 0 ? `<table role="presentation" style="border-collapse:collapse;margin:0 0 20px">${rows.join('')}</table>` : '',
    `<p style="margin:0 0 12px"><a href="${href}" style="display:inline-block;padding:11px 20px;border-radius:6px;background:#0b6b5d;color:#ffffff;font-weight:600;text-decoration:none">${inHtml(letter.action.label)}</a></p>`,
    paragraph(m.notices_link_below({}, { locale }), 'font-size:13px;color:#626d69;margin-bottom:2px'),
    `<p style="margin:0 0 16px;font-size:13px;word-break:break-all"><a href="${href}" style="color:#0b6b5d">${href}</a></p>`,
    letter.closing ? paragraph(letter.closing, 'color:#4b5753') : '',
    `<p style="margin:24px 0 0;padding-top:16px;border-top:1px solid #e2e4de;font-size:13px;color:#626d69">${inHtml(m.notices_footer({ origin }, { locale }))}</p>`,
    '</div></body></html>',
  ]
    .filter(Boolean)
    .join('\n');
}
