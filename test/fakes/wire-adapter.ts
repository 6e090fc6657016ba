import { type Activity, BotAdapter, type ResourceResponse, TurnContext } from 'botbuilder';
import { anActivity, asActivity } from '../bot/teams/activities.ts';

/** What is written, and where. Gives the id of a post; what an edit gives is not used. May throw as the connector does. */
export type OnWire = (how: 'post' | 'edit', where: string, content: Partial<Activity>) => string;

/** The SDK's adapter down to the wire: what reaches it is noted, or refused. */
class WireAdapter extends BotAdapter {
  readonly #onWire: OnWire;

  constructor(onWire: OnWire) {
    super();
    this.#onWire = onWire;
  }
  override async sendActivities(_: TurnContext, activities: Partial<Activity>[]): Promise<ResourceResponse[]> {
    return activities.map((each) => ({ id: this.#onWire('post', each.conversation?.id ?? '', each) }));
  }
  override async updateActivity(_: TurnContext, activity: Partial<Activity>): Promise<void> {
    this.#onWire('edit', activity.conversation?.id ?? '', activity);
  }
  override async deleteActivity(): Promise<void> {
    throw new Error('the poster deletes nothing');
  }
  override async continueConversation(): Promise<void> {
    throw new Error('the poster begins no turn in a turn');
  }
}

/** What the poster needs of the Teams adapter, without a connector behind it. */
export function wireAdapter(onWire: OnWire) {
  return {
    async speak<Value>(
      { conversation }: { readonly conversation: string; readonly serviceUrl: string },
      turn: (context: TurnContext) => Promise<Value>,
    ): Promise<Value> {
      const reference = { ...anActivity(), conversation: { ...anActivity().conversation, id: conversation } };
      return await turn(new TurnContext(new WireAdapter(onWire), asActivity(reference)));
    },
  };
}
