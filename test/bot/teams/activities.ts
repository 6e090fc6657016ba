import type { Activity } from 'botbuilder';
import { oid, tenantId } from '../../build/ids.ts';
import { botApp } from '../../sandbox/app.ts';

/** A message of Dana in a thread of a channel, as it comes over the wire. */
export function anActivity() {
  return {
    type: 'message',
    id: '1772421120001',
    channelId: 'msteams',
    serviceUrl: 'https://smba.trafficmanager.net/emea/',
    from: { id: '29:person-1', name: 'Dana Reyes', aadObjectId: oid() },
    recipient: { id: botApp.teamsId, name: botApp.name },
    conversation: {
      id: '19:soc@thread.tacv2;messageid=1772421120000',
      conversationType: 'channel',
      tenantId: tenantId(),
      isGroup: true,
    },
    channelData: { tenant: { id: tenantId() }, team: { id: '19:team@thread.tacv2' } },
    text: '',
  };
}

/** What comes over the wire has the SDK's type by its word alone; a parser's cast, as in `bot/server.ts`. */
export function asActivity(wire: object): Activity {
  return wire as Activity;
}
