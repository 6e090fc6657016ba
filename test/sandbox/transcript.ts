import { authorOf, type Conversation, contentOf, indented, type LogEntry } from './conversations.ts';
import type { Journal, WireEvent } from './journal.ts';
import { textOf } from './json.ts';

/** Conversations as people read them, then each call to Defender with the identity that it ran under. */
export function transcript(conversations: readonly Conversation[], journal: Journal): string {
  const spoken = conversations.filter(({ messages }) => messages.length > 0).map(conversationText);
  const calls = journal.events.filter(({ name }) => /^defender\.\w+\.answered$/.test(name)).map(callText);
  return [...spoken, ['--- Calls to Defender', ...(calls.length > 0 ? calls : ['  none'])].join('\n')].join('\n\n');
}

/** In the order in which things happened; a channel thread by thread, in the order of the root posts. */
function conversationText(conversation: Conversation): string {
  const { log } = conversation;
  const threads = [...new Set(log.map(({ message }) => message.thread))];
  const ordered = threads.flatMap((thread) => log.filter(({ message }) => message.thread === thread));
  return [`--- ${conversation.name} (${conversation.kind})`, ...ordered.map(entryText)].join('\n');
}

function entryText(entry: LogEntry): string {
  const { message } = entry;
  switch (entry.kind) {
    case 'posted':
      return indented(message, `${authorOf(message)}:`, contentOf(entry.activity));
    case 'edited':
      return indented(message, `${authorOf(message)}, edited:`, contentOf(entry.activity));
    case 'deleted':
      return indented(message, `${authorOf(message)}:`, '(deleted)');
    case 'clicked':
      return indented(message, `${entry.person.name} clicks [${entry.title}]`, '');
    case 'answered':
      return indented(message, `${entry.person.name} alone sees:`, entry.answer);
  }
}

function callText({ data, at }: WireEvent): string {
  const time = new Date(at).toISOString().slice(11, 23);
  const who = data.appOnly === true ? `an application (${textOf(data, 'appid')})` : (textOf(data, 'upn') ?? 'nobody');
  const scopes = textOf(data, 'scp') === undefined ? '' : `, scp ${textOf(data, 'scp')}`;
  const filter = textOf(data, 'filter') === undefined ? '' : `?$filter=${textOf(data, 'filter')}`;
  const comment = textOf(data, 'comment') === undefined ? '' : ` Comment: ${JSON.stringify(data.comment)}`;
  const status = data.lost === true ? 'answer lost' : String(data.status);
  const action = textOf(data, 'actionStatus') === undefined ? '' : ` (${textOf(data, 'actionStatus')})`;
  return `  ${time} ${data.method} ${data.path}${filter}${comment} → ${status}${action}, as ${who}${scopes}`;
}
