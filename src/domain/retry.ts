import { type Collection, type Done, type FinalCollection, isFinal } from './request.ts';

/** What **Retry failed** does again: all that has ended without a package, unless somebody wanted it stopped. */
export function failedOf(collections: readonly Collection[]): readonly FinalCollection[] {
  return collections.filter(isFinal).filter(isFailed);
}

/** Whether only a part of the request is worth another try, and not all of it. */
export function offersRetry({ collections }: Done): boolean {
  return collections.length > 1 && failedOf(collections).length > 0;
}

/** Whether a collection has failed: not what succeeded, nor what somebody took back or stopped. */
export function isFailed(collection: FinalCollection): boolean {
  switch (collection.state) {
    case 'failed':
    case 'timedOut':
    case 'refused':
    case 'expired':
    case 'unresolved':
      return true;
    case 'succeeded':
    case 'cancelled':
    case 'withdrawn':
      return false;
  }
}
