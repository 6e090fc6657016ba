import assert from 'node:assert/strict';
import { type CloudName, cloudNames, clouds, defenderApiOf, type RegionName, regionNames } from '../../bot/clouds.ts';
import { type Detour, ledToLoopback } from '../build/led-to-loopback.ts';
import type { Resources } from '../sandbox/app.ts';
import { fineDevice } from '../sandbox/devices.ts';
import { mia } from '../sandbox/people.ts';
import type { Addresses } from '../sandbox/sandbox.ts';
import { ask } from '../story/scene.ts';
import { type Edge, startEdge } from './edge.ts';

interface Row {
  readonly cloud: CloudName;
  readonly region?: RegionName;
}

const everyCloud: readonly Row[] = cloudNames.map((cloud) => ({ cloud }));
const everyRegion: readonly Row[] = regionNames.map((region) => ({ cloud: 'commercial', region }));
const everyRow = [...everyCloud, ...everyRegion];
/** For the short run: the cloud that differs most, and a region. */
const someRows: readonly Row[] = [{ cloud: 'gcc-high' }, { cloud: 'commercial', region: 'eu' }];
const hostNames = ['entra', 'botFramework', 'connector', 'tokenService', 'defender'] as const;
/** What would lead the bot elsewhere than its table of clouds does. */
const noOverrides = {
  AUTHORITY_HOST: undefined,
  ToBotFromChannelOpenIdMetadataUrl: undefined,
  ToBotFromChannelTokenIssuer: undefined,
  ToChannelFromBotOAuthScope: undefined,
  OAuthUrl: undefined,
  SERVICE_URL_HOSTS: undefined,
  DEFENDER_API_URL: undefined,
  DEFENDER_SCOPE: undefined,
};

describe('a collection in every cloud, each played by the sandbox under its real addresses', function () {
  this.timeout(120_000);
  let edge: Edge | undefined;
  let detour: Detour | undefined;

  afterEach(async () => {
    await edge?.close();
    edge = undefined;
    detour?.end();
  });

  /** Starts the bot with nothing but the names of cloud and region; Mia, who is signed in, asks for a collection. */
  async function asked({ cloud, region }: Row, resources: Resources) {
    const addresses = addressesOf(cloud, region);
    const ports = new Map<string, () => number>();
    detour = ledToLoopback(ports);
    edge = await startEdge(
      ({ hosts }) => {
        for (const name of hostNames)
          ports.set(new URL(addresses[name]).host, () => Number(new URL(hosts[name].url).port));
        return { ...noOverrides, DEFENDER_CLOUD: cloud, DEFENDER_REGION: region, FOLLOW_INTERVAL_SECONDS: '1' };
      },
      { addresses, resources },
    );
    await edge.startJobs();
    const { sandbox } = edge;
    sandbox.tokenService.signIn(mia);
    const scene = await ask(sandbox.client(mia), sandbox.places.channel, fineDevice.id);
    return { sandbox, scene, detour, hosts: [...ports.keys()].sort() };
  }

  for (const row of process.env.FULL === '1' ? everyRow : someRows) {
    it(`${row.cloud}${row.region === undefined ? '' : `, region ${row.region}`}: is sent, followed and told, and no other host is called`, async () => {
      const { sandbox, scene, detour, hosts } = await asked(row, resourcesOf(row.cloud));
      await scene.press('Collect');
      await scene.card('Get download link');
      await scene.closing('Succeeded');
      const [post] = sandbox.journal.all('defender.collect.answered');
      assert.deepEqual([post?.data.status, post?.data.upn], [201, mia.upn]);
      assert.deepEqual(detour.hosts, hosts);
      assert.ok(sandbox.journal.all('botFramework.keys.answered').length > 0);
    });
  }

  it('is not sent where Entra has no such audience, and the card says what Entra said', async () => {
    const other = { ...resourcesOf('gcc-high'), defender: resourcesOf('commercial').defender };
    const { sandbox, scene } = await asked({ cloud: 'gcc-high' }, other);
    assert.match((await scene.card('Try again')).content, /AADSTS500011/);
    assert.deepEqual(sandbox.journal.all('defender.collect.answered'), []);
  });
});

function addressesOf(name: CloudName, region: RegionName | undefined): Addresses {
  const cloud = clouds[name];
  return {
    entra: cloud.authorityHost,
    botFramework: new URL(cloud.openIdMetadata).origin,
    connector: `https://${cloud.serviceUrlHosts[0]}`,
    tokenService: cloud.tokenService,
    defender: defenderApiOf(cloud, region),
  };
}

function resourcesOf(name: CloudName): Resources {
  const { botScope, defenderScope } = clouds[name];
  return { botFramework: botScope, defender: defenderScope.replace(/\/\.default$/, '') };
}
