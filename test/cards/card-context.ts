import { type CardContext, type CardSettings, cardsIn } from '../../cards/context.ts';
import { selfApproval } from '../build/approval.ts';

/** The addresses that the cards of the tests carry. */
export const cardSettings: CardSettings = {
  portal: 'https://security.microsoft.com',
  consentUrl: 'https://login.microsoftonline.com/7e4a4700-0000-4000-8000-000000000001/adminconsent?client_id=collector',
  teams: 'https://teams.microsoft.com',
  approval: selfApproval,
};

/** The same for somebody who reads English. */
export const cardContext: CardContext = cardsIn('en', cardSettings);

/** The same for somebody who reads German. */
export const germanContext: CardContext = cardsIn('de', cardSettings);
