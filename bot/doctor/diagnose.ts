/** Runs the steps one after the other. */
import { type Config, readConfig } from '../config.ts';
import type { ConfigFault, Environment } from '../config-reader.ts';
import { describeError } from '../log.ts';
import { type Finding, failed, notChecked, ok } from './finding.ts';
import { openSite, type Site, type Wishes } from './site.ts';
import { type Check, checks, configurationStep, type Step } from './steps.ts';

/** A step, and what it found. */
export interface Diagnosis extends Step {
  readonly finding: Finding;
  /** The section that says more, from the project's root. */
  readonly docs: string;
}

/** Who watches. */
export interface Watcher {
  begins(step: Step): void;
  ends(diagnosis: Diagnosis): void;
}

/** Looks at everything that can be looked at. Throws nothing. */
export async function diagnose(
  environment: Environment,
  wishes: Wishes,
  watcher: Watcher,
): Promise<readonly Diagnosis[]> {
  const told: Diagnosis[] = [];
  const tell = (step: Step, finding: Finding) => {
    const { id, title } = step;
    const diagnosis = { id, title, finding, docs: sectionOf(step) };
    told.push(diagnosis);
    watcher.ends(diagnosis);
  };
  watcher.begins(configurationStep);
  const reading = readConfig(environment);
  tell(configurationStep, reading.ok ? whole(reading.config) : faulty(reading.faults));
  const site = reading.ok ? openSite(reading.config, environment, wishes) : undefined;
  try {
    for (const check of checks) {
      watcher.begins(check);
      tell(check, await resultOf(check, site, told));
    }
  } finally {
    await site?.close();
  }
  return told;
}

/** The section of docs/doctor.md, by GitHub's rule for anchors. */
export function sectionOf({ title }: Step): string {
  const anchor = title
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, '')
    .trim()
    .replaceAll(/\s/g, '-');
  return `docs/doctor.md#${anchor}`;
}

async function resultOf(check: Check, site: Site | undefined, told: readonly Diagnosis[]): Promise<Finding> {
  if (site === undefined) return missing(configurationStep);
  const unmet = told.find(({ id, finding }) => check.needs.includes(id) && !isFine(finding));
  if (unmet !== undefined) return missing(unmet);
  try {
    return await check.run(site);
  } catch (error) {
    return failed(
      `The doctor itself could not look: ${JSON.stringify(describeError(error, 3))}`,
      'This is a fault of the doctor: report it, with these words.',
    );
  }
}

function isFine({ kind }: Finding): boolean {
  return kind === 'ok' || kind === 'warning';
}

function missing({ title }: Step): Finding {
  return notChecked(`It rests on “${title}”.`, 'Mend that first, and look again.');
}

function whole({ appId, tenant }: Config): Finding {
  return ok(`The bot is ${appId} in the tenant ${tenant}.`);
}

function faulty(faults: readonly ConfigFault[]): Finding {
  const lines = faults.map(({ variable, fault, example }) => `${variable}: ${fault} (for instance ${example})`);
  return failed(lines.join('\n'), 'Set them as docs/configuration.md describes.');
}

/** Whether the bot can do its work, as far as could be told. */
export function isHealthy(diagnoses: readonly Diagnosis[]): boolean {
  return diagnoses.every(({ finding }) => finding.kind !== 'failed');
}

/** What has to be mended or looked at by a person, by kind. */
export function countOf(diagnoses: readonly Diagnosis[], kind: Finding['kind']): number {
  return diagnoses.filter(({ finding }) => finding.kind === kind).length;
}
