/**
 * Names of second parameters. A capability states them by unit ("40 Hz~20 kHz"), a visitor by choosing one; both meet in these names.
 */
const NAMES: Record<string, string> = {
  'T-1': 'frequency',
  K1: 'temperature',
  'scale:%RH': 'humidity',
  'L2M1T-2Q-1': 'voltage',
  'T-1Q1': 'current',
  'L1M1T-2': 'load',
  'L-1M1T-2': 'pressure',
  L1: 'length',
  T1: 'time',
};

/** The name of the second parameter that values of this kind state, or null when the kind alone does not tell. */
export function parameterNameOf(kind: string): string | null {
  return NAMES[kind] ?? null;
}
