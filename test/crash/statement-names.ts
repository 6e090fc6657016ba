/** What the bot's statements are about. Every one that writes has a name; one without is an error of the matrix. */
import { z } from 'zod';
import type { Statement } from './postgres-messages.ts';
import type { Asked } from './postgres-proxy.ts';

/** How far a request of one device has come, as its document says. */
export const steps = ['proposed', 'found', 'queued', 'submitting', 'running', 'succeeded'] as const;
export type Step = (typeof steps)[number];

/** Queues whose jobs are taken and done in the story of one collection. */
export const queues = ['announce', 'lookUp', 'submit', 'follow'] as const;
export type Queue = (typeof queues)[number];

type Change =
  | `request: ${Step}`
  | 'post: card'
  | 'post: closing'
  | 'post edited'
  | 'call counted'
  | 'turn in the chat'
  | 'audit chain';

/** The name of a statement of which a crash can be told apart from others. */
export type StatementName =
  | Change
  | `collection: ${Exclude<Step, 'proposed' | 'found'>}`
  | `jobs of request: ${Step}`
  | `commit of ${Change}`
  | `job taken: ${Queue}`
  | `job done: ${Queue}`
  | 'person let in'
  | 'address of the conversation'
  | 'address of the tenant'
  | 'audit entry'
  | "Defender's name for the requester"
  | 'sweep planned'
  | 'sweep begun';

const document = z.object({
  state: z.string(),
  devices: z.array(z.object({ sighting: z.object({ step: z.string() }) })).optional(),
  collections: z.array(z.object({ state: z.string() })).optional(),
});

/** The name of a statement, or nothing if it only reads, keeps house, or is of no interest here. */
export function nameOf({ statement, before }: Asked): string | undefined {
  if (/^\s*commit/i.test(statement.sql)) {
    const change = before.map(ownName).find((name) => name !== undefined);
    return change === undefined ? undefined : `commit of ${change}`;
  }
  if (/INSERT INTO pgboss\.job|UPDATE pgboss\.job/.test(statement.sql) && before.length > 0) {
    const change = before.map(ownName).findLast((name) => name?.startsWith('request: '));
    return change === undefined ? undefined : `jobs of ${change}`;
  }
  return ownName(statement);
}

/** The beginnings of our own writes, and what each is called. */
const writes: readonly (readonly [RegExp, (statement: Statement) => string])[] = [
  [/^(?:insert into|update) "request"/, ({ values }) => `request: ${stepIn(values)}`],
  [/^insert into "collection"/, ({ values }) => `collection: ${values[3]}`],
  [/^update "post"/, () => 'post edited'],
  [/^insert into "post"/, ({ values }) => `post: ${values[1]}`],
  [/^insert into "defender_call"/, () => 'call counted'],
  [/^update "chat_pace"/, () => 'turn in the chat'],
  [/^update "knock"/, () => 'person let in'],
  [/^insert into "conversation"/, () => 'address of the conversation'],
  [/^insert into "tenant"/, () => 'address of the tenant'],
  [/^insert into "person"/, () => "Defender's name for the requester"],
  [/^insert into "watch"/, () => 'sweep planned'],
  [/^update "watch"/, () => 'sweep begun'],
  [/^insert into "audit"/, () => 'audit entry'],
  [/^insert into "audit_chain"/, () => 'audit chain'],
  [/^WITH\s+next AS \(/, ({ sql }) => `job taken: ${/j\.name = '(\w+)'/.exec(sql)?.[1]}`],
  [/^WITH input AS .*SET completed_on/s, ({ values }) => `job done: ${values[0]}`],
];

function ownName(statement: Statement): string | undefined {
  const sql = statement.sql.trim();
  return writes.find(([pattern]) => pattern.test(sql))?.[1](statement);
}

function stepIn(values: Statement['values']): string {
  // A list begins with `{"`, too, in PostgreSQL's own writing.
  const text = values.find((value) => value !== null && /^\{"\w+":/.test(value));
  const { state, devices, collections } = document.parse(JSON.parse(text ?? 'null'));
  if (collections?.[0] !== undefined) return collections[0].state;
  return devices?.[0]?.sighting.step === 'found' ? 'found' : state;
}

/** Writes that need no name: they make room before a write that has one, or keep house. */
const housekeeping = [
  /^delete from /,
  /^insert into "(?:defender_api|chat_pace|sign_in_exchange|knock|audience|kysely_\w+)"/,
  /pgboss\./,
  /^(?:create|alter|drop|comment|do|set|reset|listen|lock) /i,
];

/** True for a statement that writes and yet has no name: the list of crash points would not know of it. */
export function isNameless(asked: Asked): boolean {
  const sql = asked.statement.sql.trim();
  if (!/\b(?:insert into|update|delete from)\b/i.test(sql) || /^(?:select|with "locked")/i.test(sql)) return false;
  return nameOf(asked) === undefined && !housekeeping.some((pattern) => pattern.test(sql));
}
