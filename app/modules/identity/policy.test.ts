import { globSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { type Action, can, requireRight } from './policy.ts';
import { ORGANISATION_KINDS, rolesOf } from './roles.ts';

const everybody = ORGANISATION_KINDS.flatMap((organisationKind) => rolesOf(organisationKind).map((role) => ({ organisationKind, role })));
const who = (action: Action) => everybody.filter((actor) => can(actor, action)).map(({ role }) => role);

describe('the policy', () => {
  it('gives each role what the table says, and nothing to a role of another kind', () => {
    expect(who('scope.state')).toEqual(['manager']);
    expect(who('service.publish')).toEqual(['manager']);
    expect(who('order.decide')).toEqual(['manager', 'scheduler']);
    expect(who('order.work')).toEqual(['manager', 'scheduler', 'technician', 'signatory']);
    expect(who('order.place')).toEqual(['owner', 'member']);
    expect(who('invoice.ask')).toEqual(['owner', 'member']);
    expect(who('invoice.issue')).toEqual(['manager', 'finance']);
    expect(who('firm.confirm')).toEqual(['administrator']);
    expect(can({ organisationKind: 'sme', role: 'manager' }, 'scope.state')).toBe(false);
  });

  it('lets a stranger learn nothing, and tells a colleague no', () => {
    const refusal = (actor: Parameters<typeof can>[0], action: Action) => {
      try {
        requireRight(actor, action);
        return 'allowed';
      } catch (error) {
        return (error as { code: string }).code;
      }
    };
    expect(refusal({ organisationKind: 'sme', role: 'owner' }, 'scope.state')).toBe('not_found');
    expect(refusal({ organisationKind: 'centre', role: 'finance' }, 'order.work')).toBe('forbidden');
    expect(refusal({ organisationKind: 'centre', role: 'manager' }, 'order.work')).toBe('allowed');
  });
});

/** What asks a role by its name knows a rule of its own; of the code, identity alone does. */
const RAW_ROLE = /\.role\s*[!=]==/;

describe('rights', () => {
  const sources = globSync('app/{modules,routes}/**/*.{ts,tsx}').filter(
    (file) => !/\.test\./.test(file) && !/^app\/(modules|routes)\/identity\//.test(file),
  );

  it('are asked of the policy, never of a role by its name', () => {
    expect(RAW_ROLE.test("if (actor.role !== 'manager') throw 1")).toBe(true);
    expect(sources.length).toBeGreaterThan(300);
    expect(sources.filter((file) => RAW_ROLE.test(readFileSync(file, 'utf8')))).toEqual([]);
  });
});
