import { describe, expect, it } from 'vitest';
import { roles } from '#kernel/staff/actor.ts';
import { actorFromClaims } from '#kernel/staff/read-actor.ts';
import { mayDo, type Operation, type Permit, permit, rights, rightsOf } from '#kernel/staff/rights.ts';

const operations = Object.keys(rights) as Operation[];
const holder = (...held: readonly (typeof roles)[number][]) => ({ id: 'sub-1', roles: held });

describe('the table of rights', () => {
  it('gives admin everything, and a person without a role nothing', () => {
    expect(rightsOf(holder('admin'))).toEqual(operations);
    expect(rightsOf(holder())).toEqual([]);
  });

  it('keeps money with finance: nobody else but admin moves it, closes a month or approves', () => {
    const moving: Operation[] = [
      'gift.refund',
      'gift.hold-release',
      'ledger.enter',
      'month.close',
      'passed-on.approve',
      'export.make',
    ];
    for (const operation of moving) {
      const may = roles.filter((role) => mayDo(holder(role), operation));
      expect(may, operation).toEqual(['admin', 'finance']);
    }
  });

  it('adds up the rights of several roles', () => {
    const both = rightsOf(holder('campaigns', 'finance'));
    expect(new Set(both)).toEqual(
      new Set([...rightsOf(holder('campaigns')), ...rightsOf(holder('finance'))]),
    );
  });

  it.each(operations)(
    '%s: a permit is given to those who may, and refused by name to the others',
    (operation) => {
      for (const role of roles) {
        if (mayDo(holder(role), operation)) {
          expect(permit(holder(role), operation)).toMatchObject({ operation, actor: { id: 'sub-1' } });
        } else {
          expect(() => permit(holder(role), operation)).toThrow(
            expect.objectContaining({
              code: 'forbidden',
              message: expect.stringContaining(`"${operation}"`),
            }),
          );
        }
      }
    },
  );
});

describe('a permit', () => {
  it('holds for its own operation, and cannot be made by hand: the compiler refuses both', () => {
    // @ts-expect-error A permit to read is none to refund.
    const other: Permit<'gift.refund'> = permit(holder('admin'), 'gift.read');
    // @ts-expect-error Only `permit` makes one.
    const forged: Permit<'gift.read'> = { actor: holder('admin'), operation: 'gift.read' };
    expect([other.operation, forged.operation]).toEqual(['gift.read', 'gift.read']);
  });
});

describe('an actor', () => {
  const claim = 'cognito:groups';
  const rolesFrom = (value: unknown) => actorFromClaims({ sub: 'sub-1', [claim]: value }, claim).roles;

  it.each<[unknown, string[]]>([
    ['[admin finance]', ['admin', 'finance']],
    ['[finance]', ['finance']],
    ['finance door', ['finance', 'door']],
    [
      ['campaigns', 'door'],
      ['campaigns', 'door'],
    ],
    ['[]', []],
    ['', []],
    [undefined, []],
    [{ admin: true }, []],
    [[['admin']], []],
  ])('has the known roles of the claim %j', (value, expected) => {
    expect(rolesFrom(value)).toEqual(expected);
  });

  it.each(['[administrators]', '[Admin]', '[x,admin]', '[a|admin]', 'admin,finance', '[[admin]]'])(
    'gets no role by a group that merely holds its name: %s',
    (value) => {
      expect(rolesFrom(value)).toEqual([]);
    },
  );

  it('has no role by a claim of another name', () => {
    expect(actorFromClaims({ sub: 'sub-1', roles: '[admin]' }, claim).roles).toEqual([]);
  });

  it.each([undefined, null, 'claims', {}, { sub: '' }, { sub: 7 }])(
    'is nobody by the claims %j',
    (claims) => {
      expect(() => actorFromClaims(claims, claim)).toThrow(expect.objectContaining({ code: 'unauthorized' }));
    },
  );

  it('goes by a digest when the provider uses the mail address as the subject', () => {
    const { id } = actorFromClaims({ sub: 'hazel@example.org' }, claim);
    expect(id).toMatch(/^sub_[0-9a-f]{32}$/);
  });
});
