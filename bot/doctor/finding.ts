/** What a check found, in words for whoever runs the bot: never a secret, a token or an assertion. */

/** The names of the steps. The table of `steps.ts` has one of each. */
export type StepId =
  | 'configuration'
  | 'entra'
  | 'credential'
  | 'credential-expiry'
  | 'bot-framework-keys'
  | 'oauth-connection'
  | 'oauth-scope'
  | 'sign-in'
  | 'permissions'
  | 'application-permissions'
  | 'defender-host'
  | 'defender-audience'
  | 'database'
  | 'database-tables'
  | 'database-rights'
  | 'clock'
  | 'manifest';

/** The result of a step. */
export type Finding =
  | { readonly kind: 'ok'; readonly seen: string }
  | ({ readonly kind: 'warning' } & Trouble)
  | ({ readonly kind: 'failed' } & Trouble)
  | { readonly kind: 'notChecked'; readonly why: string; readonly how: string };

/** What is wrong, and what mends it. */
export interface Trouble {
  readonly meaning: string;
  readonly fix: string;
  /** Where to press for it: the consent of an administrator. */
  readonly link?: string;
}

/** All is well, and this is how it looks. */
export function ok(seen: string): Finding {
  return { kind: 'ok', seen };
}

/** It works today. */
export function warning(meaning: string, fix: string): Finding {
  return { kind: 'warning', meaning, fix };
}

/** The bot cannot do its work like this. */
export function failed(meaning: string, fix: string, link?: string): Finding {
  return { kind: 'failed', meaning, fix, ...(link === undefined ? {} : { link }) };
}

/** Nobody can tell from here; how it can be told. */
export function notChecked(why: string, how: string): Finding {
  return { kind: 'notChecked', why, how };
}
