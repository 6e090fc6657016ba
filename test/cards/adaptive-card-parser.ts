/** Microsoft's own parser of Adaptive Cards, which needs no browser. */
import { createRequire } from 'node:module';
import type * as AdaptiveCards from 'adaptivecards';

const load = createRequire(import.meta.url);
const library: typeof AdaptiveCards = load('adaptivecards/dist/adaptivecards.js');

/**
 * What the parser and its validation say against a card. Unknown elements and bad values show only as events of the
 * context, missing fields only in the validation, so both are read.
 */
export function faultsOf(json: object): readonly string[] {
  const card = new library.AdaptiveCard();
  const context = new library.SerializationContext();
  card.parse(json, context);
  const events = Array.from({ length: context.eventCount }, (_, i) => context.getEventAt(i).message);
  return [...events, ...card.validateProperties().validationEvents.map(({ message }) => message)];
}
