/** How long things are waited for, and how they are looked after meanwhile. All in milliseconds, but for counts. */
import { day, hour, second } from './instant.ts';

/** How long a collection waits for its requester to sign in again. */
export const signInPatience = 8 * hour;
/** How long an action is followed: an offline device keeps it Pending for days. */
export const followPatience = 3 * day;
/** How long a collection that surely was not sent is tried again. */
export const sendPatience = hour;
/** Pause between two looks for an action whose POST had no clear end. */
export const lookPause = 10 * second;
/** An attempt counts as absent only this long after its start: the list lags, and Defender may accept late. */
export const lateAcceptance = 30 * second;
/** … and only after this many empty looks. */
export const looksBeforeAbsent = 3;
/** First look at a fresh action. */
export const firstLook = 2 * second;
