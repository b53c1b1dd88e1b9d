/**
 * Whether a text ("数显卡尺现场校准", "Calibration of dial gauges") speaks of an instrument a scope states. In both languages the last
 * word of a name says what the thing is, and what stands before it may make it another: 内径千分尺 is no 外径千分尺, a dial gauge tester
 * no dial gauge. Where it cannot be told, the answer is `unknown`: somebody is asked.
 */

import instruments from '../words/instruments.json' with { type: 'json' };
import { nameKey } from './capability.ts';

export interface Instrument {
  instrumentZh: string;
  instrumentEn: string;
}

/** other: it names another instrument that is known · unknown: it names something, nobody knows what · silent: it names none */
export type Agreement = 'agrees' | 'other' | 'unknown' | 'silent';

const HAN = /\p{Script=Han}/u;
const IN_BRACKETS = /[(（[【]([^()（）[\]【】]*)[)）\]】]/g;
/** What is done, unless it is part of an instrument's name: 校准 but not 校准器, 测量 but not 测量机. */
const DEED =
  /(?:校准|检定|检测|检验|测试|测量|试验|比对|核查|校验|标定|定标|计量|溯源|共享|租用|服务)(?![仪器装台机系设箱架源表计尺规块板环泵杯罐瓶筒柜室车线头针棒球夹座站软程模卡盒槽炉])/g;
const DEED_EN =
  /\b(?:calibrat\w*|kalibrier\w*|von|für|verif\w*|test(?:s|ing)?|inspection|checks?|checking|service|on[- ]site|of|for|the|a|an|your|our|in|at|lab\w*)\b/g;
const AND = /[、，,;；/+＋&]|以及|及|与|和|\band\b/;
/** Says how, where or how fine, not what. */
const HOW =
  /^(?:现场|上门|在线|加急|批量|远程|送检|首次|后续|定期|期间|企业|工厂|常用|常规|普通|通用|各类|各种|全项|周期|高精度|高准确度|便携式?|手持式?|台式|智能|指针式?|机械式?|数显式?|数字式?|电子式?|带表|工业用?|实验室用?|进口|国产|[a-z0-9]{1,3}型|[a-z]?\d[\d.~～-]*(?:级|等|mm|μm|um|m|mpa|kpa|pa|kv|v|a|n|kn|kg|g|℃|°c)?)/u;
const HOW_EN = /^(?:digital|electronic|standard|industrial|portable|handheld|general|common|type|class|grade|[a-z]?\d[\w.]*)\b\s*/;
/** No instrument, or any. */
const ANY =
  /^(?:.{0,4}(?:量具|器具|仪器|仪表|仪器仪表|设备|检具|测量设备|参数)|instruments?|equipment|devices?|gauges?|tools?|measuring|measurement)$/u;
/** Fewer signs of a name say nothing. */
const LEAST = 2;

const SINGULAR = (word: string, stem: string, ending: string) =>
  ending === 'ies'
    ? `${stem}y`
    : ending === 'xes' || ending === 'ches'
      ? stem + ending.slice(0, -2)
      : /(?:s|u|i)$/.test(stem)
        ? word
        : stem;

/** Width, case, spelling and number made one; Chinese without spaces. */
function plain(text: string): string {
  const one = nameKey(text)
    .replace(/gage/g, 'gauge')
    .replace(/calliper/g, 'caliper')
    .replace(/metre\b/g, 'meter')
    .replace(/analyzer/g, 'analyser')
    .replace(/\b([a-z]{3,}?)(ies|xes|ches|s)\b/g, SINGULAR);
  return HAN.test(one) ? one.replace(/\s+/g, '') : one.replace(/[^\p{L}\p{N}.,;/&+()-]+/gu, ' ').trim();
}

const bare = (text: string): string => plain(text.replace(IN_BRACKETS, ' '));

/** A class behind the name: 砝码 F1. */
const GRADE = /(?<=\p{Script=Han})[a-z]\d$/u;
/** A model behind the name: 测微仪100型. */
const MODEL = /(?<=\p{Script=Han})[a-z\d.-]{1,10}型$/u;
const GRADES = /(?<![a-z\d])[a-z]\d(?![a-z\d])/g;

const namesIn = (texts: readonly string[]): string[] => [
  ...new Set(
    texts
      .flatMap((text) => [bare(text), plain(text), bare(text).replace(GRADE, '').replace(MODEL, '')])
      .filter((text) => text.length >= LEAST),
  ),
];

/** Every instrument there is a word for: its own name, and all of its names. */
const KNOWN = (instruments as { zh: string[]; en: string[]; may?: string[] }[]).map(({ zh: [zh = '', ...others], en, may = [] }) => ({
  own: namesIn([zh]),
  all: namesIn([zh, ...others, ...en, ...may]),
}));
type Entry = (typeof KNOWN)[number];

const entriesBy = (names: (entry: Entry) => string[]): ReadonlyMap<string, Entry[]> => {
  const found = new Map<string, Entry[]>();
  for (const entry of KNOWN) for (const name of names(entry)) found.set(name, [...(found.get(name) ?? []), entry]);
  return found;
};
const BY_OWN = entriesBy(({ own }) => own);
const BY_ANY = entriesBy(({ all }) => all);

interface Names {
  /** As the scope states it. */
  own: string[];
  /** And all it is called otherwise. */
  all: ReadonlySet<string>;
  /** The class it is of, where its name says one. */
  grade: string | undefined;
}

function namesOf({ instrumentZh, instrumentEn }: Instrument): Names {
  const own = namesIn([instrumentZh, instrumentEn]);
  // By its own name first; one that is stated by a word of several instruments may be any of them.
  const entries = own.flatMap((name) => BY_OWN.get(name) ?? []);
  const meant = entries.length > 0 ? entries : own.flatMap((name) => BY_ANY.get(name) ?? []);
  return { own, all: new Set([...own, ...meant.flatMap(({ all }) => all)]), grade: GRADE.exec(bare(instrumentZh))?.[0] };
}

interface Part {
  text: string;
  /** How the name ends that stands behind it and is left out here: the 覆层 of 覆层与超声测厚仪. */
  ending: string | undefined;
}

/** The things a text names, without what is done with them and how. */
function partsOf(text: string): Part[] {
  const whole = plain(text);
  const outside = whole.replace(IN_BRACKETS, ' ');
  const inside = [...whole.matchAll(IN_BRACKETS)].flatMap(([, said = '']) => said.split(AND));
  const deeds = HAN.test(outside) ? outside.replaceAll(DEED, '|') : outside.replaceAll(DEED_EN, '|');
  const phrases = deeds.split('|').map((phrase) => phrase.split(AND).map(withoutHow).filter(Boolean));
  const last = phrases.find((phrase) => phrase.length > 0)?.at(-1) ?? '';
  const ending = HAN.test(last) ? last.slice(-1) : last.split(' ').at(-1);
  return [
    ...phrases.flatMap((phrase) => phrase.map((part, i) => ({ text: part, ending: i < phrase.length - 1 ? ending : undefined }))),
    ...inside.map((part) => ({ text: part.trim(), ending })).filter((part) => part.text.length >= LEAST),
  ];
}

function withoutHow(text: string): string {
  let rest = text.replace(/(?:现场|上门|在线|加急|套餐)+$/u, '').trim();
  // A colon ends a heading: 课程：…
  rest = rest.slice(rest.lastIndexOf(':') + 1).trim();
  return /^[\d.\s~～-]*$/.test(rest) ? '' : rest;
}

/** The text without words of how, each a chance to be a name: 高精度数显卡尺, 数显卡尺, 卡尺. */
function shorter(text: string): string[] {
  const found = [text];
  for (let rest = text; ; ) {
    const cut = rest.replace(HAN.test(rest) ? HOW : HOW_EN, '').replace(/^的/, '');
    if (cut === rest || cut.length < LEAST) return found;
    found.push(cut);
    rest = cut;
  }
}

const endsWith = (name: string, ending: string) =>
  name === ending || (HAN.test(ending) ? name.endsWith(ending) : name.endsWith(` ${ending}`));

/** 扭矩检定仪 for 扭矩扳子检定仪: begins and ends as the name does, its signs in the same order. */
function shortens(name: string, short: string): boolean {
  if (short.length < 4 || !HAN.test(short) || !name.startsWith(short.slice(0, 2)) || !name.endsWith(short.slice(-2))) return false;
  let at = 0;
  for (const sign of name) if (sign === short[at]) at += 1;
  return at === short.length;
}

type Taken = ReadonlySet<string>;

function judgePart({ text, ending }: Part, names: Names, taken: Taken): Agreement {
  if (names.all.has(text)) return 'agrees';
  const forms = shorter(text);
  // The last words of the stated name alone: a 千分尺 may be any; a 百分表 is no 内径百分表.
  const ofAnother = taken.has(text);
  if (!ofAnother && names.own.some((name) => endsWith(name, text))) return 'agrees';
  if (ending && text.length >= LEAST && names.own.some((name) => name.startsWith(text) && name.endsWith(ending))) return 'agrees';
  if (ofAnother || BY_ANY.has(text)) return 'other';
  if (forms.some((form) => names.all.has(form) || names.own.some((name) => shortens(name, form)))) return 'agrees';
  if (forms.some((form) => ANY.test(form))) return 'silent';
  return forms.some((form) => BY_ANY.has(form)) ? 'other' : 'unknown';
}

/** Judges texts against the instruments of a scope. */
export function agreements(scope: readonly Instrument[]): (text: string, instrument: Instrument) => Agreement {
  // What the centre measures is known too, besides what everybody knows.
  const taken = new Set([...BY_OWN.keys(), ...scope.flatMap((one) => namesOf(one).own)]);
  const parts = new Map<string, Part[]>();
  const known = new Map<Instrument, Names>();
  return (text, instrument) => {
    const names = known.get(instrument) ?? namesOf(instrument);
    known.set(instrument, names);
    const said = parts.get(text) ?? partsOf(text);
    parts.set(text, said);
    const grades = plain(text).match(GRADES);
    if (names.grade && grades && !grades.includes(names.grade)) return 'other';
    const found = new Set(said.map((part) => judgePart(part, names, taken)));
    // Of several things named one is enough: the others have rows of their own.
    return (['agrees', 'other', 'unknown'] as const).find((one) => found.has(one)) ?? 'silent';
  };
}

/** Whether a text names one thing, and that is not the instrument's last words alone. */
export function saysAnother(agreement: Agreement, text: string, { instrumentZh, instrumentEn }: Instrument): boolean {
  const said = partsOf(text);
  return agreement === 'other' && said.length === 1 && !namesIn([instrumentZh, instrumentEn]).some((name) => endsWith(name, said[0]!.text));
}
