import assert from 'node:assert/strict';
import { isListedSystem, isRestricted, withoutDetails } from '../../../src/domain/device.ts';
import { aDevice, fullDetails } from '../../build/device.ts';

describe('a device', () => {
  const systems: readonly (readonly [os: string, build: number | undefined, isListed: boolean])[] = [
    ['Windows11 23H2', 22_631, true],
    ['Windows11', undefined, true],
    ['Windows10 22H2', 19_045, true],
    ['Windows10 1703', 15_063, true],
    ['Windows10 1607', 14_393, false],
    ['Windows10 1607', undefined, false],
    ['Windows10 1511', undefined, false],
    ['Windows10', 15_062, false],
    ['WindowsServer2022 21H2', 20_348, false],
    ['Windows8.1', 9600, false],
    ['Linux', undefined, false],
    ['macOS 14', undefined, false],
    ['Unknown', undefined, false],
    ['', undefined, false],
  ];
  for (const [os, build, isListed] of systems) {
    it(`with ${os || 'no system'}, build ${build ?? 'unknown'}, is ${isListed ? '' : 'not '}on the product’s page`, () => {
      const details = build === undefined ? {} : { details: { build } };
      assert.equal(isListedSystem(aDevice({ os, ...details })), isListed);
    });
  }

  it('is restricted by its tag, in any case, and by no other', () => {
    const tagged = (...tags: string[]) => isRestricted(aDevice({ details: { tags } }));
    assert.ok(tagged('finance', 'Restricted security operations'));
    assert.ok(tagged(' restricted Security Operations '));
    assert.ok(!tagged('restricted', 'security operations'));
    assert.ok(!isRestricted(aDevice()));
  });

  it('without its details is what everybody may see', () => {
    assert.deepEqual(withoutDetails(aDevice({ details: fullDetails })), aDevice());
  });
});
