import assert from 'node:assert/strict';
import { statusOfCollection, statusOfRequest, statusOfSighting } from '../../cards/status.ts';
import { commandNames } from '../../src/domain/command.ts';
import { actionStatuses } from '../../src/domain/machine-action.ts';
import type { Collection, Sighting } from '../../src/domain/request.ts';
import { anAction } from '../build/action.ts';
import { aCollection } from '../build/collection.ts';
import { aDevice, anOffer } from '../build/device.ts';
import { after } from '../build/moment.ts';
import { everyProblem } from '../build/problem.ts';
import { aDenied, aDone, anAwaiting } from '../build/request.ts';
import { cardContext } from '../cards/card-context.ts';
import { everyCard } from '../cards/every-card.ts';
import { markdownPages } from './markdown-pages.ts';

const sightings: readonly Sighting[] = [
  { step: 'signInNeeded' },
  { step: 'looking' },
  { step: 'choosing', ...anOffer() },
  { step: 'found', device: aDevice() },
  { step: 'problem', problem: everyProblem.deviceNotFound },
];
const collections: readonly Collection[] = [
  ...Object.values(aCollection).map((build) => build()),
  ...actionStatuses.map((status) => aCollection.running({ action: anAction({ status }) })),
  aCollection.queued({ delayedBy: everyProblem.noBudget }),
  aCollection.queued({ delayedBy: everyProblem.throttled }),
  aCollection.submitting({ blockedSince: after(0) }),
  aCollection.refused({ problem: everyProblem.outcomeUnknown }),
];
const whole = [
  anAwaiting(),
  aDenied(),
  aDone({ collections: [aCollection.succeeded(), aCollection.failed()] }),
  aDone({ collections: [aCollection.refused(), aCollection.failed()] }),
];

const { say } = cardContext;

/** Every word that can stand for a status on a card. */
const statusWords = new Set(
  [
    ...sightings.map((each) => statusOfSighting(say, each)),
    ...collections.map((each) => statusOfCollection(say, each)),
    ...whole.map((each) => statusOfRequest(say, each)),
  ].map(({ word }) => word),
);

describe('docs/responder.md', () => {
  const page = markdownPages().find(({ path }) => path === 'docs/responder.md');
  const bold = new Set([...(page?.source ?? '').matchAll(/\*\*([^*]+)\*\*/g)].map(([, text]) => text));

  it('explains every command', () => {
    for (const name of commandNames)
      assert.ok(
        page?.codes.some((code) => code.split(' ')[0] === `/${name}`),
        name,
      );
  });

  it('explains every status that a card can show', () => {
    assert.deepEqual(
      [...statusWords].filter((word) => !bold.has(word)),
      [],
    );
  });

  it('names no status and no button that no card has', () => {
    const cards = JSON.stringify([...everyCard.values()]);
    const own = ['You ask, Defender decides.', 'correlation ID'];
    const unknown = [...bold].filter((text) => text !== undefined && !own.includes(text));
    assert.deepEqual(
      unknown.filter((text) => text !== undefined && !statusWords.has(text) && !cards.includes(`"title":"${text}"`)),
      [],
    );
  });
});
