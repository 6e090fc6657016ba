/** What a role in Defender lets a person do (defender-api.md, table 'Calls'). */
export type DefenderRole = 'viewData' | 'alertsInvestigation';

/** What a person may do and see in Defender. */
export interface DefenderRights {
  readonly roles: readonly DefenderRole[];
  /** Names of the device groups that the person may see. */
  readonly deviceGroups: readonly string[];
}

/** Somebody who uses Teams. */
export interface Person {
  readonly key: string;
  readonly name: string;
  readonly upn: string;
  /** Entra object id, in the tenant where the bot lives. */
  readonly oid: string;
  /** The id by which Teams knows this person towards the bot. */
  readonly teamsId: string;
  /** The tenant that signs this person in. */
  readonly tenantId: string;
  /** The tenant that the account comes from, for a guest: in tokens the `idp` ('Access token claims reference'). */
  readonly homeTenantId?: string;
  readonly locale: string;
  readonly defender: DefenderRights;
}

/** The tenant where the bot lives. */
export const tenantId = 'c0ffee00-1111-4111-8111-000000000001';
/** Another organisation's tenant. */
export const otherTenantId = 'c0ffee00-2222-4222-8222-000000000002';

const everyRole = ['viewData', 'alertsInvestigation'] as const;

/** A responder. Sees the group Workstations and Servers, not Executives. */
export const mia: Person = {
  key: 'mia',
  name: 'Mia Berg',
  upn: 'mia.berg@contoso.example',
  oid: '11111111-aaaa-4aaa-8aaa-000000000001',
  teamsId: '29:1mia-k3vTq0aX7yXcD5bq1w',
  tenantId,
  locale: 'en-GB',
  defender: { roles: everyRole, deviceGroups: ['Workstations', 'Servers'] },
};

/** A second responder, who may also approve. Sees every group. */
export const omar: Person = {
  key: 'omar',
  name: 'Omar Haddad',
  upn: 'omar.haddad@contoso.example',
  oid: '22222222-aaaa-4aaa-8aaa-000000000002',
  teamsId: '29:1omar-p9LsWz4uB2hJm8eRtN',
  tenantId,
  locale: 'en-US',
  defender: { roles: everyRole, deviceGroups: ['Workstations', 'Servers', 'Executives'] },
};

/** Works in the same tenant, has no rights in Defender. */
export const lena: Person = {
  key: 'lena',
  name: 'Lena Vogt',
  upn: 'lena.vogt@contoso.example',
  oid: '33333333-aaaa-4aaa-8aaa-000000000003',
  teamsId: '29:1lena-x5HdYt7iC3gKn6fSuM',
  tenantId,
  locale: 'de-DE',
  defender: { roles: [], deviceGroups: [] },
};

/** Somebody of another organisation, who signs in at its tenant. */
export const gus: Person = {
  key: 'gus',
  name: 'Gus Palmer (Fabrikam)',
  upn: 'gus.palmer@fabrikam.example',
  oid: '44444444-aaaa-4aaa-8aaa-000000000004',
  teamsId: '29:1gus-z1JfAv9kE5iMp4hUwO',
  tenantId: otherTenantId,
  locale: 'en-US',
  defender: { roles: [], deviceGroups: [] },
};

/** A guest with an account in the tenant where the bot lives: Teams calls her one of that tenant, her token does not. */
export const ines: Person = {
  key: 'ines',
  name: 'Ines Costa (Guest)',
  upn: 'ines.costa_fabrikam.example#EXT#@contoso.example',
  oid: '55555555-aaaa-4aaa-8aaa-000000000005',
  teamsId: '29:1ines-r7QeWu2oL4jXn8cTvB',
  tenantId,
  homeTenantId: otherTenantId,
  locale: 'en-US',
  defender: { roles: everyRole, deviceGroups: ['Workstations'] },
};

/** Everybody. */
export const people: readonly Person[] = [mia, omar, lena, gus, ines];
