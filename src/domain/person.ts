import type { AadObjectId, ChatUserId, TenantId } from './ids.ts';

/** Somebody who speaks to the bot. `oid` in `tenant` decides who they are; the name is for display only. */
export interface Person {
  readonly oid: AadObjectId;
  readonly tenant: TenantId;
  readonly chatUserId: ChatUserId;
  /** As the chat shows it; untrusted text. */
  readonly name: string;
}

/** Whether both are the same human in the same tenant. */
export function isSamePerson(one: Person, other: Person): boolean {
  return one.oid === other.oid && one.tenant === other.tenant;
}
