import assert from 'node:assert/strict';
import { isOutsider, type Member, mostOutsiders, rosterOf } from '../../../src/domain/audience.ts';
import { oid, tenantId } from '../../build/ids.ts';

const home = tenantId();
const ours: Member = { oid: oid(), tenant: home, role: 'user', upn: 'dana.reyes@contoso.example' };

describe('a roster', () => {
  it('knows an outsider by tenant, role or user name, and takes nobody for ours whom it cannot tell', () => {
    const cases: readonly (readonly [changes: Partial<Member>, isOutsider: boolean])[] = [
      [{}, false],
      [{ tenant: home.toUpperCase() }, false],
      [{ role: undefined, upn: undefined }, false],
      [{ role: 'owner' }, false],
      [{ tenant: 'c0ffee00-2222-4222-8222-000000000002' }, true],
      [{ tenant: undefined }, true],
      [{ role: 'guest' }, true],
      [{ role: 'Anonymous' }, true],
      [{ upn: 'gus_fabrikam.example#EXT#@contoso.example' }, true],
      [{ upn: 'gus_fabrikam.example#ext#@contoso.example' }, true],
    ];
    for (const [changes, expected] of cases) {
      assert.equal(isOutsider({ ...ours, ...changes }, home), expected, JSON.stringify(changes));
    }
  });

  it('of our own people alone is our own, as long as all of it was read', () => {
    assert.deepEqual(rosterOf([ours, ours], true, home), { audience: 'own', outsiders: [] });
    assert.deepEqual(rosterOf([ours, ours], false, home), { audience: 'unknown', outsiders: [] });
  });

  it('with one outsider is mixed, and names those that have an object id, up to a bound', () => {
    const guest = { ...ours, role: 'guest', oid: oid(2) };
    assert.deepEqual(rosterOf([ours, guest], false, home), { audience: 'mixed', outsiders: [oid(2)] });
    const nameless = { ...guest, oid: undefined };
    assert.deepEqual(rosterOf([nameless], true, home), { audience: 'mixed', outsiders: [] });
    const many = Array.from({ length: mostOutsiders + 1 }, () => guest);
    assert.equal(rosterOf(many, true, home).outsiders.length, mostOutsiders);
  });
});
