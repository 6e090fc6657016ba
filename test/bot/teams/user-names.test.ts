import assert from 'node:assert/strict';
import { stub } from 'sinon';
import { notingUserNames } from '../../../bot/teams/user-names.ts';
import { Secret } from '../../../src/domain/secret.ts';
import { dana, omar } from '../../build/person.ts';
import { aToken, Desk, held } from './desk.ts';

describe('user names', () => {
  const upn = (name: string) => held(aToken(dana, { preferred_username: name }));

  it('are noted from every token of a person, and again when they change', async () => {
    const { tokenService } = new Desk();
    const remember = stub().resolves();
    const noting = notingUserNames(tokenService, remember);
    tokenService.found = async () => upn('dana@contoso.example');
    await noting.find(dana);
    await noting.find(dana);
    tokenService.exchanged = async () => upn('dana@new.example');
    await noting.exchange(dana, new Secret('assertion', aToken(dana)));
    tokenService.redeemed = async () => upn('dana@newest.example');
    assert.equal((await noting.redeem(dana, '123456')).kind, 'found');
    assert.deepEqual(remember.args, [
      [dana.oid, 'dana@contoso.example'],
      [dana.oid, 'dana@new.example'],
      [dana.oid, 'dana@newest.example'],
    ]);
  });

  it('are not taken from somebody else’s token, nor from one of another tenant, nor where there is none', async () => {
    const { tokenService } = new Desk();
    const remember = stub().resolves();
    const noting = notingUserNames(tokenService, remember);
    for (const found of [
      held(aToken(omar, { preferred_username: 'omar@contoso.example' })),
      held(aToken(dana, { preferred_username: 'x@y', tid: 'c0ffee00-2222-4222-8222-000000000002' })),
      held(aToken(dana)),
      { kind: 'none' },
      { kind: 'problem', problem: { kind: 'signInUnavailable' } },
    ] as const) {
      tokenService.found = async () => found;
      assert.deepEqual(await noting.find(dana), found);
    }
    assert.equal(remember.callCount, 0);
  });

  it('that could not be noted are noted the next time', async () => {
    const { tokenService } = new Desk();
    const remember = stub().onFirstCall().rejects(new Error('away')).resolves();
    const noting = notingUserNames(tokenService, remember);
    tokenService.found = async () => upn('dana@contoso.example');
    await assert.rejects(noting.find(dana), /away/);
    await noting.find(dana);
    assert.equal(remember.callCount, 2);
  });
});
