import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  parseAction,
  parseDevice,
  parseErrorBody,
  parseLinkValue,
  parsePage,
} from '../../../../src/adapters/defender/bodies.ts';
import { parseDeviceId } from '../../../../src/domain/ids.ts';

const id = '5382f7ea-7557-4ab7-9782-d50480024a4e';
const machineId = 'A'.repeat(40);
const action = {
  id: id.toUpperCase(),
  type: 'CollectInvestigationPackage',
  title: null,
  requestor: 'ana@contoso.com',
  requestorComment: '[ref 0123456789abcdef0123] why',
  status: 'Pending',
  machineId,
  computerDnsName: 'pc-7',
  creationDateTimeUtc: '2026-03-01T08:00:00.1234567Z',
  lastUpdateDateTimeUtc: '2026-03-01T08:00:01.0000000Z',
  relatedFileInfo: null,
};

describe('parseAction', () => {
  it('reads the documentation’s shape, ids in lower case, dates with seven decimals', () => {
    assert.deepEqual(parseAction(action), {
      id,
      status: 'Pending',
      requestor: 'ana@contoso.com',
      comment: action.requestorComment,
      machineId: 'a'.repeat(40),
      deviceName: 'pc-7',
      createdAt: Date.parse('2026-03-01T08:00:00.123Z'),
      updatedAt: Date.parse('2026-03-01T08:00:01Z'),
    });
  });

  it('goes on with an action whose status word is new, or missing', () => {
    for (const status of ['Queued', '', null, undefined, 7])
      assert.equal(parseAction({ ...action, status })?.status, 'InProgress');
  });

  it('leaves out what is null or empty', () => {
    const bare = {
      ...action,
      requestor: null,
      requestorComment: '',
      lastUpdateDateTimeUtc: null,
      computerDnsName: null,
    };
    assert.deepEqual(Object.keys(parseAction(bare) ?? {}).toSorted(), ['createdAt', 'id', 'machineId', 'status']);
  });

  it('takes the other name of the last update', () => {
    const { lastUpdateDateTimeUtc: lastUpdateTimeUtc, ...rest } = action;
    assert.equal(parseAction({ ...rest, lastUpdateTimeUtc })?.updatedAt, Date.parse('2026-03-01T08:00:01Z'));
  });

  it('takes the device that was asked about when Defender leaves it out, and only then', () => {
    const asked = parseDeviceId('b'.repeat(40));
    assert.equal(parseAction({ ...action, machineId: null }, asked)?.machineId, asked);
    assert.equal(parseAction(action, asked)?.machineId, 'a'.repeat(40));
    assert.equal(parseAction({ ...action, machineId: null })?.machineId, undefined);
  });

  it('refuses what is no package collection, or has no id or no beginning', () => {
    const broken = [{ type: 'Isolate' }, { id: '1' }, { creationDateTimeUtc: 'soon' }, { machineId: 'pc-7' }];
    for (const change of broken) assert.equal(parseAction({ ...action, ...change }), undefined);
  });

  it('survives anything', () => {
    fc.assert(fc.property(fc.anything(), (body) => assert.equal(parseAction(body), undefined)));
  });
});

describe('parseDevice', () => {
  const machine = {
    id: machineId,
    computerDnsName: 'pc-7.contoso.com',
    osPlatform: 'Windows11',
    version: '23H2',
    healthStatus: 'Active',
    lastSeen: '2026-03-01T08:00:00.1234567Z',
  };

  it('reads the documentation’s shape', () => {
    assert.deepEqual(parseDevice(machine), {
      id: 'a'.repeat(40),
      name: 'pc-7.contoso.com',
      os: 'Windows11 23H2',
      health: 'Active',
      lastSeen: Date.parse('2026-03-01T08:00:00.123Z'),
    });
  });

  it('does with an id alone', () => {
    assert.deepEqual(parseDevice({ id: machineId }), {
      id: 'a'.repeat(40),
      name: 'a'.repeat(40),
      os: 'Unknown',
      health: 'Unknown',
    });
  });

  it('bears nulls, new words and unreadable dates', () => {
    const odd = {
      ...machine,
      computerDnsName: null,
      osPlatform: null,
      version: 'Other',
      healthStatus: 'Sleepy',
      lastSeen: 'never',
    };
    assert.deepEqual(parseDevice(odd), { id: 'a'.repeat(40), name: 'a'.repeat(40), os: 'Unknown', health: 'Unknown' });
  });

  it('refuses a device without a device id', () => {
    for (const body of [{ ...machine, id: 'pc-7' }, { ...machine, id: null }, null, [], 'x'])
      assert.equal(parseDevice(body), undefined);
  });
});

describe('parseErrorBody', () => {
  it('reads code, message and correlation id', () => {
    const target = '7a8d5f3e-0000-4000-8000-000000000001';
    assert.deepEqual(parseErrorBody({ error: { code: 'Forbidden', message: 'no', target } }), {
      code: 'Forbidden',
      message: 'no',
      target,
    });
  });
  it('bears an empty code, no target, and members of other types', () => {
    assert.deepEqual(parseErrorBody({ error: { code: '', message: 'bad filter' } }), {
      code: '',
      message: 'bad filter',
    });
    assert.deepEqual(parseErrorBody({ error: { code: null, target: 'two words' } }), {
      code: '',
      message: '',
      target: undefined,
    });
  });
  it('is undefined for a body that is not Defender’s', () => {
    for (const body of [undefined, '<html>', { message: 'no' }, null]) assert.equal(parseErrorBody(body), undefined);
  });
});

describe('parsePage and parseLinkValue', () => {
  it('read what they are for and nothing else', () => {
    assert.deepEqual(parsePage({ value: [1], '@odata.nextLink': 'https://x' }), {
      entries: [1],
      nextLink: 'https://x',
    });
    assert.deepEqual(parsePage({ value: [] }), { entries: [] });
    assert.equal(parsePage({ value: {} }), undefined);
    assert.equal(parseLinkValue({ value: 'https://x' }), 'https://x');
    assert.equal(parseLinkValue({ value: null }), undefined);
  });
});
