import { describe, expect, it } from 'vitest';
import { leadRole, leavesNoLead, ORGANISATION_KINDS, roleFits, rolesOf } from './roles.ts';

describe('roles', () => {
  it('belong to one kind of organisation each', () => {
    const all = ORGANISATION_KINDS.flatMap((kind) => rolesOf(kind));
    expect(new Set(all).size).toBe(all.length);
    for (const kind of ORGANISATION_KINDS) for (const role of all) expect(roleFits(kind, role)).toBe(rolesOf(kind).includes(role));
    expect(roleFits('sme', 'toString')).toBe(false);
  });

  it('always leave someone who leads', () => {
    for (const kind of ORGANISATION_KINDS) {
      const lead = leadRole(kind);
      expect(leavesNoLead(kind, 1, lead)).toBe(true);
      expect(leavesNoLead(kind, 2, lead)).toBe(false);
      expect(leavesNoLead(kind, 1, lead, lead)).toBe(false);
      for (const other of rolesOf(kind).filter((r) => r !== lead)) {
        expect(leavesNoLead(kind, 1, lead, other)).toBe(true);
        expect(leavesNoLead(kind, 1, other)).toBe(false);
      }
    }
  });
});
