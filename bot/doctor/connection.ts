/** What the Token Service tells of the OAuth connection when no person is there. */
import { type Activity, ActivityTypes } from 'botbuilder';
import type { UserTokenClient } from 'botframework-connector';
import { z } from 'zod';
import { second } from '../../src/domain/instant.ts';
import { within } from '../deadline.ts';

/** A sign-in that was begun, and is left there: its link is good for minutes, and leads to a page of Entra's. */
export interface BegunSignIn {
  readonly link: string;
  /** The connection's 'Token Exchange URL'; undefined where it is left empty. */
  readonly exchangeUrl: string | undefined;
}

/** Longest wait for the Token Service, the SDK's repeats included. */
const patience = 12 * second;
/** The Token Service has nothing of this person, and keeps nothing for them. */
const nobody = '29:collector-doctor';

const connections = z.array(z.object({ connectionName: z.string() }));
const signInResource = z.object({
  signInLink: z.url(),
  tokenExchangeResource: z.object({ uri: z.string().optional() }).nullish(),
});

/** The names of the connections on the Azure Bot: the service tells the state of each (botframework-connector 4.23.3, read in source). */
export async function connectionNames(client: UserTokenClient): Promise<readonly string[]> {
  const listed = await within(patience, 'the Token Service', client.getTokenStatus(nobody, 'msteams', ''));
  return connections.parse(listed).map(({ connectionName }) => connectionName);
}

/** Begins a sign-in of nobody. */
export async function beginSignIn(
  client: UserTokenClient,
  connectionName: string,
  appId: string,
): Promise<BegunSignIn> {
  const asked = client.getSignInResource(connectionName, activityOfNobody(appId), '');
  const answer = signInResource.parse(await within(patience, 'the Token Service', asked));
  return { link: answer.signInLink, exchangeUrl: answer.tokenExchangeResource?.uri || undefined };
}

/** The SDK makes the sign-in's state of an activity; nothing is sent where this one claims to come from. */
function activityOfNobody(appId: string): Activity {
  const unsaid = { name: '', role: '' };
  const activity: Partial<Activity> = {
    type: ActivityTypes.Message,
    id: 'doctor',
    channelId: 'msteams',
    serviceUrl: 'https://smba.trafficmanager.net/teams/',
    from: { id: nobody, ...unsaid },
    recipient: { id: `28:${appId}`, ...unsaid },
    conversation: { id: 'a:doctor', isGroup: false, conversationType: 'personal', name: '' },
  };
  return wholeActivity.parse(activity);
}

/** The SDK's type wants every field that an activity may ever have; its code reads those above. */
const wholeActivity = z.custom<Activity>((value) => z.object({ conversation: z.object({}) }).safeParse(value).success);
