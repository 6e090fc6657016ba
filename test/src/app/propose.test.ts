import assert from 'node:assert/strict';
import { propose } from '../../../src/app/propose.ts';
import { minute } from '../../../src/domain/instant.ts';
import { byId } from '../../build/device.ts';
import { known } from '../../build/ids.ts';
import { dana } from '../../build/person.ts';
import { aPlace, aReason } from '../../build/request.ts';
import { bench, stored, waiting } from './bench.ts';

const ask = { requester: dana, place: aPlace(), reason: aReason(), devices: [byId()], language: 'de' as const };
const source = { conversation: aPlace().conversation, activity: '1772421120000' };

describe('proposing', () => {
  it('stores a proposal with its card, its look-up and its end', async () => {
    const { ports, memory } = bench();
    const request = await stored(memory, known(await propose(ports, source, ask)));
    assert.ok(request.state === 'proposed');
    assert.deepEqual([request.revision, request.language], [0, 'de']);
    assert.equal(request.expiresAt, memory.now + 30 * minute);
    assert.deepEqual(request.devices, [{ query: byId(), sighting: { step: 'looking' } }]);
    assert.deepEqual(waiting(memory), ['announce in 0 s', 'lookUp in 0 s', 'expire in 1800 s']);
  });

  it('happens once per message: a redelivered one does nothing', async () => {
    const { ports, memory } = bench();
    await propose(ports, source, ask);
    assert.equal(await propose(ports, source, ask), undefined);
    assert.equal(waiting(memory).length, 3);
  });

  it('happens again for another message', async () => {
    const { ports } = bench();
    const first = await propose(ports, source, ask);
    const second = await propose(ports, { ...source, activity: 'another' }, ask);
    assert.ok(first !== undefined && second !== undefined && first !== second);
  });
});
