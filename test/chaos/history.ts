/** Gathers what a chaos run has left in the database, in Defender and in the conversations. */
import { type Kysely, sql } from 'kysely';
import { z } from 'zod';
import { cardContextOf } from '../../bot/card-context.ts';
import { readConfig } from '../../bot/config.ts';
import type { CardContext } from '../../cards/context.ts';
import { requestCard } from '../../cards/request-card.ts';
import { verifyChain } from '../../src/adapters/store/audit-verify.ts';
import { requestDocument } from '../../src/adapters/store/request-document.ts';
import type { Database } from '../../src/adapters/store/schema.ts';
import type { Request } from '../../src/domain/request.ts';
import type { Conversation, Message } from '../sandbox/conversations.ts';
import type { Sandbox } from '../sandbox/sandbox.ts';
import type { Moment } from './disturber.ts';
import type { ClosingPost, History, Told } from './invariants.ts';

/** What a history is gathered from. */
export interface Remains {
  readonly sandbox: Sandbox;
  readonly db: Kysely<Database>;
  readonly confirmed: ReadonlySet<string>;
  readonly moments: readonly Moment[];
}

/** Reads it all. Everything must have come to rest, or it shows as being in flight. */
export async function readHistory({ sandbox, db, confirmed, moments }: Remains): Promise<History> {
  const rows = await db.selectFrom('request').select('document').orderBy('number').execute();
  const context = contextOf(sandbox);
  const clear = clearPosts(sandbox, moments);
  const requests: Told[] = [];
  for (const { document } of rows) {
    const request = requestDocument.parse(document);
    const message = await cardOf(db, sandbox, request);
    const card = message && { shown: shownIn(message), expected: JSON.stringify(requestCard(request, context)) };
    requests.push({ request, card, closings: closingsOf(sandbox, request, message, clear) });
  }
  const { actions } = sandbox.defender;
  const accepted = actions.all.map((action) => {
    const { id, comment, device } = action;
    return { id, comment, device: device.id, status: actions.status(action).word };
  });
  const verdict = await verifyChain(db);
  const auditFault = verdict.ok ? undefined : JSON.stringify(verdict.fault);
  return { requests, accepted, confirmed, ...(await unfinished(db)), auditFault };
}

/** What is still to be done: jobs, and how many lie among the dead letters. */
export async function unfinished(db: Kysely<Database>): Promise<Pick<History, 'jobs' | 'deadLetters'>> {
  const found = await sql<{ name: string; state: string; data: unknown }>`select name, state, data from pgboss.job
    where state in ('created', 'retry', 'active') and name not in ('retain', 'expire')`.execute(db);
  const dead = found.rows.filter(({ name }) => name === 'dead');
  const jobs = found.rows
    .filter(({ name }) => name !== 'dead')
    .map(({ name, state, data }) => `a job of ${name} is ${state}: ${JSON.stringify(data)}`);
  return { jobs, deadLetters: dead.length };
}

function contextOf(sandbox: Sandbox): CardContext {
  const reading = readConfig({ ...sandbox.environment(), DATABASE_URL: 'postgres://nowhere/none' });
  if (!reading.ok) throw new Error(`the sandbox's environment is no configuration: ${JSON.stringify(reading.faults)}`);
  return cardContextOf(reading.config);
}

async function cardOf(db: Kysely<Database>, sandbox: Sandbox, request: Request): Promise<Message | undefined> {
  const post = await db
    .selectFrom('post')
    .select(['conversation_id', 'activity_id'])
    .where('request_id', '=', request.id)
    .where('what', '=', 'card')
    .executeTakeFirst();
  return post && sandbox.places.find(post.conversation_id)?.find(post.activity_id);
}

function shownIn(message: Message): string {
  return JSON.stringify(message.cards[0]);
}

/** In a channel the thread tells whose a message is; elsewhere the device, which nobody else there has asked for. */
function closingsOf(
  sandbox: Sandbox,
  request: Request,
  card: Message | undefined,
  clear: ReadonlySet<string>,
): readonly ClosingPost[] {
  const conversation = sandbox.places.find(request.place.conversation);
  if (conversation === undefined || card === undefined || !('collections' in request)) return [];
  const names = request.collections.map(({ device }) => device.name);
  return candidates(conversation, card)
    .filter(({ text }) => /<at>/.test(text) && !/sign-in (?:has )?ended/i.test(text))
    .filter(({ text }) => names.every((name) => text.replaceAll('\\', '').includes(name)))
    .map(({ id }) => ({ activity: id, hasClearOutcome: clear.has(id) }));
}

function candidates(conversation: Conversation, card: Message): readonly Message[] {
  const near = card.thread === undefined ? conversation.messages : conversation.inThread(card.thread);
  return near.filter((message) => message.from === 'bot' && message.cards.length === 0 && !message.deleted);
}

const sent = z.object({ id: z.string(), status: z.literal(201), fault: z.undefined(), lost: z.undefined() });
/** Between the answer to a post and the row that notes it a process may be stopped, or the database go away. */
const beforeMs = 2_000;
const afterMs = 6_000;
const hides: ReadonlySet<Moment['kind']> = new Set(['kill', 'pause', 'restartPostgres', 'hostDown']);

/** The posts of which the bot surely knows: answered as usual, and nobody was stopped around that time. */
function clearPosts(sandbox: Sandbox, moments: readonly Moment[]): ReadonlySet<string> {
  const stops = moments.filter(({ kind }) => hides.has(kind));
  return new Set(
    sandbox.journal.all('connector.send.answered').flatMap(({ at, data }) => {
      const post = sent.safeParse(data);
      const isHidden = stops.some((stop) => stop.at > at - beforeMs && stop.at < at + afterMs);
      return post.success && !isHidden ? [post.data.id] : [];
    }),
  );
}
