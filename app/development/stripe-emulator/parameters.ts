import { invalid } from './errors.ts';
import type { Form, FormValue } from './form.ts';

const METADATA_KEYS = 50;
const METADATA_KEY_LENGTH = 40;
const METADATA_VALUE_LENGTH = 500;

/**
 * Reads one level of a request's parameters. Every read marks its name; `done()` refuses what nobody read, so a parameter the
 * emulator does not know is an error here as it is at Stripe, never silently ignored.
 */
export class Parameters {
  readonly #values: Form;
  readonly #path: string;
  readonly #known = new Set<string>();

  constructor(values: Form, path = '') {
    this.#values = values;
    this.#path = path;
  }

  name(key: string): string {
    return this.#path === '' ? key : `${this.#path}[${key}]`;
  }

  raw(key: string): FormValue | undefined {
    this.#known.add(key);
    return Object.hasOwn(this.#values, key) ? this.#values[key] : undefined;
  }

  text(key: string, maxLength = 5000): string | undefined {
    const value = this.raw(key);
    if (value === undefined || value === '') return undefined;
    if (typeof value !== 'string') throw invalid(this.name(key), `Invalid string: ${JSON.stringify(value).slice(0, 100)}`);
    if (value.length > maxLength) {
      throw invalid(this.name(key), `Invalid string: ${value.slice(0, 10)}…; must be at most ${maxLength} characters`);
    }
    return value;
  }

  requiredText(key: string, maxLength?: number): string {
    return this.text(key, maxLength) ?? this.#missing(key);
  }

  integer(key: string): number | undefined {
    const value = this.text(key);
    if (value === undefined) return undefined;
    if (!/^-?\d{1,15}$/.test(value)) throw invalid(this.name(key), `Invalid integer: ${value.slice(0, 40)}`, 'parameter_invalid_integer');
    return Number(value);
  }

  requiredInteger(key: string): number {
    return this.integer(key) ?? this.#missing(key);
  }

  boolean(key: string): boolean | undefined {
    const value = this.choice(key, ['true', 'false']);
    return value === undefined ? undefined : value === 'true';
  }

  choice<T extends string>(key: string, allowed: readonly T[]): T | undefined {
    const value = this.text(key);
    if (value === undefined) return undefined;
    const found = allowed.find((item) => item === value);
    if (found === undefined) throw invalid(this.name(key), `Invalid ${key}: must be one of ${allowed.join(', ')}`);
    return found;
  }

  group(key: string): Parameters | undefined {
    const value = this.raw(key);
    if (value === undefined || value === '') return undefined;
    if (typeof value === 'string' || Array.isArray(value)) throw invalid(this.name(key), 'Invalid object');
    return new Parameters(value, this.name(key));
  }

  list(key: string): FormValue[] {
    const value = this.raw(key);
    if (value === undefined || value === '') return [];
    if (!Array.isArray(value)) throw invalid(this.name(key), 'Invalid array');
    return value;
  }

  groups(key: string): Parameters[] {
    return this.list(key).map((item, index) => {
      const path = `${this.name(key)}[${index}]`;
      if (typeof item === 'string' || Array.isArray(item)) throw invalid(path, 'Invalid object');
      return new Parameters(item, path);
    });
  }

  texts(key: string): string[] {
    return this.list(key).map((item, index) => {
      if (typeof item !== 'string') throw invalid(`${this.name(key)}[${index}]`, 'Invalid string');
      return item;
    });
  }

  /** Limits: https://docs.stripe.com/api/metadata */
  metadata(key = 'metadata'): Record<string, string> {
    const value = this.raw(key);
    if (value === undefined || value === '') return {};
    if (typeof value === 'string' || Array.isArray(value)) throw invalid(this.name(key), 'Invalid object');
    const entries = Object.entries(value);
    if (entries.length > METADATA_KEYS) throw invalid(this.name(key), `You can have at most ${METADATA_KEYS} metadata keys`);
    return Object.fromEntries(
      entries.map(([name, item]) => {
        if (name.length > METADATA_KEY_LENGTH) throw invalid(this.name(key), 'Metadata keys must be at most 40 characters');
        if (typeof item !== 'string') throw invalid(`${this.name(key)}[${name}]`, 'Metadata values must be strings');
        if (item.length > METADATA_VALUE_LENGTH) throw invalid(this.name(key), 'Metadata values must be at most 500 characters');
        return [name, item];
      }),
    );
  }

  /** @throws ApiError 400 `parameter_unknown` for the first parameter that nothing has read */
  done(): void {
    const unknown = Object.keys(this.#values).find((key) => !this.#known.has(key));
    if (unknown !== undefined) {
      const name = this.name(unknown);
      throw invalid(name, `Received unknown parameter: ${name}`, 'parameter_unknown');
    }
  }

  #missing(key: string): never {
    throw invalid(this.name(key), `Missing required param: ${this.name(key)}.`, 'parameter_missing');
  }
}
