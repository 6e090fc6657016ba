import type { RequestId } from '../../domain/ids.ts';
import type { Request } from '../../domain/request.ts';
import type { RequestStore } from '../../ports.ts';
import { learn } from './subject.ts';
import type { Telemetry } from './telemetry.ts';
import { timesOfChange } from './times-of-change.ts';

/** The same store, telling of what it stores: a request's trace begins with its proposal, and each change is a span in it. */
export function watchedRequests(store: RequestStore, { metrics, tracing }: Telemetry): RequestStore {
  return {
    async propose(source, make) {
      const made: { id?: RequestId } = {};
      const isNew = await store.propose(source, (now) => {
        const proposal = make(now);
        made.id = proposal.request.id;
        return proposal;
      });
      if (isNew && made.id !== undefined) tracing.asked(made.id);
      return isNew;
    },
    async find(id) {
      return known(await store.find(id));
    },
    async findByCollection(id) {
      return known(await store.findByCollection(id));
    },
    change: (id, decide) =>
      tracing.inRequest(id, 'change', async (span) => {
        const seen: { before?: Request } = {};
        const changed = await store.change(id, (request, now) => {
          seen.before = known(request);
          return decide(request, now);
        });
        span.setAttribute('collector.change', changed?.outcome.kind ?? 'noSuchRequest');
        if (changed?.outcome.kind !== 'changed' || seen.before === undefined) return changed;
        span.setAttributes({ 'collector.from': seen.before.state, 'collector.to': changed.request.state });
        for (const time of timesOfChange(seen.before, changed.request)) {
          if (time.kind === 'clickToDefender') metrics.took('clickToDefender', time.ms, {});
          else metrics.took('confirmedToFinal', time.ms, { outcome: time.outcome });
        }
        return changed;
      }),
    now: () => store.now(),
    waitingForSignIn: (person) => store.waitingForSignIn(person),
    openOnDevice: (device, except) => store.openOnDevice(device, except),
    watchedBy: (watcher) => store.watchedBy(watcher),
    watchers: () => store.watchers(),
    followersOf: (action) => store.followersOf(action),
    aboutActions: (actions) => store.aboutActions(actions),
    openIn: (conversation) => store.openIn(conversation),
    newestOf: (requester, count) => store.newestOf(requester, count),
    requestorName: (person) => store.requestorName(person),
    rememberRequestorName: (person, name) => store.rememberRequestorName(person, name),
  };
}

function known<Found extends Request | undefined>(request: Found): Found {
  if (request !== undefined) learn({ request: request.id, conversation: request.place.conversation });
  return request;
}
