import { z } from 'zod';
import type { BotFramework, Forgery } from './bot-framework.ts';
import type { Journal } from './journal.ts';
import { type JsonObject, type JsonValue, textOf } from './json.ts';
import type { Places } from './tenant-places.ts';

/** What the bot answered to one activity. `body` is text if it was not JSON, undefined if there was none. */
export interface BotAnswer {
  readonly status: number;
  readonly body: JsonValue | undefined;
}

/** Signs activities and delivers them to the bot, as the Bot Framework does. */
export class Delivery {
  /** Says where the bot listens, asked for each activity: several replicas take turns. Undefined until it listens. */
  botUrl: (() => string) | undefined;
  readonly serviceUrl: string;
  readonly #botFramework: BotFramework;
  readonly #journal: Journal;
  readonly #places: Places;

  constructor(botFramework: BotFramework, serviceUrl: string, journal: Journal, places: Places) {
    this.#botFramework = botFramework;
    this.serviceUrl = serviceUrl;
    this.#journal = journal;
    this.#places = places;
  }

  /** A new activity id. */
  newId(): string {
    return this.#places.newActivityId();
  }

  /** Delivers an activity as it is. Throws if the bot's URL is not set, or if the bot cannot be reached. */
  async deliver(activity: JsonObject, forgery: Forgery = {}): Promise<BotAnswer> {
    if (this.botUrl === undefined) throw new Error('The sandbox does not know the bot yet: call setBotUrl first');
    const serviceUrl = textOf(activity, 'serviceUrl') ?? this.serviceUrl;
    const authorization = await this.#botFramework.authorization(serviceUrl, forgery);
    const url = this.botUrl();
    const activityKind = { type: textOf(activity, 'type'), name: textOf(activity, 'name') };
    const seen = { ...activityKind, id: textOf(activity, 'id'), to: new URL(url).host };
    this.#journal.add('client.activity.sent', {
      ...seen,
      from: textOf(activity, 'from', 'name'),
      text: textOf(activity, 'text'),
    });
    const response = await fetch(url, {
      method: 'POST',
      headers: {
        'Content-Type': 'application/json',
        ...(authorization !== undefined && { Authorization: authorization }),
      },
      body: JSON.stringify(activity),
    });
    const answer = { status: response.status, body: parsed(await response.text()) };
    this.#journal.add('client.activity.answered', { ...seen, status: answer.status });
    return answer;
  }
}

function parsed(text: string): JsonValue | undefined {
  if (text === '') return undefined;
  try {
    return z.json().parse(JSON.parse(text));
  } catch (error) {
    if (error instanceof SyntaxError) return text;
    throw error;
  }
}
