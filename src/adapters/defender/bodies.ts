/** What Defender's bodies look like, and what the core gets of them. Members that are not named here are ignored. */
import { z } from 'zod';
import { type Device, type DeviceDetails, deviceHealths } from '../../domain/device.ts';
import { type DeviceId, parseCorrelationId, parseDeviceId, parseMachineActionId } from '../../domain/ids.ts';
import { parseInstant } from '../../domain/instant.ts';
import { actionStatuses, type MachineAction } from '../../domain/machine-action.ts';
import { parsedJson } from '../parsed-json.ts';

/** The one action that this bot starts and follows. */
export const collectionType = 'CollectInvestigationPackage';

/** A text that we can do without: null, empty, or something else altogether reads as none. */
const text = z
  .string()
  .nullish()
  .catch(undefined)
  .transform((wire) => (wire === null || wire === '' ? undefined : wire));

/** A text that `parse` makes a value of; anything else is an issue. */
function parsedBy<Value>(parse: (text: string) => Value | undefined, what: string) {
  return z.string().transform((wire, context): Value => {
    const value = parse(wire);
    if (value !== undefined) return value;
    context.addIssue({ code: 'custom', message: `not ${what}` });
    return z.NEVER;
  });
}

const instant = parsedBy(parseInstant, 'a date');
/** A date that we can do without: an unreadable one reads as none. */
const optionalInstant = instant.optional().catch(undefined);
const deviceId = parsedBy(parseDeviceId, 'a device id');

/** Resource `machine`. */
const machineShape = z.object({
  id: deviceId,
  computerDnsName: text,
  osPlatform: text,
  version: text,
  healthStatus: z.enum(deviceHealths).catch('Unknown'),
  lastSeen: optionalInstant,
  osBuild: z.int().optional().catch(undefined),
  riskScore: text,
  exposureLevel: text,
  deviceValue: text,
  machineTags: z.array(text).catch([]),
  rbacGroupName: text,
  firstSeen: optionalInstant,
});

/** A device; undefined when the body is none. */
export function parseDevice(body: unknown): Device | undefined {
  const parsed = machineShape.safeParse(body);
  if (!parsed.success) return undefined;
  const { id, computerDnsName, osPlatform, version, healthStatus, lastSeen } = parsed.data;
  const details = detailsOf(parsed.data);
  // `Other` is what Defender says of a version that it has no name for.
  const known = version === undefined || version === 'Other' ? '' : ` ${version}`;
  return {
    id,
    name: computerDnsName ?? id,
    os: `${osPlatform ?? 'Unknown'}${known}`,
    health: healthStatus,
    ...(lastSeen === undefined ? {} : { lastSeen }),
    ...(Object.keys(details).length === 0 ? {} : { details }),
  };
}

function detailsOf(wire: z.output<typeof machineShape>): DeviceDetails {
  const { osBuild: build, riskScore: risk, exposureLevel: exposure, deviceValue: value, firstSeen } = wire;
  const tags = wire.machineTags.filter((tag) => tag !== undefined);
  return {
    ...(build === undefined ? {} : { build }),
    ...(risk === undefined ? {} : { risk }),
    ...(exposure === undefined ? {} : { exposure }),
    ...(value === undefined ? {} : { value }),
    ...(tags.length === 0 ? {} : { tags }),
    ...(wire.rbacGroupName === undefined ? {} : { group: wire.rbacGroupName }),
    ...(firstSeen === undefined ? {} : { firstSeen }),
  };
}

/** Resource `machineAction`. `machineId` may be null; `lastUpdateTimeUtc` stands in some answers for the other name. */
const actionShape = z.object({
  id: parsedBy(parseMachineActionId, 'a machine action id'),
  type: z.literal(collectionType),
  // A word that is not known is not final, so the following goes on.
  status: z.enum(actionStatuses).catch('InProgress'),
  requestor: text,
  requestorComment: text,
  machineId: deviceId.nullish(),
  computerDnsName: text,
  creationDateTimeUtc: instant,
  lastUpdateDateTimeUtc: optionalInstant,
  lastUpdateTimeUtc: optionalInstant,
});

/**
 * A package collection; undefined when the body is none.
 * @param asked the device that the call was about, for an answer that leaves it out
 */
export function parseAction(body: unknown, asked?: DeviceId): MachineAction | undefined {
  const parsed = actionShape.safeParse(body);
  if (!parsed.success) return undefined;
  const { id, status, requestor, requestorComment: comment, creationDateTimeUtc: createdAt, ...rest } = parsed.data;
  const machineId = rest.machineId ?? asked;
  const updatedAt = rest.lastUpdateDateTimeUtc ?? rest.lastUpdateTimeUtc;
  return {
    id,
    status,
    createdAt,
    ...(machineId === undefined ? {} : { machineId }),
    ...(rest.computerDnsName === undefined ? {} : { deviceName: rest.computerDnsName }),
    ...(requestor === undefined ? {} : { requestor }),
    ...(comment === undefined ? {} : { comment }),
    ...(updatedAt === undefined ? {} : { updatedAt }),
  };
}

const pageShape = z.object({ value: z.array(z.unknown()), '@odata.nextLink': text });

/** A page of a list. */
export interface Page {
  readonly entries: readonly unknown[];
  readonly nextLink?: string;
}

/** A page of a list; undefined when the body is none. */
export function parsePage(body: unknown): Page | undefined {
  const parsed = pageShape.safeParse(body);
  if (!parsed.success) return undefined;
  const nextLink = parsed.data['@odata.nextLink'];
  return { entries: parsed.data.value, ...(nextLink === undefined ? {} : { nextLink }) };
}

/** The text of `getPackageUri`; undefined when the body has none. */
export function parseLinkValue(body: unknown): string | undefined {
  const parsed = z.object({ value: z.string() }).safeParse(body);
  return parsed.success ? parsed.data.value : undefined;
}

/** OData errors may have an empty code and no target; every member may be missing. */
const errorShape = z.object({
  error: z.object({
    code: z.string().catch(''),
    message: z.string().catch(''),
    target: parsedBy(parseCorrelationId, 'a correlation id').optional().catch(undefined),
  }),
});

/** What an error body says; undefined when it is not one of Defender's. */
export type ErrorBody = z.output<typeof errorShape>['error'];

/** Reads an error body, also under a wrong content type; undefined when it is not one of Defender's (HTML, half a JSON). */
export function parseErrorBody(body: unknown): ErrorBody | undefined {
  const parsed = errorShape.safeParse(typeof body === 'string' ? parsedJson(body) : body);
  return parsed.success ? parsed.data.error : undefined;
}
