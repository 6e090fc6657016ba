import type { Collection } from '../src/domain/request.ts';
import type { Catalogue } from './language/catalogue.ts';
import { moment, type Words } from './words.ts';

/** Who asked Defender to stop the collection, and what came of it; undefined where nobody did through us. */
export function cancellationWords({ cancellation }: Catalogue, collection: Collection): Words | undefined {
  if (!('cancelAsked' in collection) || collection.cancelAsked === undefined) return undefined;
  const { by, at } = collection.cancelAsked;
  const fillings = [by.name, moment(at)] as const;
  switch (collection.state) {
    case 'running':
    case 'unwatched':
      return cancellation.underWay(...fillings);
    case 'cancelled':
      return cancellation.stopped(...fillings);
    case 'succeeded':
      return cancellation.succeededBefore(...fillings);
    case 'failed':
    case 'timedOut':
      return cancellation.endedBefore(...fillings);
    case 'unresolved':
      return cancellation.unconfirmed(...fillings);
  }
}
