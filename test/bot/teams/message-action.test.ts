import assert from 'node:assert/strict';
import { z } from 'zod';
import { messageActionId, messageActionInvokes } from '../../../bot/teams/message-action.ts';
import { twoPersonApproval } from '../../build/approval.ts';
import { conversationId, deviceId } from '../../build/ids.ts';
import { dana } from '../../build/person.ts';
import { anActivity } from './activities.ts';
import { Desk } from './desk.ts';

const [fetchTask, submitAction] = messageActionInvokes;
const { conversation } = anActivity();
const channel = { conversation: { ...conversation, id: '19:soc@thread.tacv2' } };
const chat = { conversation: { ...conversation, id: '19:dana_omar@unq.gbl.spaces', conversationType: 'personal' } };

const task = z.object({
  task: z.object({
    type: z.literal('continue'),
    value: z.object({
      card: z.object({
        content: z.object({
          body: z.array(z.looseObject({ id: z.string().optional(), value: z.string().optional() })),
          actions: z.array(z.object({ type: z.literal('Action.Submit'), data: z.looseObject({}) })),
        }),
      }),
    }),
  }),
});

/** A dialog as its reader has it. */
function read(body: unknown) {
  const { body: elements, actions } = task.parse(body).task.value.card.content;
  const fieldOf = (id: string) => elements.find((each) => each.id === id)?.value;
  return { devices: fieldOf('devices'), data: actions[0]?.data, text: JSON.stringify(elements) };
}

const html = (content: string) => ({ id: '1772421100000', body: { contentType: 'html', content } });

describe('the action on a message', () => {
  let desk: Desk;
  beforeEach(() => {
    desk = new Desk();
  });
  const requests = () => desk.memory.requests.newestOf(dana.oid, 100);
  const open = async (messagePayload: unknown, changes: object = channel) =>
    read((await desk.invoke(fetchTask, { commandId: messageActionId, messagePayload }, changes)).body);
  const submit = (data: unknown, changes: object = channel) =>
    desk.invoke(submitAction, { commandId: messageActionId, data }, changes);

  it('opens a dialog with the devices that the message names, and says which message it is', async () => {
    const dialog = await open(
      html(`<p>Alert on <b>LAP-0042</b>&nbsp;and srv-1.contoso.example &amp; ${deviceId(3)}</p>`),
    );
    assert.equal(dialog.devices, `${deviceId(3)}, LAP-0042, srv-1.contoso.example`);
    assert.match(dialog.text, /From the message: “Alert on LAP-0042 and srv-1/);
    assert.deepEqual(await requests(), []);
  });

  it('finds devices on the card of an alert, too, and bears a message that is anything', async () => {
    const content = JSON.stringify({
      type: 'AdaptiveCard',
      body: [{ type: 'FactSet', facts: [{ title: 'Host', value: 'lap-0042' }] }],
    });
    const alert = { id: '1', attachments: [{ contentType: 'application/vnd.microsoft.card.adaptive', content }] };
    assert.equal((await open(alert)).devices, 'lap-0042');
    for (const payload of [
      undefined,
      null,
      7,
      {},
      { body: null, attachments: 'x' },
      { attachments: [{ content: '{' }] },
    ]) {
      assert.equal((await open(payload)).devices, undefined);
    }
  });

  it('shows markup in the message as text', async () => {
    assert.doesNotMatch(
      (await open({ id: '1', body: { contentType: 'text', content: '<at>all</at> **x** lap-0042' } })).text,
      /[^\\]<at>|[^\\*]\*\*x/,
    );
  });

  it('makes the proposal of the typed line, in the thread of the message, and closes; once, however often it comes', async () => {
    const { data } = await open(html('lap-0042'));
    for (let n = 0; n < 3; n += 1) {
      const answer = await submit({ ...data, devices: 'lap-0042', why: 'suspicious logon' });
      assert.deepEqual([answer.status, answer.body], [200, undefined]);
    }
    const [request, ...more] = await requests();
    assert.deepEqual(more, []);
    assert.ok(request?.state === 'proposed');
    assert.equal(request.place.conversation, '19:soc@thread.tacv2;messageid=1772421100000');
    assert.deepEqual(
      request.devices.map(({ query }) => query),
      [{ by: 'name', name: 'lap-0042' }],
    );
    assert.equal(request.reason, 'suspicious logon');
  });

  it('shows the dialog again with what is wrong', async () => {
    const { data } = await open(html('lap-0042'));
    const again = read((await submit({ ...data, devices: 'läp*1', why: 'why' })).body);
    assert.match(again.text, /neither a device ID nor a computer name/);
    assert.equal(again.devices, 'läp*1');
    await submit({ ...again.data, devices: 'lap-1', why: 'why' });
    assert.equal((await requests()).length, 1);
  });

  const strangers: readonly (readonly [
    who: string,
    ports: ConstructorParameters<typeof Desk>[0],
    changes: object,
    says: RegExp,
  ])[] = [
    [
      'of another tenant',
      {},
      { ...channel, channelData: { tenant: { id: 'c0ffee00-2222-4222-8222-000000000002' } } },
      /guest/,
    ],
    ['long afterwards', {}, { ...channel, timestamp: '2020-01-01T00:00:00Z' }, /more than 15 minutes/],
    ['where the bot does not serve', { allowedConversations: ['19:x@thread.v2'] }, channel, /do not serve/],
    ['in a chat of two people, where the bot is not', {}, chat, /not in this chat/],
    [
      'in a flood',
      { flood: { knock: async () => ({ kind: 'turnedAway', whose: 'person', isNews: false, retryAfterMs: 1 }) } },
      channel,
      /more than I can take/,
    ],
    [
      'of a guest whom the roster names',
      { audiences: { ...new Desk().ports.audiences, isOutsider: async () => true } },
      channel,
      /guest/,
    ],
  ];
  for (const [who, ports, changes, says] of strangers) {
    it(`${who} gets one polite line in the dialog, and makes no request`, async () => {
      const { data } = await open(html('lap-0042'));
      desk = new Desk(ports);
      assert.match((await open(html('lap-0042'), changes)).text, says);
      assert.match(read((await submit({ ...data, devices: 'lap-1', why: 'why' }, changes)).body).text, says);
      assert.deepEqual(await requests(), []);
    });
  }

  it('says in 1:1 that somebody else would have to approve, where nobody can', async () => {
    const { conversations } = desk.ports;
    const find = async () => ({
      conversation: conversationId('a:1'),
      kind: 'personal' as const,
      serviceUrl: 'x',
      tenant: dana.tenant,
    });
    desk = new Desk({ approval: twoPersonApproval(), conversations: { ...conversations, find } });
    const personal = { conversation: { ...conversation, id: 'a:1', conversationType: 'personal' } };
    const { data } = await open(html('lap-0042'), personal);
    assert.match(read((await submit({ ...data, devices: 'lap-1', why: 'why' }, personal)).body).text, /second person/);
  });

  it('takes a chat of two people never for the 1:1 chat with the bot', async () => {
    const noted: string[] = [];
    const { conversations } = desk.ports;
    const remember = async ({ conversation: id }: { conversation: string }) => void noted.push(id);
    const rememberPersonal = async (_oid: string, id: string) => void noted.push(id);
    desk = new Desk({ conversations: { ...conversations, remember, rememberPersonal } });
    await open(html('lap-0042'), chat);
    assert.deepEqual(noted, []);
    await open(html('lap-0042'));
    assert.deepEqual(noted, ['19:soc@thread.tacv2']);
  });

  it('of another app, or with forged data, is not read', async () => {
    for (const name of messageActionInvokes) {
      assert.equal((await desk.invoke(name, { commandId: 'another' }, channel)).status, 400);
      assert.equal((await desk.invoke(name, 7, channel)).status, 400);
    }
    for (const data of [undefined, {}, { verb: 'leaveForm' }, { devices: 7 }]) {
      assert.match(read((await submit(data)).body).text, /could not read that click/);
    }
  });

  it('is answered in the dialog when the store breaks, and the log says what', async () => {
    const { data } = await open(html('lap-0042'));
    desk = new Desk({
      store: { ...desk.memory.requests, propose: () => Promise.reject(new Error('the store is on fire')) },
    });
    assert.match(read((await submit({ ...data, devices: 'lap-1', why: 'why' })).body).text, /went wrong on my side/);
    assert.match(String(desk.log.lines[0]?.fields.err), /on fire/);
  });
});
