import assert from 'node:assert/strict';
import type { AdaptiveCard } from '../../cards/adaptive-card.ts';
import { downloadLinkCard } from '../../cards/download-link-card.ts';
import { cancelCollectionForm, editReasonForm } from '../../cards/forms.ts';
import { Secret } from '../../src/domain/secret.ts';
import { anAction } from '../build/action.ts';
import { aCollection } from '../build/collection.ts';
import { aDevice } from '../build/device.ts';
import { aConfirmed, aDone, aProposal, aReason } from '../build/request.ts';
import { cardContext } from './card-context.ts';

function fieldOf({ body }: AdaptiveCard) {
  const [field] = body.filter((element) => element.type === 'Input.Text');
  assert.ok(field !== undefined);
  return field;
}

describe('The form behind Edit', () => {
  it('is filled with the reason exactly as it stands, not escaped', () => {
    const reason = aReason('**not bold** <at>x</at> a_b');
    assert.equal(fieldOf(editReasonForm(cardContext.say, aProposal({ reason }))).value, reason);
  });

  it('takes up to 1,000 characters, and says so', () => {
    const { maxLength, isRequired, errorMessage } = fieldOf(editReasonForm(cardContext.say, aProposal()));
    assert.equal(maxLength, 1000);
    assert.equal(isRequired, true);
    assert.match(errorMessage, /1,000/);
  });
});

describe('The form behind Cancel collection', () => {
  it('names whose collection it is where it is not ours', () => {
    const action = anAction({ requestor: 'omar.haddad@corp.example' });
    const joined = aCollection.running({ action, ownership: { kind: 'joined' } });
    const form = JSON.stringify(cancelCollectionForm(cardContext.say, aConfirmed({ collections: [joined] })));
    assert.match(form, /was started by \*\*omar\.haddad@corp\.example\*\*/);
  });

  it('warns of nobody where it is ours', () => {
    const form = JSON.stringify(
      cancelCollectionForm(cardContext.say, aConfirmed({ collections: [aCollection.running()] })),
    );
    assert.doesNotMatch(form, /was started by/);
  });
});

describe('The card with the download link', () => {
  it('carries the link in its button alone', () => {
    const address = 'https://packages.example/marker-4711.zip?sig=secret';
    const card = downloadLinkCard(cardContext.say, aDone(), aDevice(), new Secret('packageLink', address));
    assert.deepEqual(
      card.actions.map((action) => ('url' in action ? action.url : action.verb)),
      [address, 'showCard'],
    );
    assert.equal(JSON.stringify(card).split('marker-4711').length, 2);
  });
});
