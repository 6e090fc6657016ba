/** What Defender already has of a device when it is looked up. For the eyes of the person as whom it was asked. */
import { day, type Instant, later } from './instant.ts';
import { isFinalStatus, type MachineAction } from './machine-action.ts';

/** A package collection on the device, as the asker saw it at the look-up. */
export type EarlierCollection = Pick<MachineAction, 'id' | 'status' | 'requestor' | 'createdAt' | 'updatedAt'>;

/** So many of them are kept and shown. */
const mostEarlier = 5;
/** A package that is younger than this is worth a look before another one is collected. */
const recently = day;

/** The newest of a device's collections, newest first; what runs comes before everything. */
export function newestEarlier(actions: readonly MachineAction[]): readonly EarlierCollection[] {
  const isOver = ({ status }: MachineAction) => Number(isFinalStatus(status));
  return actions
    .toSorted((one, other) => isOver(one) - isOver(other) || other.createdAt - one.createdAt)
    .slice(0, mostEarlier)
    .map(({ id, status, requestor, createdAt, updatedAt }) => ({
      ...{ id, status, createdAt },
      ...(requestor === undefined ? {} : { requestor }),
      ...(updatedAt === undefined ? {} : { updatedAt }),
    }));
}

/** The collection that was running at the look-up. */
export function runningOf(earlier: readonly EarlierCollection[] | undefined): EarlierCollection | undefined {
  return earlier?.find(({ status }) => !isFinalStatus(status));
}

/**
 * The newest package that was collected within 24 h.
 * @param now when the request was asked: the look-up follows at once
 */
export function recentPackage(
  earlier: readonly EarlierCollection[] | undefined,
  now: Instant,
): EarlierCollection | undefined {
  return earlier?.find(
    ({ status, createdAt, updatedAt }) => status === 'Succeeded' && (updatedAt ?? createdAt) >= later(now, -recently),
  );
}
