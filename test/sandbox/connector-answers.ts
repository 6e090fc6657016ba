import { botApp } from './app.ts';
import type { Conversation } from './conversations.ts';
import type { JsonObject } from './json.ts';
import { type Person, tenantId } from './people.ts';
import type { WireAnswer } from './wire.ts';

/** An error as the Bot Connector writes it ('Bot Connector API reference', Microsoft's page, ErrorResponse). */
export function connectorError(status: number, code: string, message: string): WireAnswer {
  return { status, body: { error: { code, message } }, note: { code } };
}

/** A member of a conversation as Teams describes one ('Get Teams specific context', Microsoft's page). */
export function channelAccount(person: Person): JsonObject {
  const [givenName, surname] = person.name.split(' ');
  return {
    id: person.teamsId,
    name: person.name,
    aadObjectId: person.oid,
    objectId: person.oid,
    givenName,
    surname,
    email: person.upn,
    userPrincipalName: person.upn,
    tenantId: person.tenantId,
    userRole: person.tenantId === tenantId ? 'user' : 'guest',
  };
}

/** The member with this Teams id or object id; 404 as Teams answers for others. */
export function memberFor(conversation: Conversation, id: string): WireAnswer {
  if (id === botApp.teamsId) return { status: 200, body: { id, name: botApp.name } };
  const person = conversation.members.find((member) => member.teamsId === id || member.oid === id);
  if (!person) return connectorError(404, 'MemberNotFoundInConversation', 'Member not found in conversation.');
  return { status: 200, body: channelAccount(person) };
}
