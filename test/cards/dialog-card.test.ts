import assert from 'node:assert/strict';
import { dialogForm, dialogNotice } from '../../cards/dialog-card.ts';
import { parseFormAction } from '../../cards/form-action.ts';
import { parseActivityId } from '../../src/domain/ids.ts';
import { conversationId, known } from '../build/ids.ts';
import { faultsOf } from './adaptive-card-parser.ts';
import { cardContext } from './card-context.ts';

const origin = { conversation: conversationId('19:soc@thread.tacv2'), opening: known(parseActivityId('1')) };
const form = (devices: string, about: string) =>
  dialogForm({ draft: { devices, reason: '' }, fault: { why: 'deviceMissing' } }, about, origin, cardContext);

describe('The card in a dialog', () => {
  it("is read by Microsoft's parser without a warning", () => {
    for (const card of [form('', ''), form('lap-1', 'an alert'), dialogNotice('Not **here**.')]) {
      assert.deepEqual(faultsOf(card), []);
    }
  });

  it('fits, however long the message and its list of devices are', () => {
    const card = form('lap-0042, '.repeat(400), '_*[]'.repeat(10_000));
    assert.ok(JSON.stringify(card).length * 2 <= 28 * 1024);
  });

  it('has one button, whose data the bot can read back', () => {
    const [go, ...more] = form('lap-1', '').actions;
    assert.deepEqual(more, []);
    assert.deepEqual(parseFormAction('askByForm', { ...go?.data, devices: 'lap-1', why: 'why' }), {
      verb: 'askByForm',
      ...origin,
      devices: 'lap-1',
      why: 'why',
    });
  });

  it('asks for both fields, and says what each takes', () => {
    const fields = form('', '').body.filter(({ type }) => type === 'Input.Text');
    assert.equal(fields.length, 2);
    for (const field of fields) {
      assert.ok('isRequired' in field && field.isRequired && 'errorMessage' in field && field.errorMessage !== '');
    }
  });

  it('lets a list pass that the command takes, and stops what it cannot take', () => {
    const field = form('', '').body.find((each) => 'id' in each && each.id === 'devices');
    const pattern = new RegExp(field !== undefined && 'regex' in field ? String(field.regex) : 'none');
    for (const list of [
      'lap-1',
      'lap-1, lap_2.corp.example',
      '"lap 1",lap-2',
      '“lap 1”\nlap-2\n',
      ' lap-1 ,',
      'a'.repeat(255),
    ]) {
      assert.match(list, pattern);
    }
    for (const list of ['läp*1', 'lap-1; lap-2', '"lap 1', '<at>all</at>', ',']) assert.doesNotMatch(list, pattern);
    const begun = performance.now();
    pattern.test(`${'a-1 '.repeat(1_000)}!`);
    assert.ok(performance.now() - begun < 100);
  });
});
