import assert from 'node:assert/strict';
import sinon from 'sinon';
import { mia } from '../sandbox/people.ts';
import { outerDoors } from './door-forgeries.ts';
import { innerDoors } from './door-requests.ts';
import { Doors } from './doors.ts';

describe('the doors', function () {
  this.timeout(180_000);
  let doors: Doors;
  let printed: sinon.SinonStub[];

  before(async () => {
    doors = await Doors.open(({ places }) => ({
      ALLOWED_CONVERSATIONS: [places.channel, places.mixedChannel, places.personal(mia)].map(({ id }) => id).join(','),
    }));
    printed = (['error', 'warn', 'info', 'debug'] as const).map((method) => sinon.stub(console, method));
  });
  after(async () => {
    sinon.restore();
    await doors.close();
  });

  for (const door of [...outerDoors, ...innerDoors]) {
    it(`do not let in ${door.sent}: ${door.status}`, async () => {
      await doors.prove(door);
      for (const stub of printed) sinon.assert.notCalled(stub);
    });
  }

  it('let a cancel through, and a sign-out, when that person has asked more than anybody may', async () => {
    const { sandbox } = doors;
    const { channel } = sandbox.places;
    for (const kind of ['message', 'click'] as const) await doors.flood(`person:${mia.oid}`, kind, 120, true);
    const { id, revision } = await doors.proposalIn(channel);
    const data = { request: id, revision };
    const value = { action: { type: 'Action.Execute', verb: 'cancel', data } };
    const { status } = await sandbox.client(mia).invoke(channel, 'adaptiveCard/action', value);
    assert.equal(status, 200);
    assert.equal((await doors.requestOf(id)).state, 'cancelled');
    await sandbox.client(mia).say(channel, '/signout');
    await channel.message(/signed out/i);
  });
});
