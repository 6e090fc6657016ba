/**
 * Between the Agents Playground and the bot. The Playground cannot sign what it sends and knows no silent sign-in, so it
 * is only the window: what is typed and clicked there is said and clicked by the person's Teams client in the sandbox,
 * signed and with everything that Teams sends along; what the bot posts to the sandbox's connector is shown there.
 */
import { createServer, type Server } from 'node:http';
import express, { type Request, type Response } from 'express';
import { z } from 'zod';
import { botApp } from '../sandbox/app.ts';
import { type CardAnswer, cardAnswerText } from '../sandbox/card-answer.ts';
import { executeAction } from '../sandbox/card-clicks.ts';
import type { Conversation } from '../sandbox/conversations.ts';
import type { JsonObject } from '../sandbox/json.ts';
import type { Person } from '../sandbox/people.ts';
import type { Sandbox } from '../sandbox/sandbox.ts';
import type { TeamsClient } from '../sandbox/teams-client.ts';
import { PlaygroundWindow } from './playground-window.ts';

/** Where the Playground finds the bot. */
export interface Gateway {
  /** For the Playground's `--app-endpoint`. */
  readonly botEndpoint: string;
  /** Begins to show in the Playground's page what the bot posts. */
  show(playgroundUrl: string): void;
  close(): Promise<void>;
}

/** What the Playground sends, as far as it counts here. */
const activityShape = z.record(z.string(), z.json()).and(
  z.object({
    type: z.string(),
    conversation: z.object({ id: z.string() }),
    text: z.string().optional(),
    name: z.string().optional(),
    replyToId: z.string().optional(),
    action: z.string().optional(),
  }),
);
type PlaygroundActivity = z.infer<typeof activityShape>;

const clickShape = z.object({
  action: z.object({ type: z.string(), title: z.string().default(''), verb: z.string(), data: z.json().optional() }),
});

/** An answer to the Playground. */
interface Answer {
  readonly status: number;
  readonly body?: JsonObject[string];
}

const messageType = 'application/vnd.microsoft.activity.message';

/** Opens the gateway on any free port, for a window in which this person sits. */
export async function openGateway(sandbox: Sandbox, person: Person, onFault: (fault: Error) => void): Promise<Gateway> {
  const client = sandbox.client(person, { kind: 'sso' });
  let window: PlaygroundWindow | undefined;
  const app = express();
  app.use(express.json({ limit: '1mb' }));
  app.head('/api/messages', (_request, response) => {
    response.end();
  });
  app.post('/api/messages', async (request: Request, response: Response) => {
    try {
      const parsed = activityShape.safeParse(request.body);
      const answer = parsed.success && window ? await take(sandbox, client, window, parsed.data) : { status: 503 };
      response.status(answer.status);
      if (answer.body === undefined) response.end();
      else response.json(answer.body);
    } catch (cause) {
      onFault(new Error('What was done in the Playground could not be handed to the bot.', { cause }));
      response.status(502).end();
    }
  });
  const server = createServer(app);
  const port = await listen(server);
  return {
    botEndpoint: `http://127.0.0.1:${port}/api/messages`,
    show(playgroundUrl) {
      window = new PlaygroundWindow(sandbox, person, playgroundUrl, onFault);
    },
    async close() {
      window?.close();
      server.close();
      server.closeAllConnections();
    },
  };
}

async function take(
  sandbox: Sandbox,
  client: TeamsClient,
  window: PlaygroundWindow,
  activity: PlaygroundActivity,
): Promise<Answer> {
  const conversation = sandbox.places.find(activity.conversation.id);
  if (!conversation) return { status: 404, body: { error: 'The sandbox has no such conversation.' } };
  if (activity.type === 'message') return say(client, window, conversation, activity);
  if (activity.type === 'invoke' && activity.name === 'adaptiveCard/action') {
    return click(sandbox, client, window, activity);
  }
  if (activity.type === 'installationUpdate') conversation.botInstalled = activity.action !== 'remove';
  return client.send(conversation, ownMembers(activity), window.messageOf(activity.replyToId));
}

/** The mention is taken off and put on again by the client, with its entity. */
async function say(
  client: TeamsClient,
  window: PlaygroundWindow,
  conversation: Conversation,
  activity: PlaygroundActivity,
): Promise<Answer> {
  const text = activity.text ?? '';
  const mention = `<at>${botApp.name}</at>`;
  const thread = window.threadOf(activity.conversation.id);
  const root = conversation.messages.find((message) => message.thread === thread);
  const said = client.say(conversation, text.replace(mention, '').trim(), {
    mention: text.includes(mention),
    ...(thread !== undefined && root && { replyTo: root }),
  });
  // The client posts before it waits for the bot, whose first card may come before the bot's HTTP answer.
  window.joinThreads(conversation.messages.at(-1)?.thread, activity.conversation.id);
  const { answer } = await said;
  return { status: answer.status };
}

/**
 * A card with which the bot answers is shown by an edit like all others, never in the answer to the Playground: the two
 * would race, and an older card could stay.
 */
async function click(
  { entra, tokenService }: Sandbox,
  client: TeamsClient,
  window: PlaygroundWindow,
  activity: PlaygroundActivity,
): Promise<Answer> {
  const parsed = clickShape.safeParse(activity.value);
  const message = window.messageOf(activity.replyToId);
  if (!parsed.success || !message) return shown('The demo does not know this card any more.');
  const { person, kind } = client;
  const services = { tokens: entra.tokens, tokenService };
  const clicker = {
    person,
    kind,
    services,
    invoke: (about: typeof message, value: JsonObject) =>
      client.invoke(about.conversation, 'adaptiveCard/action', value, about),
  };
  const { action } = parsed.data;
  const pressed = { ...action, data: action.data, url: undefined, id: undefined };
  const { log } = message.conversation;
  log.push({ kind: 'clicked', message, person, title: action.title });
  const answer = await executeAction(clicker, message, pressed, 'manual', {});
  log.push({ kind: 'answered', message, person, answer: cardAnswerText(answer) });
  window.show(message);
  return shown(textFor(answer));
}

function textFor(answer: CardAnswer): string {
  return answer.kind === 'card' ? 'Sent to Collector' : cardAnswerText(answer);
}

function shown(value: string): Answer {
  return { status: 200, body: { statusCode: 200, type: messageType, value } };
}

/** What the sandbox's client does not fill in itself. */
function ownMembers(activity: PlaygroundActivity): JsonObject {
  const { type, name, value, action, membersAdded, membersRemoved, reactionsAdded, reactionsRemoved } = activity;
  const members = { type, name, value, action, membersAdded, membersRemoved, reactionsAdded, reactionsRemoved };
  return Object.fromEntries(Object.entries(members).filter(([, member]) => member !== undefined));
}

function listen(server: Server): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (cause) => reject(new Error('The gateway cannot listen.', { cause })));
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      if (address === null || typeof address === 'string') reject(new Error('The gateway has no port.'));
      else resolve(address.port);
    });
  });
}
