import assert from 'node:assert/strict';
import { dana } from '../../build/person.ts';
import { botApp } from '../../sandbox/app.ts';
import { anActivity } from './activities.ts';
import { Desk } from './desk.ts';

const { conversation, channelData } = anActivity();
const installed = { type: 'installationUpdate', action: 'add' };
const joined = { type: 'conversationUpdate', membersAdded: [{ id: '29:x' }, { id: botApp.teamsId }] };
const inGroup = {
  conversation: { ...conversation, id: '19:chat@thread.v2', conversationType: 'groupChat' },
  channelData: { tenant: channelData.tenant },
};
const personal = { conversation: { ...conversation, id: 'a:1', conversationType: 'personal' } };

describe('the welcome', () => {
  let desk: Desk;
  beforeEach(() => {
    desk = new Desk();
  });
  const said = () => desk.adapter.sent.map((each) => JSON.stringify(each));

  for (const [where, changes] of Object.entries({ 'a team': {}, 'a group chat': inGroup })) {
    it(`is said once in ${where}, whatever of it Teams tells, and how often`, async () => {
      const other = { id: '1772421120002' };
      for (const each of [installed, joined, installed, { ...joined, ...other }])
        await desk.turn({ ...each, ...changes });
      assert.equal(said().length, 1);
      assert.deepEqual(desk.targeted, []);
    });
  }

  it('is said once in a team of which Teams names two channels', async () => {
    await desk.turn(installed);
    await desk.turn({ ...joined, conversation: { ...conversation, id: '19:general@thread.tacv2' } });
    assert.equal(said().length, 1);
  });

  it('mentions who added the bot, and says what it does and what it never does', async () => {
    await desk.turn(installed);
    const [welcome = ''] = said();
    assert.match(welcome, /<at>Dana Reyes<\/at> added me/);
    assert.ok(welcome.includes(JSON.stringify({ id: dana.chatUserId, name: dana.name })));
    assert.match(welcome, /I ask Microsoft Defender/);
    assert.match(welcome, /What I never do: collect before/);
    assert.match(welcome, /\/collect lap-0042/);
  });

  it('is not said in 1:1, nor when somebody else comes, nor for a new version', async () => {
    await desk.turn({ ...installed, ...personal });
    await desk.turn({ ...joined, ...personal });
    await desk.turn({ ...joined, membersAdded: [{ id: '29:x' }] });
    await desk.turn({ ...installed, action: 'add-upgrade' });
    assert.deepEqual(said(), []);
  });

  it('is not said to another organisation, long afterwards, or where the bot does not serve', async () => {
    await desk.turn({ ...installed, channelData: { tenant: { id: 'c0ffee00-2222-4222-8222-000000000002' } } });
    await desk.turn({ ...installed, timestamp: '2020-01-01T00:00:00Z' });
    assert.deepEqual(said(), []);
    desk = new Desk({ allowedConversations: ['19:elsewhere@thread.tacv2'] });
    await desk.turn(installed);
    assert.deepEqual(said(), []);
  });

  it('that cannot be posted ends quietly, and the log says so', async () => {
    desk.adapter.fails = new Error('502');
    await desk.turn(installed);
    assert.deepEqual(
      desk.log.lines.map(({ level }) => level),
      ['warn'],
    );
  });
});
