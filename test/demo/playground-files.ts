/** What the Playground is told about people and conversations: those of the sandbox. */
import { stringify } from 'yaml';
import { botApp } from '../sandbox/app.ts';
import { gus, lena, omar, type Person, tenantId } from '../sandbox/people.ts';
import type { Places } from '../sandbox/tenant-places.ts';

/** The name under which the Playground looks for it in its working directory. */
export const configurationFile = '.m365agentsplayground.yml';

/** Somebody who says nothing: the name stands nowhere but where the Playground lists everybody. */
export const bystander = 'Ivan Brandt';

/** The Playground wants exactly five people besides the current one; these two are only there to be counted. */
const extras = [
  colleague('29:1nora-q7RcZx2vN5oLd1gYtB', 'Nora Lind', '55555555-aaaa-4aaa-8aaa-000000000005'),
  colleague('29:1ivan-w3TmKy8sJ4bFe6hPuQ', bystander, '66666666-aaaa-4aaa-8aaa-000000000006'),
];

/**
 * The configuration for a window in which this person sits. The team has its 'General' channel only, whose id is the
 * team's in the Playground: so it is the sandbox's channel, and no channel is a dead end.
 */
export function playgroundConfiguration(person: Person, places: Places): string {
  return stringify({
    version: '0.1.1',
    tenantId,
    bot: { id: botApp.teamsId, name: botApp.name },
    currentUser: userOf(person),
    users: [...[omar, lena, gus].map(userOf), ...extras],
    personalChat: { id: places.personal(person).id },
    groupChat: { id: places.groupChat.id, name: places.groupChat.name },
    team: {
      id: places.channel.id,
      name: 'Security Operations',
      aadGroupId: '77777777-aaaa-4aaa-8aaa-000000000007',
      channels: [],
    },
  });
}

/** `userPrincipleName` is the Playground's own spelling. */
function userOf({ teamsId, name, upn, oid }: Person) {
  const [givenName = name, surname = name] = name.split(' ');
  return { id: teamsId, name, userPrincipleName: upn, aadObjectId: oid, givenName, surname, email: upn };
}

function colleague(id: string, name: string, aadObjectId: string) {
  const [givenName = name, surname = name] = name.split(' ');
  const upn = `${givenName}.${surname}@contoso.example`.toLowerCase();
  return { id, name, userPrincipleName: upn, aadObjectId, givenName, surname, email: upn };
}
