/** The action 'Collect package…' on a message: a dialog that proposes the devices it names, and asks as a typed line does. */
import type { Activity, InvokeResponse } from 'botbuilder';
import { z } from 'zod';
import { unreadableClickAnswer } from '../../cards/answers.ts';
import { askElsewhereAnswer } from '../../cards/approval-answers.ts';
import { cardsIn } from '../../cards/context.ts';
import { type DialogCard, dialogForm, dialogNotice } from '../../cards/dialog-card.ts';
import { notInChatAnswer, notServedHereAnswer } from '../../cards/edge-answers.ts';
import { type AskAction, parseFormAction } from '../../cards/form-action.ts';
import { type Catalogue, catalogueOf } from '../../cards/language/catalogue.ts';
import { deviceText } from '../../src/domain/device-list.ts';
import { devicesIn } from '../../src/domain/device-mentions.ts';
import { parseActivityId } from '../../src/domain/ids.ts';
import { threadOf } from '../../src/domain/place.ts';
import { admit } from './admission.ts';
import { askByForm } from './ask-by-form.ts';
import type { ClickPorts } from './click.ts';
import { adaptiveCardType } from './content.ts';
import { type Incoming, readIncoming } from './incoming.ts';
import { messagePayload, messageText } from './message-text.ts';
import { noteRefusal } from './refusals.ts';
import { isServed } from './served-places.ts';

/** Its id in the manifest. */
export const messageActionId = 'collectFromMessage';

/** The invokes of a message action; the first opens the dialog, the second brings what was put into it. */
export const messageActionInvokes = ['composeExtension/fetchTask', 'composeExtension/submitAction'] as const;

const command = z.object({ commandId: z.literal(messageActionId) });
const message = z.object({ messagePayload: messagePayload.optional().catch(undefined) });
const submitted = z.object({ data: z.unknown() });

/** Whether an activity is about such an action: it may come from a chat where the bot is not. */
export function isOfMessageAction({ type, name }: Pick<Activity, 'type' | 'name'>): boolean {
  return type === 'invoke' && messageActionInvokes.some((each) => each === name);
}

/** Opens the dialog. */
export async function onOpenDialog(ports: ClickPorts, activity: Activity): Promise<InvokeResponse> {
  const incoming = readIncoming(activity);
  if (incoming === undefined || !command.safeParse(activity.value).success) return { status: 400 };
  const cards = cardsIn(incoming.language, ports.cards);
  const refused = await refusal(ports, incoming, 'openDialog');
  if (refused !== undefined) return dialog(cards.say, dialogNotice(refused));
  const payload = message.parse(activity.value).messagePayload;
  const about = payload === undefined ? '' : messageText(payload);
  const draft = { devices: devicesIn(about).map(deviceText).join(', '), reason: '' };
  const pointedAt = parseActivityId(payload?.replyToId || payload?.id || '');
  const { place } = incoming;
  const conversation = pointedAt === undefined ? place.conversation : threadOf(place, pointedAt);
  return dialog(cards.say, dialogForm({ draft }, about, { conversation, opening: incoming.activity }, cards));
}

/** **Continue** in the dialog: closes it, or shows it again with what is wrong. */
export async function onSubmitDialog(ports: ClickPorts, activity: Activity): Promise<InvokeResponse> {
  const incoming = readIncoming(activity);
  const value = submitted.safeParse(activity.value);
  if (incoming === undefined || !value.success || !command.safeParse(activity.value).success) return { status: 400 };
  const say = catalogueOf(incoming.language);
  const refused = await refusal(ports, incoming, 'askByForm');
  if (refused !== undefined) return dialog(say, dialogNotice(refused));
  const action = parseFormAction('askByForm', value.data.data);
  if (action?.verb !== 'askByForm') return dialog(say, dialogNotice(unreadableClickAnswer(say)));
  return await asked(ports, incoming, action);
}

async function asked(ports: ClickPorts, incoming: Incoming, action: AskAction): Promise<InvokeResponse> {
  const cards = cardsIn(incoming.language, ports.cards);
  const outcome = await askByForm(ports, incoming, action);
  switch (outcome.kind) {
    case 'asked':
      // An answer without a body closes the dialog; the card of the request is what follows.
      return { status: 200 };
    case 'fault':
      return dialog(cards.say, dialogForm(outcome, '', action, cards));
    case 'nobodyToApprove':
      return dialog(cards.say, dialogNotice(askElsewhereAnswer(cards.say)));
  }
}

/** The same doors as for a typed line. @returns what to say to whoever does not come in */
async function refusal(ports: ClickPorts, incoming: Incoming, wish: string): Promise<string | undefined> {
  const say = catalogueOf(incoming.language);
  const admission = await admit(ports, incoming, 'click');
  if (admission.kind === 'refused') return admission.answer;
  if (!isServed(incoming, ports.allowedConversations)) {
    await noteRefusal(ports, incoming, wish, { why: 'notServedHere' });
    return notServedHereAnswer(say);
  }
  const { kind, conversation } = incoming.place;
  // Two people's own chat comes as a 1:1 chat, too; there the bot is not.
  const isForeign = kind === 'personal' && (await ports.conversations.find(conversation)) === undefined;
  return isForeign ? notInChatAnswer(say) : undefined;
}

/** Shows a card in a dialog of middling size. */
export function dialog({ collectForm }: Catalogue, content: DialogCard): InvokeResponse {
  const value = {
    title: collectForm.dialogTitle,
    width: 'medium',
    height: 'medium',
    card: { contentType: adaptiveCardType, content },
  };
  return { status: 200, body: { task: { type: 'continue', value } } };
}
