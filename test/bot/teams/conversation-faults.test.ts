import assert from 'node:assert/strict';
import { conversationError } from '../../../bot/teams/conversation-faults.ts';

describe('conversationError', () => {
  for (const call of ['post', 'edit'] as const) {
    it(`takes an answer to the ${call} that was cut off for an unknown outcome, which is tried again, and not for a refusal`, () => {
      const cutOff = Object.assign(new Error('Unexpected end of JSON input'), {
        name: 'RestError',
        code: 'PARSE_ERROR',
        statusCode: 201,
      });
      const error = conversationError(call, cutOff);
      assert.equal(error.fault, 'unavailable');
      assert.equal(error.cause, cutOff);
    });
  }
});
