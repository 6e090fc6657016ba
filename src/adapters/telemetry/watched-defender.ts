import type { DefenderFailure, DefenderResult } from '../../domain/defender-failure.ts';
import type { Defender } from '../../ports.ts';
import type { SubjectIds } from './subject.ts';
import type { Telemetry } from './telemetry.ts';
import { fail } from './tracing.ts';

/** The same client of Defender: each call is counted by its result, and a span. */
export function watchedDefender(defender: Defender, { metrics, tracing }: Telemetry): Defender {
  const watch = <Value>(call: keyof Defender, ids: SubjectIds, work: () => Promise<DefenderResult<Value>>) =>
    tracing.step(`Defender ${call}`, { ids, kind: 'client' }, async (span) => {
      const result = await work();
      const word = result.ok ? 'ok' : wordOf(result.failure);
      metrics.count('defenderCalls', { call, result: word });
      if (result.ok) return result;
      fail(span, word);
      if (result.failure.kind === 'answered' && result.failure.correlationId !== undefined) {
        span.setAttribute('collector.correlation', result.failure.correlationId);
      }
      return result;
    });
  return {
    device: (token, device) => watch('device', { device }, () => defender.device(token, device)),
    devicesNamed: (token, name) => watch('devicesNamed', {}, () => defender.devicesNamed(token, name)),
    devicesNear: (token, name) => watch('devicesNear', {}, () => defender.devicesNear(token, name)),
    collect: (token, device, comment, sendBefore) =>
      watch('collect', { device }, () => defender.collect(token, device, comment, sendBefore)),
    action: (token, action) => watch('action', { action }, () => defender.action(token, action)),
    actionsOnDevice: (token, device, since) =>
      watch('actionsOnDevice', { device }, () => defender.actionsOnDevice(token, device, since)),
    actionsOfRequestor: (token, requestor, since) =>
      watch('actionsOfRequestor', {}, () => defender.actionsOfRequestor(token, requestor, since)),
    actionsSince: (token, since) => watch('actionsSince', {}, () => defender.actionsSince(token, since)),
    cancel: (token, action, comment) => watch('cancel', { action }, () => defender.cancel(token, action, comment)),
    packageLink: (token, action) => watch('packageLink', { action }, () => defender.packageLink(token, action)),
  };
}

/** Few words: a status, or what stood in the way. */
function wordOf(failure: DefenderFailure): string {
  switch (failure.kind) {
    case 'answered':
      return String(failure.status);
    case 'unanswered':
      return failure.sent ? 'unanswered' : 'notSent';
    case 'noBudget':
    case 'unreadable':
      return failure.kind;
  }
}
