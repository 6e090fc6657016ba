import assert from 'node:assert/strict';
import type { Device, DeviceDetails } from '../../../src/domain/device.ts';
import { type ApprovalPolicy, isHighValue, whyApproval } from '../../../src/domain/policy.ts';
import { aDevice } from '../../build/device.ts';

const withDetails = (details: DeviceDetails, over: Partial<Device> = {}) => aDevice({ ...over, details });
const plain = withDetails({ value: 'Normal' });
const highValue = { kind: 'twoPersonHighValue', tags: ['Crown jewels'] } as const;

describe('which devices count as high value', () => {
  const rows: readonly (readonly [what: string, device: Device, isHigh: boolean])[] = [
    ['a laptop of normal value', plain, false],
    ['a laptop of low value', withDetails({ value: 'Low' }), false],
    ['a laptop of high value', withDetails({ value: 'High' }), true],
    ['one whose value Defender does not say', withDetails({ tags: ['kiosk'] }), true],
    ['one of which nothing is known', aDevice(), true],
    ['one whose value is a word that nobody knows', withDetails({ value: 'Critical' }), true],
    ['a Windows Server', withDetails({ value: 'Normal' }, { os: 'WindowsServer2022 21H2' }), true],
    ['… also with a blank in its name', withDetails({ value: 'Normal' }, { os: 'Windows Server 2016' }), true],
    ['… and in small letters', withDetails({ value: 'Normal' }, { os: 'windowsserver2019' }), true],
    ['a system that Defender does not say', withDetails({ value: 'Normal' }, { os: 'Unknown' }), true],
    ['… or that is empty', withDetails({ value: 'Normal' }, { os: '' }), true],
    ['a Linux machine of normal value', withDetails({ value: 'Normal' }, { os: 'Linux' }), false],
    ['a Mac of normal value', withDetails({ value: 'Normal' }, { os: 'macOS 15' }), false],
    ['one with a tag of HIGH_VALUE_TAGS', withDetails({ value: 'Normal', tags: ['crown jewels'] }), true],
    ['… whatever its case and the blanks around it', withDetails({ value: 'Low', tags: [' CROWN Jewels '] }), true],
    ['one with another tag', withDetails({ value: 'Normal', tags: ['crown'] }), false],
  ];
  for (const [what, device, isHigh] of rows) {
    it(`${what}: ${isHigh ? 'yes' : 'no'}`, () => assert.equal(isHighValue(device, highValue.tags), isHigh));
  }
});

describe('whether a second person has to approve', () => {
  const rows: readonly (readonly [policy: ApprovalPolicy, plain: string | undefined, server: string | undefined])[] = [
    [{ kind: 'self' }, undefined, undefined],
    [{ kind: 'twoPerson' }, 'everyRequest', 'everyRequest'],
    [highValue, undefined, 'highValueDevice'],
  ];
  const server = withDetails({ value: 'Normal' }, { os: 'WindowsServer2022' });
  for (const [policy, ofPlain, ofServer] of rows) {
    it(`under ${policy.kind}`, () => {
      assert.equal(whyApproval(policy, [plain]), ofPlain);
      assert.equal(whyApproval(policy, [server]), ofServer);
    });
  }

  it('one such device makes the whole batch wait', () => {
    assert.equal(whyApproval(highValue, [plain, plain, server]), 'highValueDevice');
    assert.equal(whyApproval(highValue, [plain, plain]), undefined);
  });
});
