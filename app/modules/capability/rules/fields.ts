/** 专业: the fields of measurement a scope is divided into, as keys that addresses and messages use (capability_field_…). */
const CHINESE = {
  dimensional: '几何量',
  thermal: '热学',
  mechanical: '力学',
  pressure: '压力',
  flow: '流量',
  mass: '质量',
  electrical: '电磁',
  radio: '无线电',
  time_frequency: '时间频率',
  optics: '光学',
  acoustics: '声学',
  vibration: '振动',
  chemistry: '化学',
  ionising: '电离辐射',
} as const;

export type Field = keyof typeof CHINESE | 'general';

/** `general` is what belongs to no single field: consulting, training. */
export const FIELDS: readonly Field[] = [...(Object.keys(CHINESE) as (keyof typeof CHINESE)[]), 'general'];

const KEYS = new Map<string, Field>(Object.entries(CHINESE).map(([key, chinese]) => [chinese, key as Field]));
for (const key of FIELDS) KEYS.set(key, key);

/** The key of a field by its Chinese name, as scopes and registers state it, or by the key itself. */
export const fieldKey = (name: string): Field => KEYS.get(name.trim()) ?? 'general';

/** As scopes state it; what belongs to no single field has no name there. */
export const chineseField = (field: Field): string => (field === 'general' ? 'general' : CHINESE[field]);
