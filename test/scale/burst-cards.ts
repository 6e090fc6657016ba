/** Cards of a real bot that wait for their **Collect**: what was asked and found before a burst. */
import type { Store } from '../../src/adapters/store/open-store.ts';
import { type DeviceId, newRequestId, parseAadObjectId, parseTenantId } from '../../src/domain/ids.ts';
import { later, minute } from '../../src/domain/instant.ts';
import { aDevice } from '../build/device.ts';
import { chatUserId, conversationId, known } from '../build/ids.ts';
import { aPlace, aProposal, aProposedDevice, aReason } from '../build/request.ts';
import type { Conversation, Message } from '../sandbox/conversations.ts';
import type { Person } from '../sandbox/people.ts';
import type { Sandbox } from '../sandbox/sandbox.ts';

/** A card, and whose it is. */
export interface WaitingCard {
  readonly person: Person;
  readonly message: Message;
}

/** What is to be put up: whose, where, and how many devices. */
export interface Wanted {
  readonly person: Person;
  readonly where: Conversation;
  readonly devices: readonly DeviceId[];
}

/** Puts them into the bot's store, and waits until it has posted every card. */
export async function putUp(
  sandbox: Sandbox,
  store: Store,
  wanted: readonly Wanted[],
): Promise<readonly WaitingCard[]> {
  for (const [n, each] of wanted.entries()) await propose(sandbox, store, each, n);
  const posted = () => sandbox.journal.all('connector.activity.created').length;
  await sandbox.journal.until(() => (posted() >= wanted.length ? true : undefined), 'every card', 5 * minute);
  const messages = new Map(
    sandbox.places.all.flatMap(({ messages }) => messages.map((each) => [numberIn(each.content), each] as const)),
  );
  return wanted.map(({ person }, n) => ({ person, message: known(messages.get(n)) }));
}

async function propose(sandbox: Sandbox, store: Store, { person, where, devices }: Wanted, n: number): Promise<void> {
  const { serviceUrl } = sandbox.connector;
  const [conversation, kind] = [conversationId(where.id), where.kind];
  const tenant = known(parseTenantId(person.tenantId));
  await store.conversations.remember({ conversation, kind, serviceUrl, tenant });
  const requester = {
    ...{ oid: known(parseAadObjectId(person.oid)), tenant },
    ...{ chatUserId: chatUserId(person.teamsId), name: person.name },
  };
  const found = devices.map((id) => aProposedDevice({ step: 'found', device: aDevice({ id }) }));
  await store.requests.propose({ conversation, activity: `burst ${n}` }, (now) => ({
    request: aProposal({
      ...{ id: newRequestId(), requester, devices: found, reason: aReason(`burst number ${n}.`), askedAt: now },
      ...{
        place: aPlace({ conversation, kind, askedPrivately: kind === 'channel' }),
        expiresAt: later(now, 30 * minute),
      },
    }),
    effects: [{ kind: 'announce' }],
  }));
}

function numberIn(content: string): number | undefined {
  const found = /burst number (\d+)\./.exec(content)?.[1];
  return found === undefined ? undefined : Number(found);
}
