/** Addresses that differ from cloud to cloud and from app to app. None ends in a slash. */
export interface CardContext {
  /** The Defender portal, for instance `https://security.microsoft.com`. */
  readonly portal: string;
  /** Where a tenant administrator consents to the app's permissions. */
  readonly consentUrl: string;
  /** The Teams client of this cloud, for links to a conversation, for instance `https://teams.microsoft.com`. */
  readonly teams: string;
}
