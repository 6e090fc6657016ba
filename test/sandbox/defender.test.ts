import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, describe, it } from 'mocha';
import { trustInThisProcess } from './certificates.ts';
import {
  busyDevice,
  failingDevice,
  fineDevice,
  hiddenDevice,
  inactiveDevice,
  oldTwinDevice,
  serverDevice,
  twinDevice,
} from './devices.ts';
import { call, callDefender, type DirectAnswer, posting } from './direct-calls.ts';
import { listOf, memberOf, textOf } from './json.ts';
import { lena, mia, omar, type Person, tenantId } from './people.ts';
import { type Sandbox, startSandbox } from './sandbox.ts';

describe("the sandbox's Defender", () => {
  let sandbox: Sandbox;
  let now = Date.now();

  before(trustInThisProcess);
  beforeEach(async () => {
    sandbox = await startSandbox({ clock: () => now });
  });
  afterEach(() => sandbox.stop());
  after(() => {
    now = Date.now();
  });

  const get = (path: string, person: Person = mia) => callDefender(sandbox, person, path);
  const collect = (id: string, person: Person = mia, comment = 'why') =>
    callDefender(sandbox, person, `/api/machines/${id}/collectInvestigationPackage`, posting({ Comment: comment }));
  const codeOf = ({ status, body }: DirectAnswer) => [status, textOf(body, 'error', 'code')];
  const namesOf = ({ body }: DirectAnswer) => listOf(body, 'value').map((machine) => textOf(machine, 'id'));

  describe('collecting', () => {
    it('answers 201 with the action, whose requestor is the person of the token', async () => {
      const { status, body } = await collect(fineDevice.id.toUpperCase(), mia, '[ref 1] odd logon');
      assert.equal(status, 201);
      assert.equal(textOf(body, 'requestor'), mia.upn);
      assert.equal(textOf(body, 'requestorComment'), '[ref 1] odd logon');
      assert.equal(textOf(body, 'machineId'), fineDevice.id);
      assert.equal(textOf(body, 'status'), 'Pending');
      assert.match(textOf(body, 'creationDateTimeUtc') ?? '', /\.\d{7}Z$/);
    });

    it('goes from Pending through InProgress to the end that the device has', async () => {
      const id = textOf((await collect(failingDevice.id)).body, 'id');
      const status = async () => textOf((await get(`/api/machineactions/${id}`)).body, 'status');
      const seen = [await status()];
      now += 100;
      seen.push(await status());
      now += 100;
      seen.push(await status());
      assert.deepEqual(seen, ['Pending', 'InProgress', 'Failed']);
    });

    it('refuses a second one while one runs, with the code that others observed', async () => {
      assert.deepEqual(codeOf(await collect(busyDevice.id)), [400, 'ActiveRequestAlreadyExists']);
    });

    it('answers with the existing action instead, if the switch says so', async () => {
      sandbox.defender.switches.alreadyRunning = 'existing';
      const { status, body } = await collect(busyDevice.id);
      assert.equal(status, 201);
      assert.equal(textOf(body, 'requestor'), omar.upn);
      assert.equal(sandbox.journal.all('defender.action.created').length, 1);
    });

    it('refuses a body without Content-Type, without Comment, with comment in small letters, and none at all', async () => {
      const path = `/api/machines/${fineDevice.id}/collectInvestigationPackage`;
      const bodies: readonly RequestInit[] = [
        { method: 'POST', body: JSON.stringify({ Comment: 'x' }), headers: { 'Content-Type': 'text/plain' } },
        posting({}),
        posting({ comment: 'x' }),
        { method: 'POST', headers: { 'Content-Type': 'application/json' } },
        posting({ Comment: '' }),
      ];
      for (const init of bodies) assert.equal((await callDefender(sandbox, mia, path, init)).status, 400);
      assert.deepEqual(
        sandbox.defender.actions.all.filter(({ device }) => device === fineDevice),
        [],
      );
    });

    it('can leave the comment and the device out of its answers', async () => {
      Object.assign(sandbox.defender.switches, { commentInAnswer: false, deviceInAction: false });
      const { body } = await collect(fineDevice.id);
      assert.equal(memberOf(body, 'requestorComment'), null);
      assert.equal(memberOf(body, 'machineId'), null);
    });

    it('can name the requestor otherwise than by UPN, and be asked by that name', async () => {
      sandbox.defender.switches.requestor = () => 'mberg@contoso.onmicrosoft.example';
      const id = textOf((await collect(fineDevice.id)).body, 'id');
      const filter = encodeURIComponent("requestor eq 'mberg@contoso.onmicrosoft.example'");
      assert.deepEqual(namesOf(await get(`/api/machineactions?$filter=${filter}`)), [id]);
    });
  });

  describe('who may', () => {
    it('tells each lack apart by status and code', async () => {
      const path = `/api/machines/${fineDevice.id}/collectInvestigationPackage`;
      const as = (changes: Parameters<typeof callDefender>[4]) =>
        callDefender(sandbox, mia, path, posting({ Comment: 'x' }), changes);
      assert.deepEqual(codeOf(await as({ lifetime: -10 })), [401, 'Unauthorized']);
      assert.deepEqual(codeOf(await as({ audience: 'https://api.security.microsoft.com' })), [403, 'Forbidden']);
      assert.deepEqual(codeOf(await as({ scopes: ['Machine.Read'] })), [403, 'Forbidden']);
      assert.deepEqual(codeOf(await as({ scopes: [] })), [403, 'Forbidden']);
      assert.deepEqual(codeOf(await collect(fineDevice.id, lena)), [403, 'Forbidden']);
      assert.deepEqual(codeOf(await call(`${sandbox.defender.url}${path}`, undefined, posting({ Comment: 'x' }))), [
        401,
        'Unauthorized',
      ]);
    });

    it('lets look-ups fail if only collecting was consented to', async () => {
      const answer = await callDefender(
        sandbox,
        mia,
        `/api/machines/${fineDevice.id}`,
        {},
        { scopes: ['Machine.CollectForensics'] },
      );
      assert.deepEqual(codeOf(answer), [403, 'Forbidden']);
    });

    it('hides devices of other groups from reading, listing and collecting', async () => {
      assert.deepEqual(codeOf(await get(`/api/machines/${hiddenDevice.id}`)), [404, 'ResourceNotFound']);
      assert.deepEqual(codeOf(await collect(hiddenDevice.id)), [403, 'Forbidden']);
      assert.ok(!namesOf(await get('/api/machines')).includes(hiddenDevice.id));
      assert.ok(namesOf(await get('/api/machines', omar)).includes(hiddenDevice.id));
      sandbox.defender.switches.hiddenDevice = 'Forbidden';
      assert.deepEqual(codeOf(await get(`/api/machines/${hiddenDevice.id}`)), [403, 'Forbidden']);
    });

    it("takes an application's token, as the real one does, and the journal shows it", async () => {
      const { token } = await sandbox.entra.tokens.application('https://api.securitycenter.microsoft.com', tenantId, [
        'Machine.CollectForensics',
      ]);
      const url = `${sandbox.defender.url}/api/machines/${fineDevice.id}/collectInvestigationPackage`;
      assert.equal((await call(url, token, posting({ Comment: 'x' }))).status, 201);
      const [event] = sandbox.journal.all('defender.collect.answered');
      assert.equal(event?.data.appOnly, true);
      assert.equal(event?.data.upn, undefined);
    });

    it('takes rights away in mid-work', async () => {
      sandbox.defender.access.setRights(mia, { roles: ['viewData'], deviceGroups: ['Workstations'] });
      assert.equal((await get(`/api/machines/${fineDevice.id}`)).status, 200);
      assert.deepEqual(codeOf(await collect(fineDevice.id)), [403, 'Forbidden']);
    });
  });

  describe('looking up', () => {
    const find = (filter: string) => get(`/api/machines?$filter=${encodeURIComponent(filter)}`);

    it('finds a device by id and by computer name, and says 404 for others', async () => {
      assert.equal(
        textOf((await get(`/api/machines/${fineDevice.id}`)).body, 'computerDnsName'),
        fineDevice.computerDnsName,
      );
      assert.equal(textOf((await get(`/api/machines/${fineDevice.computerDnsName}`)).body, 'id'), fineDevice.id);
      assert.deepEqual(codeOf(await get(`/api/machines/${'0'.repeat(40)}`)), [404, 'ResourceNotFound']);
      assert.deepEqual(codeOf(await get('/api/machine')), [404, 'NotFound']);
    });

    it('finds both records of one name', async () => {
      const { id, computerDnsName } = twinDevice;
      assert.deepEqual(namesOf(await find(`computerDnsName eq '${computerDnsName}'`)), [id, oldTwinDevice.id]);
      assert.deepEqual(namesOf(await find("startswith(computerDnsName,'WS-TWIN-007.')")), [id, oldTwinDevice.id]);
      assert.deepEqual(namesOf(await find("computerDnsName eq 'ws-twin-007'")), []);
    });

    it('refuses a filter that is malformed or not supported', async () => {
      for (const filter of [
        "computerDnsName eq 'o'brien'",
        'computerDnsName eq x',
        "contains(computerDnsName,'x')",
        "name eq 'x'",
        '',
      ]) {
        assert.deepEqual(codeOf(await find(filter)), [400, 'ODataError'], filter);
      }
      sandbox.defender.switches.bareODataErrors = true;
      const { body } = await find('nonsense');
      assert.deepEqual(memberOf(body, 'error', 'code'), '');
      assert.equal(memberOf(body, 'error', 'target'), undefined);
    });

    it('can answer 404 for an empty list', async () => {
      sandbox.defender.switches.emptyMachineList = '404';
      assert.equal((await find("computerDnsName eq 'nobody'")).status, 404);
    });

    it('filters actions by all that the bot asks for, in pages', async () => {
      const first = textOf((await collect(fineDevice.id)).body, 'id');
      now += 1000;
      const second = textOf((await collect(serverDevice.id)).body, 'id');
      const since = new Date(now).toISOString();
      const filter = `type eq 'CollectInvestigationPackage' and requestor eq '${mia.upn}' and creationDateTimeUtc ge ${since}`;
      assert.deepEqual(namesOf(await get(`/api/machineactions?$filter=${encodeURIComponent(filter)}`)), [second]);
      const newestFirst = '/api/machineactions?$orderby=creationDateTimeUtc%20desc&$count=true&$top=1';
      const page = await get(newestFirst);
      assert.deepEqual(namesOf(page), [second]);
      assert.equal(memberOf(page.body, '@odata.count'), 3);
      assert.deepEqual(namesOf(await get(`${newestFirst}&$skip=1`)), [first]);
      assert.equal((await get('/api/machineactions?$top=10001')).status, 400);
    });

    it('knows `id in (…)` only if the switch says so', async () => {
      const id = textOf((await collect(fineDevice.id)).body, 'id');
      const path = `/api/machineactions?$filter=${encodeURIComponent(`id in ('${id}','x')`)}`;
      assert.deepEqual(namesOf(await get(path)), [id]);
      sandbox.defender.switches.observedOData = false;
      assert.equal((await get(path)).status, 400);
    });

    it('can hide a new action from GET and list for a while', async () => {
      sandbox.defender.switches.listLagMs = 8000;
      const id = textOf((await collect(fineDevice.id)).body, 'id');
      assert.deepEqual(codeOf(await get(`/api/machineactions/${id}`)), [404, 'ResourceNotFound']);
      assert.ok(!namesOf(await get('/api/machineactions')).includes(id));
      assert.deepEqual(codeOf(await collect(fineDevice.id)), [400, 'ActiveRequestAlreadyExists']);
      now += 8000;
      assert.equal((await get(`/api/machineactions/${id}`)).status, 200);
    });
  });

  describe('package link and cancel', () => {
    it('gives the link only when the collection succeeded, twice a minute', async () => {
      const id = textOf((await collect(fineDevice.id)).body, 'id');
      const link = () => get(`/api/machineactions/${id}/getPackageUri`);
      assert.deepEqual(codeOf(await link()), [404, 'ResourceNotFound']);
      now += 1000;
      const { status, body } = await link();
      assert.equal(status, 200);
      assert.match(textOf(body, 'value') ?? '', /^https:\/\//);
      const refused = await link();
      assert.deepEqual(codeOf(refused), [429, 'TooManyRequests']);
      assert.equal(refused.headers.get('retry-after'), '59');
      now += 59_000;
      sandbox.defender.switches.quotedLink = true;
      assert.match(textOf((await link()).body, 'value') ?? '', /^"https:.*"$/);
    });

    it('cancels what runs, at once or later, and refuses what has ended', async () => {
      const cancel = (id: string | undefined) =>
        callDefender(sandbox, mia, `/api/machineactions/${id}/cancel`, posting({ Comment: 'enough' }));
      const id = textOf((await collect(inactiveDevice.id)).body, 'id');
      sandbox.defender.switches.cancelLagMs = 5000;
      const { status, body } = await cancel(id);
      assert.deepEqual(
        [status, textOf(body, 'status'), textOf(body, 'cancellationRequestor')],
        [200, 'Pending', mia.upn],
      );
      now += 5000;
      assert.equal(textOf((await get(`/api/machineactions/${id}`)).body, 'status'), 'Cancelled');
      assert.equal((await cancel(id)).status, 400);
    });
  });

  describe('limits and clock', () => {
    it('allows 100 calls in any 60 s per call of the API, then says how long to wait', async () => {
      for (let count = 0; count < 100; count += 1)
        assert.equal((await get(`/api/machines/${fineDevice.id}`)).status, 200);
      const refused = await get(`/api/machines/${fineDevice.id}`);
      assert.deepEqual(codeOf(refused), [429, 'TooManyRequests']);
      assert.equal(refused.headers.get('retry-after'), '60');
      assert.equal((await get('/api/machineactions')).status, 200);
      now += 60_000;
      assert.equal((await get(`/api/machines/${fineDevice.id}`)).status, 200);
    });

    it('can have a clock of its own', async () => {
      sandbox.defender.switches.clockSkewMs = 300_000;
      const { body } = await collect(fineDevice.id);
      assert.equal(Date.parse(textOf(body, 'creationDateTimeUtc') ?? ''), now + 300_000);
    });
  });
});
