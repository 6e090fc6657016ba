import assert from 'node:assert/strict';
import { earlierLink } from '../../../src/app/earlier-link.ts';
import { Secret } from '../../../src/domain/secret.ts';
import { anEarlier } from '../../build/action.ts';
import { aDevice, anOffer } from '../../build/device.ts';
import { machineActionId } from '../../build/ids.ts';
import { dana } from '../../build/person.ts';
import { aConfirmed, aDone, aProposalAt } from '../../build/request.ts';
import { bench, ok, status } from './bench.ts';

const link = new Secret('packageLink', 'https://package.example/sas');
const shown = aProposalAt({ step: 'found', device: aDevice(), earlier: [anEarlier()] });

describe('Get download link on the confirm card', () => {
  it('is got with the clicker’s own token, for the package that the card shows', async () => {
    const { ports, memory } = bench();
    ports.defender.packageLink.resolves(ok(link));
    const result = await earlierLink(ports, shown, anEarlier().id, dana);
    assert.deepEqual(result, { kind: 'ok', value: { link, device: aDevice() } });
    const [token, action] = ports.defender.packageLink.firstCall.args;
    assert.deepEqual([token.reveal(), action], [`of ${dana.oid}`, anEarlier().id]);
    const about = { conversation: shown.place.conversation, request: shown.id, device: aDevice().id };
    const entry = { ...about, by: dana, action: anEarlier().id, kind: 'linkFetched', details: {} };
    assert.deepEqual(memory.audited, [entry]);
  });

  for (const [what, request] of Object.entries({
    'that the card does not show': aProposalAt({ step: 'found', device: aDevice(), earlier: [] }),
    'of a device whose past is not known': aProposalAt({ step: 'found', device: aDevice() }),
    'that is not there yet': aProposalAt({
      step: 'found',
      device: aDevice(),
      earlier: [anEarlier({ status: 'InProgress' })],
    }),
    'while a device is still to be chosen': aProposalAt({ step: 'choosing', ...anOffer() }),
    'of a request that is confirmed': aConfirmed(),
    'of a request that is done': aDone(),
  })) {
    it(`is not there for a package ${what}, and nobody asks Defender`, async () => {
      const { ports } = bench();
      assert.deepEqual(await earlierLink(ports, request, machineActionId(7), dana), { kind: 'notNow' });
      assert.equal(ports.onBehalfOf.count, 0);
    });
  }

  it('asks for a sign-in where there is none, and passes on what Defender says', async () => {
    const { ports, assertions } = bench();
    ports.defender.packageLink.resolves(status(403));
    const refused = await earlierLink(ports, shown, anEarlier().id, dana);
    assert.deepEqual(refused, { kind: 'problem', problem: { kind: 'notPermitted' } });
    assertions.lose(dana);
    assert.deepEqual(await earlierLink(ports, shown, anEarlier().id, dana), { kind: 'signIn' });
  });
});
