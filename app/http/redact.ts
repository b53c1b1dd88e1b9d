/** What must never stand in a log, whoever wrote the line: secrets in addresses, what a statement was given, people's addresses. */
const RULES: readonly (readonly [RegExp, string])[] = [
  // A failing statement names what it was given (password hashes, links, addresses).
  [/(^|\n)params:[\s\S]*?(?=\n\s+at |$)/g, '$1params: …'],
  [/\(([a-z_, ]+)\)=\([^)]*\)/g, '($1)=(…)'],
  // User and password in an address; path and query of any other site (a calendar's address is its secret).
  [/:\/\/[^\s/@'"]*@/g, '://…@'],
  [/(\bhttps?:\/\/[^\s/'")]+)\/[^\s'")]+/g, '$1/…'],
  [/\?[\w%.-]+=[^\s'")]*/g, '?…'],
  // A link's secret (core/ids.server.ts: 27 URL-safe letters) in a path; identifiers are longer and stay readable.
  [/\/[A-Za-z0-9_-]{27}(?=[/.?#\s'")]|$)/g, '/…'],
  [/\b(sk|rk|whsec)_\w{4,}/g, '$1_…'],
  [/\$argon2\w*\$[^\s'"]+/g, '…'],
  [/[^\s@/<>"'(),;:=[\]]+@[^\s@/<>"'(),;:[\]]+\.\p{L}{2,}/gu, '…@…'],
];

/** Facts under these names are not written at all. */
const NEVER = /^(password(hash)?|secret|token|cookie|authorization)$/i;

/**
 * A text as it may be logged.
 * @param secrets what the settings hold (keys, passwords): never written, wherever it stands
 */
export function redactText(text: string, secrets: readonly string[] = []): string {
  const without = secrets.reduce((shown, secret) => shown.replaceAll(secret, '…'), text);
  return RULES.reduce((shown, [pattern, by]) => shown.replace(pattern, by), without);
}

/** Facts as they may be logged, all texts in them redacted. */
export function redactFacts(facts: object, secrets: readonly string[] = []): object {
  const redact = (value: unknown): unknown => {
    if (typeof value === 'string') return redactText(value, secrets);
    if (value instanceof Error) return redactText(value.stack ?? String(value), secrets);
    if (Array.isArray(value)) return value.map(redact);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([name, fact]) => [name, NEVER.test(name) ? '…' : redact(fact)]));
  };
  return redact(facts) as object;
}
