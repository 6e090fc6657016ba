import assert from 'node:assert/strict';
import type { Message } from '../sandbox/conversations.ts';
import { fineDevice } from '../sandbox/devices.ts';
import type { FaultyAnswer } from '../sandbox/faults.ts';
import { lena, mia, omar } from '../sandbox/people.ts';
import { askPrivately } from './private-answer.ts';
import { ask, type Scene } from './scene.ts';
import { openStage, type Stage } from './stage.ts';

/** An error as the Bot Connector writes it. */
const refusal = (status: number, code: string, headers = {}): FaultyAnswer => ({
  status,
  headers,
  body: { error: { code, message: code } },
});

describe('Teams misbehaves', function () {
  this.timeout(120_000);
  let stage: Stage;
  before(async () => {
    stage = await openStage();
    stage.sandbox.tokenService.signIn(mia);
  });
  after(() => stage.close());
  afterEach(() => stage.sandbox.faults.clear());

  const channel = () => stage.sandbox.places.channel;
  const collect = async (): Promise<Scene> => {
    const scene = await ask(stage.sandbox.client(mia), channel(), fineDevice.id);
    await scene.card('Collect');
    return scene;
  };
  const cardsOf = ({ reason }: Scene) =>
    channel().messages.filter(
      ({ cards, content, deleted }) => !deleted && cards.length > 0 && content.includes(reason),
    );
  const closingsOf = ({ asked }: Scene) =>
    channel().messages.filter(
      ({ thread, text, from }) => from === 'bot' && thread === asked.thread && /<at>/.test(text),
    );

  it('passing refusals delay the card and its closing message, in their order, and double neither', async () => {
    const { faults, journal } = stage.sandbox;
    const scene = await collect();
    faults.inject('connector.update', { kind: 'answer', ...refusal(412, 'PreconditionFailed') });
    faults.inject('connector.update', { kind: 'answer', ...refusal(502, 'ServiceError') });
    faults.inject('connector.send', { kind: 'reset' });
    await scene.press('Collect');
    const closing = await scene.closing('Succeeded');
    const card = await scene.card('Get download link');
    assert.deepEqual([cardsOf(scene).length, closingsOf(scene).length], [1, 1]);
    const [lastEdit] = journal.all('connector.activity.updated', ({ data }) => data.id === card.id).slice(-1);
    const [told] = journal.all('connector.activity.created', ({ data }) => data.id === closing.id);
    assert.ok(lastEdit !== undefined && told !== undefined && lastEdit.sequence < told.sequence);
  });

  it('a 429 holds back everything for that conversation until its time is over', async () => {
    const { faults, journal } = stage.sandbox;
    const scene = await collect();
    const throttle = refusal(429, 'Throttled', { 'Retry-After': '3' });
    const throttled = faults.inject('connector.update', { kind: 'answer', ...throttle });
    await scene.press('Collect');
    await throttled.reached;
    const [told] = journal.all('connector.update.received').slice(-1);
    assert.ok(told !== undefined);
    await scene.closing('Succeeded');
    const writes = [...journal.all('connector.update.received'), ...journal.all('connector.send.received')];
    const after = writes.filter(({ sequence }) => sequence > told.sequence).map(({ at }) => at);
    assert.ok(Math.min(...after) - told.at >= 2_900, `the next post came after ${Math.min(...after) - told.at} ms`);
  });

  it('many answers at once are spread over Teams’ limits, and none is lost', async () => {
    const { journal } = stage.sandbox;
    const [one, other] = [stage.sandbox.client(omar), stage.sandbox.client(lena)];
    const before = channel().messages.length;
    const { mark } = journal;
    await Promise.all(Array.from({ length: 10 }, (_, n) => (n % 2 === 0 ? one : other).say(channel(), 'help')));
    const answers = channel()
      .messages.slice(before)
      .filter(({ from, cards }) => from === 'bot' && cards.length > 0);
    assert.equal(answers.length, 10);
    const refused = journal.all(
      'connector.send.answered',
      (event) => event.sequence > mark && event.data.status === 429,
    );
    assert.deepEqual(refused, []);
  });

  it('a card whose post was answered by nobody is posted again; a click on the lost one works, and both reach the end', async () => {
    stage.sandbox.faults.inject('connector.send', { kind: 'loseAnswer' });
    const scene = await collect();
    const [lost, known] = await bothCards(scene);
    const isLost = (each: Message) => each.id === lost.id && each.buttons.includes('Collect');
    // Out of date, so it changes nothing; but now it is known.
    const answer = await stage.sandbox.client(mia).click(lost, 'Cancel');
    assert.equal(answer.kind, 'card');
    await stage.sandbox.client(mia).click(await channel().card(isLost, 30_000), 'Collect');
    await scene.closing('Succeeded');
    for (const { id } of [lost, known])
      await channel().card((each) => each.id === id && /Succeeded/.test(each.content));
    assert.equal(closingsOf(scene).length, 1);
  });

  it('a card that somebody deletes is posted anew once; deleted again it stays away, and the closing message comes', async () => {
    const scene = await collect();
    const becomes = await underWay(scene);
    channel().delete(await scene.card('Pending'));
    becomes('InProgress');
    const anew = await scene.card('In progress');
    assert.equal(anew.thread, scene.asked.thread);
    channel().delete(anew);
    becomes('Succeeded');
    await scene.closing('Succeeded');
    assert.deepEqual(cardsOf(scene), []);
  });

  it('what Teams finds too large is said in short, and in full as soon as it may be', async () => {
    const scene = await collect();
    const becomes = await underWay(scene);
    const isFull = {
      when: ({ rawBody }: { readonly rawBody: string }) => !rawBody.includes('finds the whole card too large'),
    };
    stage.sandbox.faults.inject('connector.update', { kind: 'answer', ...refusal(413, 'MessageSizeTooBig') }, isFull);
    becomes('InProgress');
    const brief = await scene.conversation.card((each) => each.content.includes('the short one'), 30_000);
    assert.match(brief.content, /In progress.*Mia/s);
    becomes('Succeeded');
    assert.equal((await scene.card('Get download link')).id, brief.id);
  });

  it('what Teams refuses for good is given up: the closing message comes, /status and the log tell of it', async () => {
    const client = stage.sandbox.client(mia);
    const scene = await collect();
    const becomes = await underWay(scene);
    const isLast = { times: 1_000, when: ({ rawBody }: { readonly rawBody: string }) => rawBody.includes('Succeeded') };
    stage.sandbox.faults.inject('connector.update', { kind: 'answer', ...refusal(400, 'BadArgument') }, isLast);
    becomes('Succeeded');
    await scene.closing('Succeeded');
    await stage.bot.says('lies among the dead letters');
    const told = new RegExp(`${scene.reason}.*Teams did not take its card or message`, 's');
    // The job's end is stored a moment after it is logged.
    while (!told.test((await askPrivately(client, channel(), '/status')).content));
  });

  it('where the bot was removed the requester is told in 1:1, with a link to where it was', async () => {
    const client = stage.sandbox.client(mia);
    const scene = await collect();
    const becomes = await underWay(scene);
    await client.install(channel(), 'remove');
    try {
      becomes('Succeeded');
      const personal = stage.sandbox.places.personal(mia);
      const told = await personal.message((each) => each.text.includes(scene.reason), 30_000);
      assert.match(told.text, /where I can no longer post.*Succeeded/s);
    } finally {
      await client.install(channel(), 'add');
    }
  });

  /** Confirms, and gives back how Defender's action goes on: by the test's word alone. */
  async function underWay(scene: Scene): Promise<(status: 'InProgress' | 'Succeeded') => void> {
    const { switches, actions } = stage.sandbox.defender;
    const { progress } = switches;
    switches.progress = { ...progress, pendingMs: 3_600_000 };
    await scene.press('Collect');
    await scene.card('Pending');
    switches.progress = progress;
    const action = actions.all.find(({ comment }) => comment.includes(scene.reason));
    assert.ok(action !== undefined);
    return (status) => actions.setStatus(action, status);
  }

  async function bothCards(scene: Scene) {
    await channel().card((each) => cardsOf(scene).length === 2 && each === cardsOf(scene)[1], 30_000);
    const [lost, known] = cardsOf(scene);
    assert.ok(lost !== undefined && known !== undefined);
    return [lost, known] as const;
  }
});
