import assert from 'node:assert/strict';
import { SpanStatusCode } from '@opentelemetry/api';
import { learn, subjectIds } from '../../../../src/adapters/telemetry/subject.ts';
import { silentTelemetry } from '../../../../src/adapters/telemetry/telemetry.ts';
import { fail } from '../../../../src/adapters/telemetry/tracing.ts';
import { newRequestId } from '../../../../src/domain/ids.ts';
import { conversationId, deviceId } from '../../../build/ids.ts';
import { keptTelemetry } from '../../../fakes/kept-telemetry.ts';

const conversation = conversationId('19:soc@thread.tacv2;messageid=1');
const nothing = async () => undefined;

describe('the trace of a request', () => {
  it('has the request’s id without its dashes, and begins where the line was typed', async () => {
    const { tracing, spans } = keptTelemetry();
    const request = newRequestId();
    await tracing.turn(conversation, async () => tracing.asked(request));
    const [first] = spans();
    assert.equal(first?.spanContext().traceId, request.replaceAll('-', ''));
    assert.equal(first?.parentSpanContext, undefined);
    assert.deepEqual(first?.attributes, { 'collector.request': request, 'collector.conversation': conversation });
  });

  it('is continued by another process, which knows nothing but the request’s id', async () => {
    const [before, after] = [keptTelemetry(), keptTelemetry()];
    const request = newRequestId();
    before.tracing.asked(request);
    await after.tracing.inRequest(request, 'job announce', () => after.tracing.step('Teams', {}, nothing));
    const [asked] = before.spans();
    const [post, job] = after.spans();
    assert.deepEqual(new Set([asked, post, job].map((span) => span?.spanContext().traceId)).size, 1);
    assert.equal(job?.parentSpanContext?.spanId, asked?.spanContext().spanId);
    assert.equal(post?.parentSpanContext?.spanId, job?.spanContext().spanId);
  });

  it('is not another’s: two requests at once have a trace each, and what is of none has its own', async () => {
    const { tracing, spans } = keptTelemetry();
    const requests = [newRequestId(), newRequestId()];
    await Promise.all([
      ...requests.map((request) => tracing.inRequest(request, 'job', () => tracing.step('part', {}, nothing))),
      tracing.step('sweep', {}, () => tracing.step('part', {}, nothing)),
    ]);
    const traces = Map.groupBy(spans(), (span) => span.spanContext().traceId);
    assert.equal(traces.size, 3);
    for (const parts of traces.values()) assert.equal(parts.length, 2);
    for (const request of requests) assert.ok(traces.has(request.replaceAll('-', '')));
  });

  it('gets from a sweep what the sweep finds, with a link to it', async () => {
    const { tracing, spans } = keptTelemetry();
    const request = newRequestId();
    await tracing.step('sweep', {}, () => tracing.inRequest(request, 'change', nothing));
    const [change, sweep] = spans();
    assert.equal(change?.spanContext().traceId, request.replaceAll('-', ''));
    assert.deepEqual(
      change?.links.map(({ context }) => context.spanId),
      [sweep?.spanContext().spanId],
    );
  });

  it('has a click under it although the click came before anybody knew which request it is about', async () => {
    const { tracing, spans } = keptTelemetry();
    const request = newRequestId();
    await tracing.turn(conversation, async () => {
      learn({ request });
      await tracing.step('Token Service find', { kind: 'client' }, nothing);
    });
    assert.equal(spans()[0]?.spanContext().traceId, request.replaceAll('-', ''));
  });

  it('says that something failed and what kind of error it was, and never its text', async () => {
    const { tracing, spans } = keptTelemetry();
    const boom = () => Promise.reject(new TypeError('Dana’s token is marker'));
    await assert.rejects(tracing.inRequest(newRequestId(), 'job', boom), TypeError);
    await tracing.step('Defender collect', { ids: { device: deviceId() } }, async (span) => fail(span, '403'));
    const [thrown, refused] = spans();
    for (const span of [thrown, refused]) assert.equal(span?.status.code, SpanStatusCode.ERROR);
    assert.deepEqual([thrown?.attributes['error.type'], refused?.attributes['error.type']], ['TypeError', '403']);
    const text = JSON.stringify([thrown?.events, thrown?.attributes, thrown?.status]);
    assert.doesNotMatch(text, /marker|Dana/);
  });
});

describe('what work is about', () => {
  it('is known to every line that is written meanwhile, also where nobody wants traces', async () => {
    const { tracing } = silentTelemetry();
    const request = newRequestId();
    assert.deepEqual(subjectIds(), {});
    await tracing.inRequest(request, 'job', async () => {
      assert.deepEqual(subjectIds(), { request });
      await tracing.step('read', {}, async () => learn({ request, conversation }));
      assert.deepEqual(subjectIds(), { request, conversation });
      await tracing.step('call', { ids: { device: deviceId() } }, async () =>
        assert.deepEqual(subjectIds(), { request, conversation, device: deviceId() }),
      );
      assert.deepEqual(subjectIds(), { request, conversation });
    });
    assert.deepEqual(subjectIds(), {});
  });

  it('is not mixed up with another request that is read on the way', async () => {
    const { tracing } = silentTelemetry();
    const request = newRequestId();
    await tracing.inRequest(request, 'job', async () => {
      learn({ request: newRequestId(), conversation: conversationId('19:other@thread.tacv2') });
      assert.deepEqual(subjectIds(), { request });
    });
  });
});
