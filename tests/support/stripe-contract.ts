import { join } from 'node:path';
import ts from 'typescript';

/**
 * Validators made from the type declarations of the installed Stripe SDK, in memory, each time the tests run: when the SDK is raised,
 * the contract is the new one without anybody regenerating anything.
 *
 * They are stricter than the compiler where the declarations are loose: an open enum (`'a' | 'b' | OtherString`) takes only the
 * values it names, and a property that is not declared is a problem.
 */
export interface StripeContract {
  /**
   * @param type one of the roots below
   * @param form true for a decoded form body, whose numbers, booleans and nulls arrive as text
   * @returns what is wrong, one line each; nothing when the value keeps the contract
   */
  problems(type: ContractType, value: unknown, form?: boolean): string[];
}

const ROOTS = {
  'Checkout.Session': 'Stripe.Checkout.Session',
  'Checkout.SessionCreateParams': 'Stripe.Checkout.SessionCreateParams',
  'Checkout.SessionListParams': 'Stripe.Checkout.SessionListParams',
  'Checkout.SessionExpireParams': 'Stripe.Checkout.SessionExpireParams',
  PaymentIntent: 'Stripe.PaymentIntent',
  Charge: 'Stripe.Charge',
  Refund: 'Stripe.Refund',
  RefundCreateParams: 'Stripe.RefundCreateParams',
  RefundListParams: 'Stripe.RefundListParams',
  Dispute: 'Stripe.Dispute',
  Event: 'Stripe.Event',
  EventListParams: 'Stripe.EventListParams',
  BalanceTransaction: 'Stripe.BalanceTransaction',
  BalanceTransactionListParams: 'Stripe.BalanceTransactionListParams',
  'List<Checkout.Session>': 'Stripe.ApiList<Stripe.Checkout.Session>',
  'List<LineItem>': 'Stripe.ApiList<Stripe.LineItem>',
  'List<PaymentIntent>': 'Stripe.ApiList<Stripe.PaymentIntent>',
  'List<Charge>': 'Stripe.ApiList<Stripe.Charge>',
  'List<Refund>': 'Stripe.ApiList<Stripe.Refund>',
  'List<Dispute>': 'Stripe.ApiList<Stripe.Dispute>',
  'List<Event>': 'Stripe.ApiList<Stripe.Event>',
  'List<BalanceTransaction>': 'Stripe.ApiList<Stripe.BalanceTransaction>',
} as const;

export type ContractType = keyof typeof ROOTS;

interface Property {
  optional: boolean;
  schema: () => Schema;
}

type Schema =
  | { kind: 'any' | 'string' | 'number' | 'boolean' | 'null' | 'absent' | 'decimal' }
  | { kind: 'literal'; value: string | number | boolean }
  | { kind: 'array'; item: () => Schema }
  | { kind: 'union'; members: Schema[] }
  | { kind: 'object'; name: string; properties: Map<string, Property>; others: (() => Schema) | null };

let loaded: StripeContract | null = null;

/** Reads the declarations (a few seconds the first time in a process). */
export function loadStripeContract(): StripeContract {
  loaded ??= new DeclaredContract();
  return loaded;
}

class DeclaredContract implements StripeContract {
  readonly #checker: ts.TypeChecker;
  readonly #roots = new Map<string, ts.Type>();
  readonly #schemas = new Map<ts.Type, Schema>();

  constructor() {
    const rootFile = join(process.cwd(), 'stripe-contract-roots.ts');
    const text = `import type Stripe from 'stripe';\nexport interface Roots {\n${Object.entries(ROOTS)
      .map(([name, type]) => `  ${JSON.stringify(name)}: ${type};`)
      .join('\n')}\n}\n`;
    const options: ts.CompilerOptions = {
      strict: true,
      noEmit: true,
      skipLibCheck: true,
      target: ts.ScriptTarget.ES2023,
      module: ts.ModuleKind.ESNext,
      moduleResolution: ts.ModuleResolutionKind.Bundler,
      types: ['node'],
    };
    const host = ts.createCompilerHost(options);
    const readSource = host.getSourceFile.bind(host);
    host.getSourceFile = (name, ...rest) =>
      name === rootFile ? ts.createSourceFile(name, text, ts.ScriptTarget.ES2023, true) : readSource(name, ...rest);
    const program = ts.createProgram([rootFile], options, host);
    this.#checker = program.getTypeChecker();
    const source = program.getSourceFile(rootFile)!;
    const declaration = source.statements.find(ts.isInterfaceDeclaration)!;
    for (const property of this.#checker.getPropertiesOfType(this.#checker.getTypeAtLocation(declaration))) {
      const type = this.#checker.getTypeOfSymbol(property);
      // A name the SDK no longer has resolves to `any`, which would let everything pass.
      if (type.flags & ts.TypeFlags.Any) throw new Error(`The installed Stripe SDK does not declare ${property.name}`);
      this.#roots.set(property.name, type);
    }
  }

  problems(type: ContractType, value: unknown, form = false): string[] {
    return check(this.#schema(this.#roots.get(type)!), value, type, form);
  }

  #schema(type: ts.Type): Schema {
    const known = this.#schemas.get(type);
    if (known) return known;
    const made = this.#make(type);
    this.#schemas.set(type, made);
    return made;
  }

  #make(type: ts.Type): Schema {
    const { flags } = type;
    if (flags & (ts.TypeFlags.Any | ts.TypeFlags.Unknown)) return { kind: 'any' };
    if (type.isStringLiteral() || type.isNumberLiteral()) return { kind: 'literal', value: type.value };
    if (flags & ts.TypeFlags.BooleanLiteral) return { kind: 'literal', value: this.#checker.typeToString(type) === 'true' };
    if (flags & ts.TypeFlags.String) return { kind: 'string' };
    if (flags & ts.TypeFlags.Number) return { kind: 'number' };
    if (flags & ts.TypeFlags.Null) return { kind: 'null' };
    if (flags & (ts.TypeFlags.Undefined | ts.TypeFlags.Void | ts.TypeFlags.Never)) return { kind: 'absent' };
    if (type.isUnion()) return this.#union(type);
    if (isOpenString(type)) return { kind: 'string' };
    if (this.#checker.isArrayType(type)) {
      const [item] = this.#checker.getTypeArguments(type as ts.TypeReference);
      return { kind: 'array', item: () => this.#schema(item!) };
    }
    if (type.aliasSymbol?.name === 'Decimal') return { kind: 'decimal' };
    return this.#object(type);
  }

  #union(type: ts.UnionType): Schema {
    const named = type.types.some((member) => member.isStringLiteral());
    // `undefined` is said by the property's being optional.
    const members = type.types.filter((member) => !(member.flags & ts.TypeFlags.Undefined) && !(named && isOpenString(member)));
    return { kind: 'union', members: members.map((member) => this.#schema(member)) };
  }

  #object(type: ts.Type): Schema {
    const properties = new Map<string, Property>();
    for (const symbol of this.#checker.getPropertiesOfType(type)) {
      properties.set(symbol.name, {
        optional: Boolean(symbol.flags & ts.SymbolFlags.Optional),
        schema: () => this.#schema(this.#checker.getTypeOfSymbol(symbol)),
      });
    }
    const index = this.#checker.getIndexInfoOfType(type, ts.IndexKind.String);
    return { kind: 'object', name: this.#checker.typeToString(type), properties, others: index ? () => this.#schema(index.type) : null };
  }
}

/** The SDK's `OtherString`: `string & Record<never, never>`. */
function isOpenString(type: ts.Type): boolean {
  return type.isIntersection() && type.types.some((member) => Boolean(member.flags & ts.TypeFlags.String));
}

function check(schema: Schema, value: unknown, path: string, form: boolean): string[] {
  switch (schema.kind) {
    case 'any':
      return [];
    case 'absent':
      return value === undefined ? [] : [`${path}: is not there in this version`];
    case 'string':
      return typeof value === 'string' ? [] : [wrong(path, 'text', value)];
    case 'decimal':
      return typeof value === 'string' && /^-?\d+(\.\d+)?$/.test(value) ? [] : [wrong(path, 'a decimal as text', value)];
    case 'number':
      return typeof value === 'number' || (form && typeof value === 'string' && /^-?\d+(\.\d+)?$/.test(value))
        ? []
        : [wrong(path, 'a number', value)];
    case 'boolean':
      return typeof value === 'boolean' ? [] : [wrong(path, 'true or false', value)];
    case 'null':
      return value === null || (form && value === '') ? [] : [wrong(path, 'null', value)];
    case 'literal':
      return value === schema.value || (form && value === String(schema.value)) ? [] : [wrong(path, JSON.stringify(schema.value), value)];
    case 'array':
      if (!Array.isArray(value)) return [wrong(path, 'an array', value)];
      return value.flatMap((item, index) => check(schema.item(), item, `${path}[${index}]`, form));
    case 'union':
      return checkUnion(schema.members, value, path, form);
    case 'object':
      return checkObject(schema, value, path, form);
  }
}

function checkObject(schema: Schema & { kind: 'object' }, value: unknown, path: string, form: boolean): string[] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return [wrong(path, schema.name, value)];
  const given = value as Record<string, unknown>;
  const problems: string[] = [];
  for (const [name, property] of schema.properties) {
    if (given[name] !== undefined) problems.push(...check(property.schema(), given[name], `${path}.${name}`, form));
    else if (!property.optional) problems.push(`${path}.${name}: missing`);
  }
  for (const name of Object.keys(given)) {
    if (schema.properties.has(name)) continue;
    if (schema.others) problems.push(...check(schema.others(), given[name], `${path}.${name}`, form));
    else problems.push(`${path}.${name}: not declared by ${schema.name.slice(0, 60)}`);
  }
  return problems;
}

/** A union of objects is told apart by its `object` and `type` literals, so that the complaint is about the right member. */
function checkUnion(members: Schema[], value: unknown, path: string, form: boolean): string[] {
  const fitting = members.filter((member) => member.kind !== 'object' || isMeant(member, value));
  let best: string[] | null = null;
  for (const member of fitting) {
    const problems = check(member, value, path, form);
    if (problems.length === 0) return [];
    const deeper = member.kind === 'object' && typeof value === 'object';
    if (best === null || deeper) best = problems;
  }
  const simple = fitting.every((member) => member.kind === 'literal' || member.kind === 'null');
  if (simple)
    return [wrong(path, `one of ${fitting.map((member) => ('value' in member ? member.value : 'null')).join(', ')}`.slice(0, 300), value)];
  return best ?? [wrong(path, 'a declared member of the union', value)];
}

function isMeant(member: Schema & { kind: 'object' }, value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return ['object', 'type'].every((name) => {
    const schema = member.properties.get(name)?.schema();
    return schema?.kind !== 'literal' || schema.value === (value as Record<string, unknown>)[name];
  });
}

function wrong(path: string, expected: string, value: unknown): string {
  return `${path}: expected ${expected}, got ${(JSON.stringify(value) ?? 'nothing').slice(0, 120)}`;
}
