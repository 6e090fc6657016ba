/** One word of welcome where the bot was added, for everybody there at once. In 1:1 the command list serves. */
import type { Activity } from 'botbuilder';
import { z } from 'zod';
import { catalogueOf } from '../../cards/language/catalogue.ts';
import { welcomeCard } from '../../cards/welcome-card.ts';
import { type AdmissionPorts, admit } from './admission.ts';
import { type Incoming, readIncoming, rootOf } from './incoming.ts';
import type { Reply } from './reply.ts';
import { isServed } from './served-places.ts';
import type { SignInPorts } from './sign-in.ts';

/** What welcoming needs. */
export interface WelcomePorts extends AdmissionPorts {
  readonly exchanges: SignInPorts['exchanges'];
  readonly allowedConversations: readonly string[];
}

/** Not `add-upgrade`: that is a new version of what has been there. */
const installed = z.object({ type: z.literal('installationUpdate'), action: z.literal('add') });
const joined = z.object({
  type: z.literal('conversationUpdate'),
  recipient: z.object({ id: z.string() }),
  membersAdded: z.array(z.object({ id: z.string() })),
});

/** Who added the bot to which team or group chat; undefined for any other activity. */
export function addedTo(activity: Activity): Incoming | undefined {
  const roster = joined.safeParse(activity);
  const isJoin = roster.success && roster.data.membersAdded.some(({ id }) => id === roster.data.recipient.id);
  if (!isJoin && !installed.safeParse(activity).success) return undefined;
  const incoming = readIncoming(activity);
  return incoming?.place.kind === 'personal' ? undefined : incoming;
}

/**
 * Says it once: Teams tells of one installation by two activities, of which each may come again, and of a team it may
 * name two channels. Where nobody is to be answered nothing is said.
 */
export async function welcome(ports: WelcomePorts, added: Incoming, reply: Reply): Promise<void> {
  const admission = await admit(ports, added, 'message');
  if (admission.kind === 'refused' || !isServed(added, ports.allowedConversations)) return;
  const [team] = added.teams;
  const isFirst = await ports.exchanges.firstTime(`welcome:${team ?? rootOf(added.place.conversation)}`);
  if (isFirst) await reply.card(welcomeCard(catalogueOf(added.language), added.person));
}
