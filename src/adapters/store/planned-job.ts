/** What has to happen next, as jobs. Pure, so that the fake store in tests plans exactly as the real one does. */
import type { DeviceId, RequestId } from '../../domain/ids.ts';
import { type Instant, later } from '../../domain/instant.ts';
import type { Effect } from '../../domain/transition.ts';
import type { Job } from './job-payloads.ts';

/** A job, when it is due on the database's clock, and for a submission the device that it has to itself. */
export type PlannedJob = Job & { readonly dueAt: Instant; readonly device?: DeviceId };

/**
 * The jobs of a change's effects.
 * @param now the moment of the transaction that stores the change
 */
export function planJobs(request: RequestId, effects: readonly Effect[], now: Instant): readonly PlannedJob[] {
  return effects.map((effect) => planJob(request, effect, now));
}

function planJob(request: RequestId, effect: Effect, now: Instant): PlannedJob {
  switch (effect.kind) {
    case 'announce':
      return { queue: 'announce', payload: { request }, dueAt: now };
    case 'lookUp':
      return { queue: 'lookUp', payload: { request }, dueAt: later(now, effect.afterMs) };
    case 'submit': {
      const payload = { request, collection: effect.collection, round: effect.round };
      return { queue: 'submit', payload, dueAt: later(now, effect.afterMs), device: effect.device };
    }
    case 'follow':
      return { queue: 'follow', payload: { watcher: effect.watcher }, dueAt: later(now, effect.afterMs) };
    case 'offerSignIn': {
      const person = { ...effect.person, name: storableText(effect.person.name) };
      return { queue: 'offerSignIn', payload: { request, person }, dueAt: later(now, effect.afterMs) };
    }
    case 'expire':
      return { queue: 'expire', payload: { request }, dueAt: effect.at };
  }
}

/** A job's payload is jsonb, which takes neither NUL nor half a surrogate pair; a person's name may hold both. */
export function storableText(text: string): string {
  return text.toWellFormed().replaceAll('\0', '');
}
