import assert from 'node:assert/strict';
import { cardMoment, duration, plainMoment } from '../../cards/dates.ts';
import { day, hour, minute, second } from '../../src/domain/instant.ts';
import { after, start } from '../build/moment.ts';
import { cardContext } from './card-context.ts';

describe('Moments', () => {
  it("are card functions without fractions, so that each reader's client shows their own time zone", () => {
    assert.equal(cardMoment(after(1)), '{{DATE(2026-03-02T03:12:00Z, SHORT)}}, {{TIME(2026-03-02T03:12:00Z)}}');
  });

  it('name their time zone where the client cannot convert them', () => {
    assert.equal(plainMoment(start), '2026-03-02 03:12 UTC');
  });
});

describe('Durations', () => {
  const table = [
    [0, '0 s'],
    [45 * second, '45 s'],
    [59.6 * second, '1 min'],
    [3 * minute, '3 min'],
    [3 * minute + 20 * second, '3 min 20 s'],
    [hour, '1 h'],
    [2 * hour + 5 * minute + 59 * second, '2 h 5 min'],
    [day + 4 * hour, '1 d 4 h'],
    [3 * day, '3 d'],
  ] as const;

  for (const [ms, said] of table)
    it(`${ms} ms read '${said}'`, () => assert.equal(duration(cardContext.say, ms), said));

  it('are never negative, though two clocks may disagree', () =>
    assert.equal(duration(cardContext.say, -5 * minute), '0 s'));
});
