import { ApiError } from './errors.ts';

/** A decoded form: every leaf is a string, as it came over the wire. */
export type FormValue = string | FormValue[] | { [key: string]: FormValue };
export type Form = { [key: string]: FormValue };

const MAX_PAIRS = 2000;
const MAX_DEPTH = 8;

/**
 * Decodes `a[b][0][c]=x` (the deepObject style the SDK writes; `a[]=x` is accepted too).
 * @throws ApiError 400 for malformed keys, contradictory nesting or too many pairs
 */
export function decodeForm(text: string): Form {
  const root: Tree = new Map();
  const pairs = text === '' ? [] : text.split('&');
  if (pairs.length > MAX_PAIRS) throw malformed('too many parameters');
  for (const pair of pairs) {
    if (pair === '') continue;
    const equals = pair.indexOf('=');
    const key = decode(equals < 0 ? pair : pair.slice(0, equals));
    put(root, segments(key), equals < 0 ? '' : decode(pair.slice(equals + 1)), key);
  }
  return Object.fromEntries([...root].map(([key, value]) => [key, settle(value)]));
}

type Tree = Map<string, string | Tree>;

function segments(key: string): string[] {
  const match = /^([^[\]]+)((?:\[[^[\]]*\])*)$/.exec(key);
  if (!match) throw malformed(`invalid parameter name ${key.slice(0, 80)}`);
  const rest = match[2] ? match[2].slice(1, -1).split('][') : [];
  if (rest.length > MAX_DEPTH) throw malformed('parameters nested too deeply');
  return [match[1]!, ...rest];
}

function put(tree: Tree, path: string[], value: string, key: string): void {
  const [head, ...rest] = path;
  const name = head === '' ? String(tree.size) : head!;
  if (rest.length === 0) {
    if (tree.get(name) instanceof Map) throw malformed(`conflicting values for ${key.slice(0, 80)}`);
    tree.set(name, value);
    return;
  }
  const next = tree.get(name) ?? new Map();
  if (!(next instanceof Map)) throw malformed(`conflicting values for ${key.slice(0, 80)}`);
  tree.set(name, next);
  put(next, rest, value, key);
}

/** A map whose keys are 0, 1, 2, … is an array. */
function settle(value: string | Tree): FormValue {
  if (typeof value === 'string') return value;
  const entries = [...value];
  if (entries.every(([key], index) => key === String(index))) return entries.map(([, item]) => settle(item));
  // fromEntries defines own properties, so a key called __proto__ stays a plain key.
  return Object.fromEntries(entries.map(([key, item]) => [key, settle(item)]));
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    throw malformed('invalid percent encoding');
  }
}

function malformed(why: string): ApiError {
  return new ApiError(400, { message: `Invalid request: ${why}` });
}
