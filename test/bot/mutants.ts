/** A command as Teams sends it, and what can be wrong with one: for the fuzzing of `/api/messages`. */
import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { messageActivity } from '../sandbox/activities.ts';
import { Conversation } from '../sandbox/conversations.ts';
import { fineDevice } from '../sandbox/devices.ts';
import { isObject, type JsonObject, type JsonValue, memberOf, textOf } from '../sandbox/json.ts';
import { mia, otherTenantId, tenantId } from '../sandbox/people.ts';
import type { Sandbox } from '../sandbox/sandbox.ts';

/** Something put in place of a member; undefined takes the member away. */
export interface Mutation {
  readonly path: readonly string[];
  readonly value: JsonValue | undefined;
}

const anything: fc.Arbitrary<JsonValue> = fc
  .jsonValue({ maxDepth: 3 })
  .map((value) => JSON.parse(JSON.stringify(value)));
const nothing = fc.constantFrom<JsonValue | undefined>(undefined, null);
const pick = (...values: readonly (JsonValue | undefined)[]) => fc.constantFrom(...values);

/** Texts that ask for a package, whatever stands in them. */
const commands = [
  `collect ${fineDevice.id} a reason`,
  `/collect "pc 7" it's a 'quote' or 1=1 --`,
  'collect lap-1 <script>alert(1)</script> [x](javascript:alert(1)) {{DATE(0)}}',
  'collect lap-1 &lt;at&gt;everyone&lt;/at&gt; \u202e %0d%0a\tx',
  `COLLECT lap-1, lap-2 ${'long '.repeat(150)}`,
];
const otherTexts = [
  '',
  'help',
  'collect',
  'collect lap-1',
  'nonsense',
  '/collect \u0000',
  `/collect a ${'x'.repeat(1_001)}`,
];

const members: Readonly<Record<string, fc.Arbitrary<JsonValue | undefined>>> = {
  type: fc.oneof(pick('message', 'messageUpdate', 'event', 'invoke', 'conversationUpdate', 'x', ''), anything),
  channelId: fc.oneof(pick('msteams', 'webchat'), nothing, anything),
  serviceUrl: fc.oneof(pick('https://evil.example/', 'x', ''), nothing, anything),
  id: fc.oneof(pick('1700000000001', 'a b', '', 'x'.repeat(301)), nothing, anything),
  timestamp: fc.oneof(pick('yesterday', '2001-01-01T00:00:00Z', '2901-01-01T00:00:00.1234567Z'), nothing, anything),
  from: fc.oneof(nothing, anything),
  'from.id': fc.oneof(pick('28:bot', '29:x y', ''), nothing, anything),
  'from.aadObjectId': fc.oneof(pick('x', "' or 1=1 --"), nothing, anything),
  'from.name': fc.oneof(fc.string({ unit: 'binary' }), pick('n'.repeat(5_000), '<at>all</at>', ' '), nothing, anything),
  'from.role': fc.oneof(pick('bot', 'user', 'skill'), nothing, anything),
  recipient: fc.oneof(pick({ id: '28:x' }, { id: '28:x', isTargeted: true }), nothing, anything),
  conversation: fc.oneof(nothing, anything),
  'conversation.id': fc.oneof(pick('a b', '', '../../x', 'x'.repeat(301)), nothing, anything),
  'conversation.conversationType': fc.oneof(pick('personal', 'groupChat', 'channel', 'meeting'), nothing, anything),
  'conversation.tenantId': fc.oneof(pick(tenantId, otherTenantId, 'x'), nothing, anything),
  channelData: fc.oneof(pick({}, { tenant: null }), nothing, anything),
  'channelData.tenant': fc.oneof(pick({ id: otherTenantId }, { id: 'x' }), nothing, anything),
  text: fc.oneof(pick(...commands, ...otherTexts), nothing, anything),
  entities: fc.oneof(nothing, anything, fc.array(anything)),
  attachments: fc.oneof(nothing, anything, fc.array(anything)),
  value: anything,
  name: anything,
  replyToId: anything,
  locale: anything,
  localTimestamp: anything,
  textFormat: anything,
  deliveryMode: fc.oneof(pick('expectReplies', 'stream'), anything),
  callerId: anything,
  relatesTo: anything,
  membersAdded: anything,
  unheardOf: anything,
};

/** Up to four mutations of one activity; many leave it whole. */
export const mutations: fc.Arbitrary<readonly Mutation[]> = fc.array(
  fc
    .constantFrom(...Object.keys(members))
    .chain((path) => (members[path] ?? nothing).map((value): Mutation => ({ path: path.split('.'), value }))),
  { maxLength: 4 },
);

/** A command of somebody whom nobody has heard before, in a conversation of its own: so no flood is held back. */
export function aCommand(sandbox: Sandbox): JsonObject {
  const place = { kind: 'channel', name: 'Fuzz', members: [mia], teamId: '19:fuzz@thread.tacv2' } as const;
  const conversation = new Conversation(sandbox.journal, { ...place, id: `19:${randomUUID()}@thread.tacv2` });
  const person = { ...mia, oid: randomUUID(), teamsId: `29:${randomUUID()}` };
  const { serviceUrl } = sandbox.connector;
  const frame = { id: randomUUID(), serviceUrl, person, conversation, thread: '1772421120000' };
  return messageActivity(frame, commands[0] ?? '', false);
}

/** The activity with the mutations in it, one after the other. */
export function mutated(activity: JsonObject, changes: readonly Mutation[]): JsonObject {
  return changes.reduce((changed, { path, value }) => withMember(changed, path, value), activity);
}

function withMember(
  owner: JsonObject,
  [name = '', ...rest]: readonly string[],
  value: JsonValue | undefined,
): JsonObject {
  const { [name]: old, ...others } = owner;
  if (rest.length > 0) return isObject(old) ? { ...others, [name]: withMember(old, rest, value) } : owner;
  return value === undefined ? others : { ...others, [name]: value };
}

/**
 * Whether this is still a command of one of the tenant's people, as Teams sends it now. It is written down anew here, not
 * taken from the bot, which must agree.
 */
export function isWhole(activity: JsonObject, serviceUrl: string): boolean {
  const text = (...path: readonly string[]) => textOf(activity, ...path);
  const is = (...path: readonly string[]) => memberOf(activity, ...path) ?? undefined;
  const tenants = [is('channelData', 'tenant', 'id'), is('conversation', 'tenantId')].filter((id) => id !== undefined);
  return (
    activity.type === 'message' &&
    activity.channelId === 'msteams' &&
    activity.serviceUrl === serviceUrl &&
    isOpaque(text('id')) &&
    isRecent(is('timestamp')) &&
    isOpaque(text('from', 'id')) &&
    text('from', 'id')?.startsWith('28:') === false &&
    /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i.test(text('from', 'aadObjectId') ?? '') &&
    isTextOrNone(is('from', 'name')) &&
    isTextOrNone(is('from', 'role')) &&
    is('from', 'role') !== 'bot' &&
    isRecipient(is('recipient')) &&
    isOpaque(text('conversation', 'id')) &&
    ['personal', 'groupChat', 'channel'].includes(text('conversation', 'conversationType') ?? '') &&
    (is('channelData') === undefined || isObject(activity.channelData)) &&
    (is('channelData', 'tenant') === undefined || text('channelData', 'tenant', 'id') !== undefined) &&
    tenants.length > 0 &&
    tenants.every((id) => id === tenantId) &&
    commands.includes(text('text') ?? '')
  );
}

function isOpaque(id: string | undefined): boolean {
  return id !== undefined && id.length <= 300 && /^[\x21-\x7e]+$/.test(id);
}

function isTextOrNone(value: JsonValue | undefined): boolean {
  return value === undefined || typeof value === 'string';
}

function isRecent(value: JsonValue | undefined): boolean {
  if (value === undefined) return true;
  return typeof value === 'string' && Math.abs(Date.now() - Date.parse(value)) < 60_000;
}

function isRecipient(value: JsonValue | undefined): boolean {
  if (value === undefined) return true;
  const isTargeted = memberOf(value, 'isTargeted') ?? undefined;
  return textOf(value, 'id') !== undefined && (isTargeted === undefined || typeof isTargeted === 'boolean');
}
