import type { CardContext } from '../../cards/context.ts';
import { selfApproval } from '../build/approval.ts';

/** The addresses that the cards of the tests carry. */
export const cardContext: CardContext = {
  portal: 'https://security.microsoft.com',
  consentUrl: 'https://login.microsoftonline.com/7e4a4700-0000-4000-8000-000000000001/adminconsent?client_id=collector',
  teams: 'https://teams.microsoft.com',
  approval: selfApproval,
};
