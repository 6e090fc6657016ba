/** A click on a card: what comes in, what goes out, and what handling it needs. */
import type { AdaptiveCard } from '../../cards/adaptive-card.ts';
import type { PostStore } from '../../src/ports.ts';
import type { AdmissionPorts } from './admission.ts';
import type { AdoptPorts } from './adopt.ts';
import type { AskPorts } from './ask.ts';
import type { Incoming } from './incoming.ts';
import type { SignInWay } from './oauth-card.ts';
import type { PrivateClickPorts } from './on-private-click.ts';
import type { TextAnswer } from './refusals.ts';

/** A click, read from the invoke. */
export interface IncomingClick extends Incoming {
  readonly verb: unknown;
  readonly data: unknown;
  /** The message that carries the card. */
  readonly card: Incoming['activity'] | undefined;
  /** What the client brought back from a login request, if it was one. */
  readonly signIn:
    | { readonly by: 'token'; readonly token: string }
    | { readonly by: 'code'; readonly code: string }
    | undefined;
}

/** The answer to a click; `on-invoke.ts` puts it on the wire. All of them are for the clicker alone. */
export type ClickAnswer =
  | { readonly kind: 'card'; readonly card: AdaptiveCard }
  | TextAnswer
  /** Sign in first, then click again: Teams repeats the click by itself. */
  | { readonly kind: 'signIn'; readonly way: SignInWay }
  /** The code was not taken. */
  | { readonly kind: 'wrongCode' }
  /** The silent token was not taken; the client shows the sign-in button instead. */
  | { readonly kind: 'silentSignInFailed' };

/** What handling a click needs. */
export interface ClickPorts extends PrivateClickPorts, AdoptPorts, AdmissionPorts, AskPorts {
  readonly posts: PostStore;
  readonly store: AskPorts['store'];
  /** Ids of conversations and teams where the bot serves; empty: everywhere. */
  readonly allowedConversations: readonly string[];
}
