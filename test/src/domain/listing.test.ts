import assert from 'node:assert/strict';
import fc from 'fast-check';
import { minute } from '../../../src/domain/instant.ts';
import { type Listed, openFirst, pageOf, pageSize, parseAbout, presentOf } from '../../../src/domain/listing.ts';
import { anAction } from '../../build/action.ts';
import { deviceId, machineActionId } from '../../build/ids.ts';
import { after as moment } from '../../build/moment.ts';
import { aConfirmed, aDone, aProposal } from '../../build/request.ts';

describe('what a list is asked about', () => {
  const table: Readonly<Record<string, ReturnType<typeof parseAbout>>> = {
    '': { by: 'own' },
    '  ': { by: 'own' },
    '""': { by: 'own' },
    [machineActionId().toUpperCase()]: { by: 'action', id: machineActionId() },
    [deviceId().toUpperCase()]: { by: 'device', query: { by: 'id', id: deviceId() } },
    'lap-0042': { by: 'device', query: { by: 'name', name: 'lap-0042' } },
    '"the lab machine"': { by: 'device', query: { by: 'name', name: 'the lab machine' } },
    '!!!': undefined,
    'two "quotes': undefined,
    ['x'.repeat(256)]: undefined,
    'a\u0000b': undefined,
  };
  for (const [typed, about] of Object.entries(table)) {
    it(`${JSON.stringify(typed.slice(0, 50))} is ${about?.by ?? 'nothing that there could be'}`, () => {
      assert.deepEqual(parseAbout(typed), about);
    });
  }

  it('is never a name with a control character, whatever is typed', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (typed) => {
        const about = parseAbout(typed);
        if (about?.by !== 'device' || about.query.by !== 'name') return;
        assert.match(about.query.name, /^[^\p{Cc}"]{1,255}$/u);
      }),
    );
  });
});

describe('a page', () => {
  it('holds its share of the rows, each row once over all pages, whatever page is asked for', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(), { maxLength: 30 }), fc.integer({ min: -3, max: 12 }), (rows, wanted) => {
        const { page, pages } = pageOf(rows, wanted);
        assert.ok(page >= 0 && page < pages);
        const all = Array.from({ length: pages }, (_, i) => pageOf(rows, i).rows);
        assert.deepEqual(all.flat(), rows);
        assert.ok(all.every(({ length }) => length <= pageSize));
      }),
    );
  });
});

describe('the rows of a list', () => {
  it('that go on come first, each kind the newest first', () => {
    const rows: readonly Listed[] = [
      { kind: 'request', request: aDone({ askedAt: moment(9 * minute) }) },
      { kind: 'request', request: aProposal({ askedAt: moment(minute) }) },
      { kind: 'action', action: anAction({ createdAt: moment(2 * minute) }), followers: [] },
      { kind: 'action', action: anAction({ createdAt: moment(8 * minute), status: 'Failed' }), followers: [] },
      { kind: 'request', request: aConfirmed({ askedAt: moment(3 * minute) }) },
    ];
    assert.deepEqual(
      openFirst(rows).map((row) => rows.indexOf(row)),
      [4, 2, 1, 0, 3],
    );
  });

  it('of a device’s present are what runs, or the newest of what has ended', () => {
    const [old, recent] = [1, 2].map((n) =>
      anAction({ id: machineActionId(n), createdAt: moment(n), status: 'Failed' }),
    );
    assert.ok(old && recent);
    assert.deepEqual(presentOf([old, recent]), [recent]);
    assert.deepEqual(presentOf([{ ...old, status: 'Pending' }, recent]), [{ ...old, status: 'Pending' }]);
  });
});
