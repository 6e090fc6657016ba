import { inspect } from 'node:util';

/**
 * A text that must not leak: an assertion, an access token, a package link.
 * Printed, logged, or turned into JSON it says `[secret]`; only `reveal()` gives the text.
 * `Kind` keeps an assertion from being sent where a Defender token belongs.
 */
export class Secret<Kind extends string> {
  readonly kind: Kind;
  readonly #text: string;

  constructor(kind: Kind, text: string) {
    this.kind = kind;
    this.#text = text;
  }

  /** The text itself, for the one line that puts it on the wire. */
  reveal(): string {
    return this.#text;
  }

  toString(): string {
    return '[secret]';
  }

  toJSON(): string {
    return '[secret]';
  }

  [inspect.custom](): string {
    return '[secret]';
  }
}

/** The person's token for our own app, as the Token Service holds it. */
export type Assertion = Secret<'assertion'>;
/** The person's delegated token for Defender, got by on-behalf-of exchange. */
export type DefenderToken = Secret<'defenderToken'>;
/** A bearer URL to the investigation package, good for minutes. */
export type PackageLink = Secret<'packageLink'>;
