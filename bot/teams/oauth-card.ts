import type { SignInUrlResponse } from 'botbuilder';
import type { Catalogue } from '../../cards/language/catalogue.ts';
import type { Content } from './connector-rest.ts';

/** The button of every sign-in: Teams opens the link in a window of its own and brings back a code. */
function signInButton({ buttons }: Catalogue, { signInLink }: SignInUrlResponse) {
  return { type: 'signin', title: buttons.signIn, value: signInLink };
}

/** Whether a client may try it silently: not where the silent sign-in has just been found not to be good enough. */
export type SignInWay = 'silentFirst' | 'inWindow';

/** An OAuthCard: Teams first tries the silent exchange, where it may, and shows the button only if that fails. */
export function oauthCard(
  say: Catalogue,
  text: string,
  connectionName: string,
  resource: SignInUrlResponse,
  way: SignInWay,
): Content {
  const content = loginRequest(say, text, connectionName, resource, way);
  return { type: 'message', attachments: [{ contentType: 'application/vnd.microsoft.card.oauth', content }] };
}

/** The value of a login request, the answer to a click whose clicker has to sign in first. */
export function loginRequest(
  say: Catalogue,
  text: string,
  connectionName: string,
  resource: SignInUrlResponse,
  way: SignInWay,
) {
  const { tokenExchangeResource } = resource;
  return {
    text,
    connectionName,
    ...(way === 'inWindow' ? {} : { tokenExchangeResource }),
    buttons: [signInButton(say, resource)],
  };
}
