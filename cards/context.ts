import type { ApprovalSettings } from '../src/domain/approval.ts';
import type { Language } from '../src/domain/language.ts';
import { type Catalogue, catalogueOf } from './language/catalogue.ts';

/** What differs from cloud to cloud, from app to app, and by what the administrators chose. No address ends in a slash. */
export interface CardSettings {
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

/** The same for somebody who reads: all that a card depends on besides what it shows. */
export interface CardContext extends CardSettings {
  /** The words of the reader's language. */
  readonly say: Catalogue;
}

/** What the cards for readers of this language depend on. */
export function cardsIn(language: Language, settings: CardSettings): CardContext {
  return { ...settings, say: catalogueOf(language) };
}
