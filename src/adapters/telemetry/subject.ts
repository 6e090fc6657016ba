/** What the work at hand is about: for every line of the log that it writes, and for its place in a trace. */
import { AsyncLocalStorage } from 'node:async_hooks';
import type { Span } from '@opentelemetry/api';
import type { ConversationId, DeviceId, MachineActionId, RequestId } from '../../domain/ids.ts';

/** Ids, and nothing but ids. */
export interface SubjectIds {
  readonly request?: RequestId;
  readonly conversation?: ConversationId;
  readonly device?: DeviceId;
  readonly action?: MachineActionId;
}

/** A piece of work. Steps share what is known of the whole; `own` is of one step. */
export interface Subject {
  readonly whole: { ids: SubjectIds };
  readonly own: SubjectIds;
  readonly span: Span | undefined;
  /** Milliseconds since 1970. */
  readonly beganAt: number;
}

const subjects = new AsyncLocalStorage<Subject>();

/** The subject of the work that calls this; undefined outside of any. */
export function currentSubject(): Subject | undefined {
  return subjects.getStore();
}

/** Runs work as being about something. */
export function about<Value>(subject: Subject, work: () => Value): Value {
  return subjects.run(subject, work);
}

/** Adds what the work at hand turns out to be about; what is known already stays. */
export function learn(ids: SubjectIds): void {
  const whole = currentSubject()?.whole;
  if (whole === undefined) return;
  const { request = ids.request } = whole.ids;
  if (request === ids.request) whole.ids = { ...ids, ...whole.ids };
}

/** The ids for a line of the log. */
export function subjectIds(): SubjectIds {
  const subject = currentSubject();
  return subject === undefined ? {} : { ...subject.whole.ids, ...subject.own };
}
