import assert from 'node:assert/strict';
import { z } from 'zod';
import type { Command } from '../../../src/domain/command.ts';
import { mostDevices, parseCommand } from '../../../src/domain/command.ts';
import type { Request } from '../../../src/domain/request.ts';
import { twoPersonApproval } from '../../build/approval.ts';
import { dana, omar } from '../../build/person.ts';
import { anActivity } from './activities.ts';
import { Desk } from './desk.ts';

const field = z.object({ type: z.literal('Input.Text'), id: z.string(), value: z.string().optional() });
const shownCard = z.object({
  type: z.literal('AdaptiveCard'),
  body: z.array(z.unknown()),
  actions: z.array(z.object({ title: z.string(), verb: z.string(), data: z.record(z.string(), z.unknown()) }).loose()),
});

/** A form as its reader has it: what is in its fields, and what its buttons carry. */
function read(card: unknown) {
  const { body, actions } = shownCard.parse(card);
  const fields = body.flatMap((element) => {
    const parsed = field.safeParse(element);
    return parsed.success ? [[parsed.data.id, parsed.data.value ?? '']] : [];
  });
  return { fields: Object.fromEntries(fields), actions, text: JSON.stringify(body) };
}

const asOmar = { from: { id: omar.chatUserId, name: omar.name, aadObjectId: omar.oid } };
const personal = { conversation: { ...anActivity().conversation, id: 'a:1', conversationType: 'personal' } };

describe('the form that stands for a typed /collect', () => {
  let desk: Desk;
  beforeEach(() => {
    desk = new Desk();
  });
  const requests = (oid = dana.oid) => desk.memory.requests.newestOf(oid, 100);

  /** Types a line and gives back the form that answers it. */
  async function formFor(line: string, changes: object = {}) {
    await desk.say(line, changes);
    return read(desk.targeted.at(-1)?.attachments?.[0]?.content);
  }

  async function press(form: ReturnType<typeof read>, title: string, typed: object = {}, changes: object = {}) {
    const button = form.actions.find((each) => each.title === title);
    assert.ok(button !== undefined, `there is no ${title}`);
    return await desk.click(button.verb, { ...button.data, ...typed }, { changes });
  }

  it('comes to the asker alone, filled with what was understood', async () => {
    const lines: readonly (readonly [line: string, fields: object])[] = [
      ['/collect', { devices: '', why: '' }],
      ['/collect lap-1', { devices: 'lap-1', why: '' }],
      ['/collect "lap 2", lap-1', { devices: '"lap 2", lap-1', why: '' }],
      ['/collect läp*1 suspicious logon', { devices: 'läp*1', why: 'suspicious logon' }],
      [`/collect lap-1 ${'x'.repeat(2_000)}`, { devices: 'lap-1', why: `${'x'.repeat(999)}…` }],
    ];
    for (const [line, fields] of lines) assert.deepEqual((await formFor(line)).fields, fields, line);
    assert.equal(desk.adapter.sent.length, 0);
    assert.deepEqual(await requests(), []);
  });

  it('makes by Continue the proposal that the typed line would have made', async () => {
    const line = '/collect lap-1, lap-2 suspicious logon';
    const typed: Command = parseCommand(line);
    const form = await formFor('/collect lap-1, lap-2');
    await press(form, 'Continue', { devices: 'lap-1, lap-2', why: 'suspicious logon' });
    const [request, ...more] = await requests();
    assert.deepEqual(more, []);
    assert.ok(request?.state === 'proposed' && typed.name === 'collect');
    assert.deepEqual(asked(request), { devices: typed.devices, reason: typed.reason });
    assert.equal(request.place.conversation, anActivity().conversation.id);
    assert.deepEqual(desk.memory.queued.map(({ queue }) => queue).toSorted(), ['announce', 'expire', 'lookUp']);
  });

  it('makes one request, however often Continue comes, and each time says the same', async () => {
    const form = await formFor('/collect');
    const answers = [];
    for (let n = 0; n < 3; n += 1) answers.push(await press(form, 'Continue', { devices: 'lap-1', why: 'why' }));
    assert.equal((await requests()).length, 1);
    assert.match(JSON.stringify(answers[0]), /comes into this conversation/);
    assert.deepEqual(answers[1], answers[0]);
    assert.deepEqual(answers[2], answers[0]);
  });

  it('comes again with what is wrong, and with what was typed', async () => {
    let form = await formFor('/collect');
    for (const [typed, says] of [
      [{ devices: '', why: 'why' }, /Which device/],
      [{ devices: 'lap-1', why: ' ' }, /reason is missing/],
      [{ devices: 'läp*1', why: 'why' }, /neither a device ID nor a computer name/],
      [{ devices: 'lap-1', why: 'x'.repeat(1_001) }, /1,001 of at most 1,000/],
      [{ devices: Array.from({ length: 51 }, (_, n) => `lap-${n}`).join(), why: 'why' }, /51 devices are too many/],
    ] as const) {
      const answer = await press(form, 'Continue', typed);
      form = read(answer.body?.value);
      assert.match(form.text, says);
      assert.equal(form.fields.devices, typed.devices);
    }
    assert.deepEqual(await requests(), []);
    await press(form, 'Continue', { devices: 'lap-1', why: 'why' });
    assert.equal((await requests()).length, 1);
  });

  it('is closed by Cancel, and offers another one', async () => {
    const closed = read((await press(await formFor('/collect'), 'Cancel')).body?.value);
    assert.match(closed.text, /nothing was asked for/);
    const form = read((await press(closed, 'Collect…')).body?.value);
    assert.deepEqual(form.fields, { devices: '', why: '' });
    assert.deepEqual(await requests(), []);
  });

  it('asks for whoever presses, and a form that somebody else has used is not used up', async () => {
    const form = await formFor('/collect');
    for (const changes of [{}, asOmar]) await press(form, 'Continue', { devices: 'lap-1', why: 'why' }, changes);
    assert.equal((await requests()).length, 1);
    assert.equal((await requests(omar.oid)).length, 1);
  });

  it('puts no card into a conversation other than the one it is pressed in', async () => {
    const form = await formFor('/collect');
    const [go] = form.actions;
    const forged = { ...go?.data, conversation: '19:elsewhere@thread.tacv2', devices: 'lap-1', why: 'why' };
    await desk.click('askByForm', forged);
    await desk.click('askByForm', { ...go?.data, devices: 'lap-2', why: 'why' }, { changes: personal });
    const places = (await requests()).map(({ place }) => place.conversation);
    assert.deepEqual(places.toSorted(), [anActivity().conversation.id, 'a:1'].toSorted());
  });

  it('with forged data is not read', async () => {
    for (const data of [
      {},
      { conversation: 'x y', opening: '1', devices: 'lap-1', why: 'why' },
      { devices: 7 },
      null,
    ]) {
      const answer = await desk.click('askByForm', data);
      assert.match(String(answer.body?.value), /could not read that click/);
    }
    assert.deepEqual(await requests(), []);
  });

  it('does not open where the bot does not serve, and not for another organisation', async () => {
    const data = { ...(await formFor('/collect')).actions[0]?.data, devices: 'lap-1', why: 'why' };
    const stranger = { channelData: { tenant: { id: 'c0ffee00-2222-4222-8222-000000000002' } } };
    assert.match(String((await desk.click('askByForm', data, { changes: stranger })).body?.value), /guest/);
    desk = new Desk({ allowedConversations: ['19:elsewhere@thread.tacv2'] });
    for (const verb of ['openForm', 'askByForm']) {
      assert.match(String((await desk.click(verb, data)).body?.value), /do not serve/);
    }
    assert.deepEqual(await requests(), []);
  });

  it('refuses in 1:1 where every request needs a second person and nobody can be asked', async () => {
    desk = new Desk({ approval: twoPersonApproval() });
    const data = { conversation: 'a:1', opening: '1', devices: 'lap-1', why: 'why' };
    const answer = await desk.click('askByForm', data, { changes: personal });
    assert.match(String(answer.body?.value), /second person has to approve/);
    assert.deepEqual(await requests(), []);
  });

  it('is not offered for more than the form holds: then a line says what is wrong', async () => {
    const many = Array.from({ length: mostDevices + 1 }, (_, n) => `lap-${n}`).join(', ');
    const long = Array.from({ length: 20 }, (_, n) => `${'x'.repeat(250)}-${n}`).join(', ');
    assert.match((await desk.say(`/collect ${many} why`))[0] ?? '', /51 devices are too many/);
    assert.match((await desk.say(`/collect ${long}`))[0] ?? '', /The reason is missing/);
    assert.deepEqual(desk.targeted, []);
  });
});

function asked(request: Extract<Request, { readonly state: 'proposed' }>) {
  return { devices: request.devices.map(({ query }) => query), reason: request.reason };
}
