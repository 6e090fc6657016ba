/** Invokes: what Teams asks and waits for an answer to. Every one gets an answer; an unknown one 501, as the protocol wants. */
import type { Activity, InvokeResponse, TurnContext } from 'botbuilder';
import { z } from 'zod';
import { problemAnswer, signInCancelledAnswer, signInFailedAnswer, unforeseenAnswer } from '../../cards/answers.ts';
import { dialogNotice } from '../../cards/dialog-card.ts';
import { type Catalogue, catalogueOf } from '../../cards/language/catalogue.ts';
import { type CorrelationId, parseActivityId } from '../../src/domain/ids.ts';
import { Budget } from '../deadline.ts';
import { admit } from './admission.ts';
import type { ClickAnswer, ClickPorts, IncomingClick } from './click.ts';
import { adaptiveCardType } from './content.ts';
import { inTime, tooLate } from './in-time.ts';
import { channelOf, type Incoming, languageIn, readIncoming } from './incoming.ts';
import { dialog, isOfMessageAction, onOpenDialog, onSubmitDialog } from './message-action.ts';
import { loginRequest, type SignInWay } from './oauth-card.ts';
import { onCardAction } from './on-card-action.ts';
import { type ReplyPorts, replyTo } from './reply.ts';
import { type SignInResult, takeCode, takeTokenOnce } from './sign-in.ts';

/** What handling invokes needs. */
export interface InvokePorts extends ClickPorts, ReplyPorts {
  readonly connectionName: string;
}

const cardActionValue = z.object({
  action: z.object({ verb: z.unknown(), data: z.unknown() }),
  authentication: z.object({ token: z.string().min(1) }).optional(),
  state: z.string().min(1).optional(),
});
const tokenExchangeValue = z.object({ id: z.string().min(1), token: z.string().min(1) });
const verifyStateValue = z.object({ state: z.string() });

/** Teams waits for about 3 s, and then repeats the invoke or shows an error (teams-platform, 'Cards'). */
const clientPatience = 2_800;

/** Answers one invoke, within the patience of a Teams client as far as other people's services decide. */
export async function onInvoke(ports: InvokePorts, context: TurnContext): Promise<InvokeResponse> {
  const { activity } = context;
  const budget = new Budget(clientPatience);
  switch (activity.name) {
    case 'adaptiveCard/action':
      return await onClick(ports, activity, budget);
    case 'signin/tokenExchange':
      return await onTokenExchange(ports, activity, budget);
    case 'signin/verifyState':
      return await onVerifyState(ports, context, budget);
    case 'signin/failure':
      return await onSignInFailure(ports, context, budget);
    case 'composeExtension/fetchTask':
      return await onOpenDialog(ports, activity);
    case 'composeExtension/submitAction':
      return await onSubmitDialog(ports, activity);
    default:
      return { status: 501 };
  }
}

async function onClick(ports: InvokePorts, activity: Activity, budget: Budget): Promise<InvokeResponse> {
  const click = readClick(activity);
  if (click === undefined) return bodyOf(400, 'application/vnd.microsoft.error', badRequest);
  const say = catalogueOf(click.language);
  return await onWire(ports, activity, say, await onCardAction(ports, click, budget), budget);
}

const badRequest = { code: 'BadRequest', message: 'This is no click on a card of this bot.' };

function readClick(activity: Activity): IncomingClick | undefined {
  const incoming = readIncoming(activity);
  const parsed = cardActionValue.safeParse(activity.value);
  if (incoming === undefined || !parsed.success) return undefined;
  const { action, authentication, state } = parsed.data;
  const card = typeof activity.replyToId === 'string' ? parseActivityId(activity.replyToId) : undefined;
  const signIn = authentication
    ? ({ by: 'token', token: authentication.token } as const)
    : state === undefined
      ? undefined
      : ({ by: 'code', code: state } as const);
  return { ...incoming, verb: action.verb, data: action.data, card, signIn };
}

/** The answers that an Execute may get (teams-platform, 'Sign-in'): the HTTP status is 200, the real one is in the body. */
async function onWire(
  ports: InvokePorts,
  activity: Activity,
  say: Catalogue,
  answer: ClickAnswer,
  budget: Budget,
): Promise<InvokeResponse> {
  switch (answer.kind) {
    case 'card':
      return bodyOf(200, adaptiveCardType, answer.card);
    case 'text':
      return messageOf(answer.text);
    case 'signIn':
      return await askToSignIn(ports, activity, say, answer.way, budget);
    case 'wrongCode':
      return bodyOf(401, 'application/vnd.microsoft.error.incorrectAuthCode', null);
    case 'silentSignInFailed':
      return bodyOf(412, 'application/vnd.microsoft.error.preconditionFailed', {
        code: '412',
        message: say.answers.useTheButton,
      });
  }
}

async function askToSignIn(
  ports: InvokePorts,
  activity: Activity,
  say: Catalogue,
  way: SignInWay,
  budget: Budget,
): Promise<InvokeResponse> {
  try {
    const resource = await budget.within('the Token Service', ports.tokenService.signInResource(activity));
    const value = loginRequest(say, say.signIn.text, ports.connectionName, resource, way);
    return bodyOf(401, 'application/vnd.microsoft.activity.loginRequest', value);
  } catch (err) {
    ports.log.warn({ err }, 'the Token Service gave no way to sign in');
    return messageOf(problemAnswer(say, { kind: 'signInUnavailable' }));
  }
}

/** The answer to a sign-in of somebody who is not let in; undefined for everybody else. */
async function refusalAtTheDoor(ports: InvokePorts, incoming: Incoming): Promise<InvokeResponse | undefined> {
  const admission = await admit(ports, incoming, 'click');
  return admission.kind === 'refused' ? { status: 403, body: { message: admission.answer } } : undefined;
}

/** 412 makes the client show the sign-in button of its card. */
async function onTokenExchange(ports: InvokePorts, activity: Activity, budget: Budget): Promise<InvokeResponse> {
  const incoming = readIncoming(activity);
  const value = tokenExchangeValue.safeParse(activity.value);
  if (incoming === undefined || !value.success) return { status: 400 };
  const refusal = await refusalAtTheDoor(ports, incoming);
  if (refusal !== undefined) return refusal;
  const { id, token } = value.data;
  const work = takeTokenOnce(ports, incoming.person, id, token);
  const result = resultOf(await inTime(ports.log, budget, 'the Token Service', work));
  if (result.kind === 'signedIn' || result.kind === 'repeated') return { status: 200 };
  return {
    status: 412,
    body: {
      id,
      connectionName: ports.connectionName,
      failureDetail: failureText(catalogueOf(incoming.language), result),
    },
  };
}

async function onVerifyState(ports: InvokePorts, context: TurnContext, budget: Budget): Promise<InvokeResponse> {
  const { activity } = context;
  const incoming = readIncoming(activity);
  const value = verifyStateValue.safeParse(activity.value);
  if (incoming === undefined || !value.success) return { status: 400 };
  const refusal = await refusalAtTheDoor(ports, incoming);
  if (refusal !== undefined) return refusal;
  if (value.data.state === 'CancelledByUser') {
    await tell(ports, context, incoming, signInCancelledAnswer(catalogueOf(incoming.language)), budget);
    return { status: 200 };
  }
  const work = takeCode(ports, incoming.person, value.data.state);
  const result = resultOf(await inTime(ports.log, budget, 'the Token Service', work));
  if (result.kind === 'signedIn' || result.kind === 'repeated') return { status: 200 };
  // The window has closed itself, and shows nobody what the answer says.
  const say = catalogueOf(incoming.language);
  const why = result.kind === 'problem' ? problemAnswer(say, result.problem) : signInFailedAnswer(say);
  await tell(ports, context, incoming, why, budget);
  return { status: 412, body: { failureDetail: failureText(say, result) } };
}

/** Silent sign-in failed in the client itself; each of a person's devices says so, one of them is answered. */
async function onSignInFailure(ports: InvokePorts, context: TurnContext, budget: Budget): Promise<InvokeResponse> {
  const incoming = readIncoming(context.activity);
  if (incoming === undefined) return { status: 400 };
  const refusal = await refusalAtTheDoor(ports, incoming);
  if (refusal !== undefined) return refusal;
  ports.telemetry.metrics.count('signInFailures', { reason: 'client' });
  ports.log.info({ failure: failureCode(context.activity) }, 'a client could not sign in silently');
  const { person, place } = incoming;
  const isFirst = await ports.exchanges.firstTime(`failure:${person.oid}:${channelOf(place.conversation)}`);
  if (isFirst) await tell(ports, context, incoming, signInFailedAnswer(catalogueOf(incoming.language)), budget);
  return { status: 200 };
}

/** Says something to the person alone, beside the answer: that comes in any case. */
async function tell(
  ports: InvokePorts,
  context: TurnContext,
  incoming: Incoming,
  text: string,
  budget: Budget,
): Promise<void> {
  try {
    const work = replyTo(ports, context, incoming).privateText(text);
    await inTime(ports.log, budget, 'the connector', work);
  } catch (err) {
    ports.log.warn({ err }, 'a person could not be told how their sign-in ended');
  }
}

function resultOf(result: SignInResult | typeof tooLate): SignInResult {
  return result === tooLate ? { kind: 'problem', problem: { kind: 'signInUnavailable' } } : result;
}

function failureText(say: Catalogue, result: Extract<SignInResult, { readonly kind: 'failed' | 'problem' }>): string {
  return result.kind === 'problem' ? problemAnswer(say, result.problem) : say.answers.useTheButton;
}

function failureCode({ value }: Activity): string | undefined {
  const parsed = z.object({ code: z.string().max(100) }).safeParse(value);
  return parsed.success ? parsed.data.code : undefined;
}

/** What a click gets when something nobody foresaw went wrong. */
export function unforeseen(activity: Activity, correlationId: CorrelationId): InvokeResponse {
  const say = catalogueOf(languageIn(activity));
  if (isOfMessageAction(activity)) return dialog(say, dialogNotice(unforeseenAnswer(say, correlationId)));
  // A sign-in that is not taken shows its button; a 5xx would only say that the app cannot be reached.
  if (activity.name !== 'adaptiveCard/action') {
    return { status: 412, body: { failureDetail: unforeseenAnswer(say, correlationId) } };
  }
  return messageOf(unforeseenAnswer(say, correlationId));
}

function messageOf(text: string): InvokeResponse {
  return bodyOf(200, 'application/vnd.microsoft.activity.message', text);
}

function bodyOf(statusCode: number, type: string, value: unknown): InvokeResponse {
  return { status: 200, body: { statusCode, type, value } };
}
