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
  'L2M1T-1Q-2': 'resistance',
  'L2M1T-3': 'power',
  M1: 'mass',
  A1: 'angle',
  'L1T-1': 'speed',
  'L3T-1': 'flow',
  'L1T-2': 'acceleration',
  'L2M1T-2#torque': 'torque',
  'L-2M-1T2Q2': 'capacitance',
  'L2M1T-2Q-2': 'inductance',
  level: 'level',
  'level:power': 'power_level',
  'M1T-1Q-1': 'flux_density',
  L3: 'volume',
  'L-3M1': 'density',
  'L-1M1T-2#absolute': 'absolute_pressure',
};

/** The name of the second parameter that values of this kind state, or null when the kind alone does not tell. */
export function parameterNameOf(kind: string): string | null {
  return NAMES[kind] ?? null;
}
