/** Who has to approve a request besides the person who asks. Pure: the configuration is handed in. */
import type { Device } from './device.ts';

/** What the administrators chose (`APPROVAL`, `HIGH_VALUE_TAGS`). */
export type ApprovalPolicy =
  /** Whoever asks also confirms. */
  | { readonly kind: 'self' }
  /** Somebody else approves every request. */
  | { readonly kind: 'twoPerson' }
  /** Somebody else approves where a device counts as high value. Tags are compared without regard to case. */
  | { readonly kind: 'twoPersonHighValue'; readonly tags: readonly string[] };

/**
 * Why a second person is asked. Not which device it is and what makes it high value: its value and tags are for the
 * eyes of those whom Defender shows them.
 */
export type ApprovalWhy = 'everyRequest' | 'highValueDevice';

/**
 * Why these devices need a second person; undefined when they do not.
 * @param devices with the details that the requester's look-up brought: what is not known counts as high value
 */
export function whyApproval(policy: ApprovalPolicy, devices: readonly Device[]): ApprovalWhy | undefined {
  switch (policy.kind) {
    case 'self':
      return undefined;
    case 'twoPerson':
      return 'everyRequest';
    case 'twoPersonHighValue':
      return devices.some((device) => isHighValue(device, policy.tags)) ? 'highValueDevice' : undefined;
  }
}

/** Values of `deviceValue` that are surely not High (enum of the resource `machine`). */
const ordinaryValues = ['Normal', 'Low'];
/** `osPlatform` of systems that are no Windows Server (page 'machine resource type'); an unknown word counts as high. */
const otherSystems =
  /^(?:Windows(?:XP|Vista|7|8|81|10|11)|macOS|Mac|Linux|Ubuntu|RedHat|CentOS|Debian|SUSE|Fedora|OracleLinux|AmazonLinux|RockyLinux|AlmaLinux|Android|iOS)/i;

/** Whether the device counts as high value: by its value, its system, or a tag. Unknown counts as high. */
export function isHighValue({ os, details }: Device, tags: readonly string[]): boolean {
  if (details?.value === undefined || !ordinaryValues.includes(details.value)) return true;
  if (!otherSystems.test(os)) return true;
  const wanted = tags.map(comparable);
  return details.tags?.some((tag) => wanted.includes(comparable(tag))) ?? false;
}

function comparable(tag: string): string {
  return tag.normalize('NFKC').trim().toLowerCase();
}
