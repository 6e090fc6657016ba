import type { Message } from '../sandbox/conversations.ts';
import type { Person } from '../sandbox/people.ts';

/**
 * Runs a click. If the shared card was edited meanwhile, the card of the click's answer is older than what everybody
 * sees, and is dropped: nobody is left with buttons of yesterday.
 */
export async function withoutOvertakenView<Answer>(
  message: Message,
  person: Person,
  click: () => Promise<Answer>,
): Promise<Answer> {
  const edits = message.versions.length;
  const answer = await click();
  if (message.versions.length > edits) message.ownViews.delete(person.oid);
  return answer;
}
