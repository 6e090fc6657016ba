import {
  type Activity,
  CloudAdapter,
  type ConversationReference,
  DeliveryModes,
  type InvokeResponse,
  type TurnContext,
} from 'botbuilder';
import { within } from '../deadline.ts';
import { NotAdmittedError } from '../not-admitted.ts';
import type { StrictAuthentication } from './authentication.ts';

/** Longest wait for the connector to take one post. */
const connectorPatience = 10_000;

/** The bot's end of the Bot Framework protocol: one turn for each admitted activity, and turns of our own accord. */
export class TeamsAdapter extends CloudAdapter {
  readonly #appId: string;

  constructor(authentication: StrictAuthentication, appId: string) {
    super(authentication);
    this.#appId = appId;
  }

  /**
   * Runs one turn for an activity.
   * @returns the answer of an invoke; undefined for any other activity
   * @throws NotAdmittedError before anything was done, when the activity is not for us
   */
  async receive(
    authorization: string | undefined,
    activity: Activity,
    turn: (context: TurnContext) => Promise<void>,
  ): Promise<InvokeResponse | undefined> {
    if (authorization === undefined) throw new NotAdmittedError(401, 'the activity carries no bearer token');
    // Teams reads answers from the conversation; another mode would put them, and not an invoke's, into the HTTP answer.
    return await this.processActivity(authorization, { ...activity, deliveryMode: DeliveryModes.Normal }, turn);
  }

  /** Runs `turn` in a conversation that nobody has spoken in just now; gives back what it returned. */
  async speak<Value>(
    where: { readonly conversation: string; readonly serviceUrl: string },
    turn: (context: TurnContext) => Promise<Value>,
  ): Promise<Value> {
    const reference: Partial<ConversationReference> = {
      channelId: 'msteams',
      serviceUrl: where.serviceUrl,
      conversation: { id: where.conversation, isGroup: false, conversationType: '', name: '' },
      bot: { id: botUserId(this.#appId), name: '' },
    };
    const results: Value[] = [];
    const work = this.continueConversationAsync(this.#appId, reference, async (context) => {
      results.push(await turn(context));
    });
    await within(connectorPatience, 'the connector', work);
    const [result] = results;
    if (result === undefined) throw new Error('the turn ended without a result');
    return result;
  }
}

/** Teams' id of a bot is its app id behind `28:`. */
export function botUserId(appId: string): string {
  return `28:${appId}`;
}
