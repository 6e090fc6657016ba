import assert from 'node:assert/strict';
import { decideApproval, type Verdict } from '../../../src/app/approve.ts';
import { aDevice } from '../../build/device.ts';
import { deviceId, requestId } from '../../build/ids.ts';
import { dana, omar } from '../../build/person.ts';
import { anAwaiting, aReason, aSeenDevice } from '../../build/request.ts';
import { bench, failed, ok, put, status, stored } from './bench.ts';

const role = 'Collection.Approve';
const click = { by: omar, revision: 1 };
const verdicts: readonly Verdict[] = [{ kind: 'approve' }, { kind: 'deny', reason: aReason('no alert') }];

/** A bench where Omar may decide, with a request that waits. */
async function ready(request = anAwaiting()) {
  const all = bench();
  await put(all.memory, request);
  all.assertions.signIn(omar, { roles: [role], upn: 'omar.haddad@corp.example' });
  all.ports.defender.device.resolves(ok(aDevice()));
  return { ...all, request, ports: { ...all.ports, approverRole: role } };
}

describe('deciding about somebody else’s request', () => {
  it('approves it with the decider’s own sign-in, and keeps what that calls them', async () => {
    const { ports, memory, request } = await ready();
    const result = await decideApproval(ports, request, click, { kind: 'approve' });
    assert.ok(result.kind === 'decided' && result.changed?.outcome.kind === 'changed');
    const to = await stored(memory, requestId());
    assert.ok(to.state === 'confirmed');
    assert.deepEqual([to.approval?.by, to.approval?.upn], [omar, 'omar.haddad@corp.example']);
    assert.equal(ports.defender.device.firstCall.args[0].reveal(), `of ${omar.oid}`);
  });

  it('denies it with a reason', async () => {
    const { ports, memory, request } = await ready();
    await decideApproval(ports, request, click, { kind: 'deny', reason: aReason('no alert') });
    const to = await stored(memory, requestId());
    assert.ok(to.state === 'denied');
    assert.equal(to.denial.reason, 'no alert');
  });

  it('asks Defender for every device of the request', async () => {
    const devices = [1, 2, 3].map((n) => aSeenDevice(aDevice({ id: deviceId(n) })));
    const { ports, request } = await ready(anAwaiting({ devices }));
    await decideApproval(ports, request, click, { kind: 'approve' });
    assert.deepEqual(
      ports.defender.device.args.map(([, id]) => id),
      [deviceId(1), deviceId(2), deviceId(3)],
    );
  });

  for (const verdict of verdicts) {
    describe(`(${verdict.kind}) is not for somebody`, () => {
      async function refused(act: (all: Awaited<ReturnType<typeof ready>>) => void, by = omar) {
        const all = await ready();
        act(all);
        const result = await decideApproval(all.ports, all.request, { by, revision: 1 }, verdict);
        assert.deepEqual(await stored(all.memory, requestId()), all.request);
        return { result, all };
      }

      it('who is not signed in', async () => {
        const { result } = await refused(({ assertions }) => assertions.lose(omar));
        assert.deepEqual(result, { kind: 'signIn' });
      });

      it('whose sign-in lacks the role, also when it had it a moment ago', async () => {
        const { result, all } = await refused(({ assertions }) =>
          assertions.signIn(omar, { roles: ['Collection.Read'] }),
        );
        assert.deepEqual(result, { kind: 'roleMissing', role });
        assert.equal(all.ports.defender.device.callCount, 0);
      });

      it('who holds somebody else’s sign-in, with the role in it', async () => {
        const { result } = await refused(({ assertions }) => assertions.signIn(omar, { oid: dana.oid, roles: [role] }));
        assert.deepEqual(result, { kind: 'problem', problem: { kind: 'someoneElsesSignIn' } });
      });

      it('whose sign-in Entra does not take: its role may be made up', async () => {
        const { result } = await refused(({ ports }) => {
          ports.onBehalfOf.problem = { kind: 'signInRefused' };
        });
        assert.deepEqual(result, { kind: 'problem', problem: { kind: 'signInRefused' } });
      });

      for (const [code, name] of [
        [404, 'ResourceNotFound'],
        [403, 'Forbidden'],
      ] as const) {
        const answer = status(code, { code: name });
        it(`to whom Defender does not show the device (${code})`, async () => {
          const { result } = await refused(({ ports }) => ports.defender.device.resolves(answer));
          assert.deepEqual(result, { kind: 'deviceHidden', device: aDevice() });
        });
      }

      it('as whom Defender cannot be asked just now', async () => {
        const { result } = await refused(({ ports }) =>
          ports.defender.device.resolves(failed({ kind: 'unanswered', sent: true })),
        );
        assert.deepEqual(result, { kind: 'problem', problem: { kind: 'defenderUnavailable' } });
      });

      it('who asked for it', async () => {
        const { result } = await refused(({ assertions }) => assertions.signIn(dana, { roles: [role] }), dana);
        assert.ok(result.kind === 'decided' && result.changed?.outcome.kind === 'unchanged');
        assert.equal(result.changed.outcome.why, 'needsAnother');
      });
    });
  }

  it('of two at once lets the first one count', async () => {
    const { ports, memory, request } = await ready();
    const [approve, deny] = await Promise.all(
      verdicts.map((verdict) => decideApproval(ports, request, click, verdict)),
    );
    assert.ok(approve?.kind === 'decided' && deny?.kind === 'decided');
    const outcomes = [approve, deny].map(({ changed }) => changed?.outcome.kind);
    assert.deepEqual(outcomes.toSorted(), ['changed', 'unchanged']);
    const to = await stored(memory, requestId());
    assert.equal(to.state, outcomes[0] === 'changed' ? 'confirmed' : 'denied');
  });

  it('comes too late once the time has run out, also before anybody has noted that', async () => {
    const { ports, memory, request } = await ready();
    memory.now = request.expiresAt;
    const result = await decideApproval(ports, request, click, { kind: 'approve' });
    assert.ok(result.kind === 'decided' && result.changed?.outcome.kind === 'unchanged');
    assert.equal(result.changed.outcome.why, 'notNow');
  });

  it('asks for no role where none is configured', async () => {
    const { ports, request, assertions } = await ready();
    assertions.signIn(omar);
    const result = await decideApproval({ ...ports, approverRole: undefined }, request, click, { kind: 'approve' });
    assert.ok(result.kind === 'decided' && result.changed?.outcome.kind === 'changed');
  });
});
