import type { ApprovalSettings } from '../src/domain/approval.ts';
import type { Catalogue } from './language/catalogue.ts';

/**
 * What differs from cloud to cloud, from app to app, by what the administrators chose, and from reader to reader. No
 * address ends in a slash.
 */
export interface CardContext {
  /** The words of the reader's language. */
  readonly say: Catalogue;
  /** The Defender portal, for instance `https://security.microsoft.com`. */
  readonly portal: string;
  /** Where a tenant administrator consents to the app's permissions. */
  readonly consentUrl: string;
  /** The Teams client of this cloud, for links to a conversation, for instance `https://teams.microsoft.com`. */
  readonly teams: string;
  readonly approval: ApprovalSettings;
  /** How often young actions are looked at, in milliseconds; absent where no card is to say when the next look is. */
  readonly followIntervalMs?: number;
  /** The tab's address as Teams opens it; absent where no link to it is wanted, as in the tab itself. */
  readonly tab?: string;
}

/** The same in every language: what a context is made of, once it is known who reads. */
export type CardPlaces = Omit<CardContext, 'say'>;
