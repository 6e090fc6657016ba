import type { MachineAction } from './machine-action.ts';
import type { Person } from './person.ts';
import type { Problem } from './problem.ts';
import type { Ownership } from './request.ts';

/** Something that happened to one collection. */
export type CollectionEvent =
  | SendingEvent
  | FollowingEvent
  | { readonly type: 'signedIn'; readonly by: Person }
  | { readonly type: 'timePassed' };

/** On the way to Defender. `attempt` voids late answers to earlier attempts. */
export type SendingEvent =
  /** The next POST is about to be sent. */
  | { readonly type: 'attemptStarted' }
  /** Defender has an action for it: answered by the POST, or found by a look. */
  | {
      readonly type: 'accepted';
      readonly attempt: number;
      readonly action: MachineAction;
      readonly ownership: Ownership;
      readonly watcher: Person;
    }
  /** Another of our collections already has an action on this device: follow that one, send nothing. */
  | { readonly type: 'joined'; readonly action: MachineAction; readonly watcher: Person }
  /** A clear no. Before the first attempt (`attempt` = attempts so far) or as its answer. */
  | { readonly type: 'refused'; readonly attempt: number; readonly problem: Problem }
  /** Surely nothing reached Defender; try again after `retryMs`. */
  | { readonly type: 'notSent'; readonly attempt: number; readonly problem: Problem; readonly retryMs: number }
  /** 401: nothing was started, and this sign-in is not enough. */
  | { readonly type: 'tokenRejected'; readonly attempt: number; readonly problem: Problem }
  /** The POST had no clear end: look, do not resend. */
  | { readonly type: 'unclear'; readonly attempt: number }
  /** 400 `ActiveRequestAlreadyExists`: an action runs, find it. */
  | { readonly type: 'saidAlreadyRunning'; readonly attempt: number }
  /** The list showed no action of this attempt. */
  | { readonly type: 'lookedInVain'; readonly attempt: number }
  /** Another collection of ours is being sent to this device; wait for it. */
  | { readonly type: 'deviceBusy' }
  /** Defender could not be asked whether it has this attempt's action. */
  | { readonly type: 'lookFailed'; readonly attempt: number }
  /** … because the requester's token is gone. */
  | { readonly type: 'lookNeedsSignIn'; readonly attempt: number; readonly problem?: Problem }
  /** The requester's token is gone, or Entra wants a new sign-in. */
  | { readonly type: 'tokenMissing'; readonly problem?: Problem }
  /** Taken back before it was sent. */
  | { readonly type: 'withdrawn' };

/** Once Defender has an action for it. */
export type FollowingEvent =
  /** Defender showed the action. */
  | { readonly type: 'actionSeen'; readonly action: MachineAction }
  /** A sweep's list did not show it. */
  | { readonly type: 'actionAbsent' }
  /** This watcher's token is gone. */
  | { readonly type: 'watcherLost'; readonly watcher: Person; readonly problem?: Problem }
  /** Defender took a wish to stop the action. */
  | { readonly type: 'cancelAsked'; readonly by: Person }
  /** Somebody lends their token to the following. */
  | { readonly type: 'watcherTaken'; readonly by: Person };

/** Whether it means nothing to a collection that Defender has an action for. */
export function isOfSending(event: CollectionEvent): event is SendingEvent {
  return !isOfFollowing(event) && event.type !== 'signedIn' && event.type !== 'timePassed';
}

/** Whether it means nothing to a collection that Defender has no action for yet. */
export function isOfFollowing(event: CollectionEvent): event is FollowingEvent {
  switch (event.type) {
    case 'actionSeen':
    case 'actionAbsent':
    case 'watcherLost':
    case 'cancelAsked':
    case 'watcherTaken':
      return true;
    case 'attemptStarted':
    case 'accepted':
    case 'joined':
    case 'refused':
    case 'notSent':
    case 'tokenRejected':
    case 'unclear':
    case 'saidAlreadyRunning':
    case 'lookedInVain':
    case 'deviceBusy':
    case 'lookFailed':
    case 'lookNeedsSignIn':
    case 'tokenMissing':
    case 'withdrawn':
    case 'signedIn':
    case 'timePassed':
      return false;
  }
}
