import type { Express } from 'express';
import { z } from 'zod';
import { type Caller, DefenderAccess, identityOf } from './defender-access.ts';
import { DefenderActions, isOpen, type MachineAction } from './defender-actions.ts';
import { defenderError } from './defender-errors.ts';
import { DefenderLists } from './defender-lists.ts';
import { findDevice, wireMachine } from './defender-machines.ts';
import { type DefenderSwitches, defaultSwitches } from './defender-switches.ts';
import type { Device } from './devices.ts';
import type { DefenderScope } from './entra.ts';
import type { EntraTokens } from './entra-tokens.ts';
import type { Journal } from './journal.ts';
import type { JsonObject } from './json.ts';
import type { Operation } from './operations.ts';
import type { DefenderRole } from './people.ts';
import { RateWindows } from './rate-windows.ts';
import type { Wire, WireAnswer, WireRequest } from './wire.ts';

/** Keys are case-sensitive: `comment` is not `Comment` (defender-api.md, 'Calls'). */
const commentShape = z.object({ Comment: z.string().min(1) });

type Handler = (caller: Caller, request: WireRequest) => WireAnswer;
interface Rule {
  readonly scope: DefenderScope;
  readonly role: DefenderRole;
}
const reading: Rule = { scope: 'Machine.Read', role: 'viewData' };
const acting: Rule = { scope: 'Machine.CollectForensics', role: 'alertsInvestigation' };

/** Defender for Endpoint's API: machines and the collections on them (defender-api.md). */
export class Defender {
  readonly url: string;
  readonly switches: DefenderSwitches;
  readonly actions: DefenderActions;
  readonly access: DefenderAccess;
  readonly #devices: readonly Device[];
  readonly #lists: DefenderLists;
  readonly #now: () => number;
  readonly #windows: RateWindows;
  readonly #linkWindows: RateWindows;

  /** `clock` gives milliseconds since 1970. */
  constructor(url: string, parts: DefenderParts) {
    this.url = url;
    this.switches = { ...defaultSwitches(), ...parts.switches };
    this.#now = () => parts.clock() + this.switches.clockSkewMs;
    this.#devices = parts.devices;
    this.access = new DefenderAccess(parts.tokens);
    this.actions = new DefenderActions(this.switches, parts.journal, this.#now);
    this.#lists = new DefenderLists(this.switches, this.#now);
    this.#windows = new RateWindows(this.switches.limits, this.#now);
    this.#linkWindows = new RateWindows(this.switches.linkLimits, this.#now);
    for (const device of parts.devices) {
      const { runningFor } = device;
      if (runningFor)
        this.actions.create(
          device,
          this.switches.requestor(runningFor),
          'Started in the portal',
          this.#now() - 240_000,
        );
    }
  }

  mount(wire: Wire, app: Express): void {
    const add = (method: 'get' | 'post', path: string, operation: Operation, rule: Rule, handler: Handler) =>
      wire.route(app, method, path, {
        operation,
        describe: described,
        handle: (request) => this.#serve(operation, rule, request, handler),
      });
    const machine: Handler = (caller, request) => this.#getMachine(caller, request);
    add('get', '/api/machines', 'defender.listMachines', reading, (caller, { query }) => {
      const seen = this.#devices.filter((device) => this.access.sees(caller, device));
      return this.#lists.machines(query, seen);
    });
    add('get', '/api/machines/:id', 'defender.getMachine', reading, machine);
    add('post', '/api/machines/:id/collectInvestigationPackage', 'defender.collect', acting, (caller, request) =>
      this.#collect(caller, request),
    );
    add('get', '/api/machineactions', 'defender.listActions', reading, (caller, { query }) => {
      const seen = this.actions.visible.filter((action) => this.access.sees(caller, action.device));
      return this.#lists.actions(query, seen, this.actions);
    });
    add('get', '/api/machineactions/:id', 'defender.getAction', reading, (caller, request) =>
      this.#withAction(caller, request, (action) => ({ status: 200, body: this.actions.wire(action) })),
    );
    add('get', '/api/machineactions/:id/getPackageUri', 'defender.getPackageUri', acting, (caller, request) =>
      this.#withAction(caller, request, (action) => this.#packageLink(action)),
    );
    add('post', '/api/machineactions/:id/cancel', 'defender.cancel', acting, (caller, request) =>
      this.#withAction(caller, request, (action) => this.#cancel(caller, request, action)),
    );
    // A wrong path: 404 NotFound (defender-api.md, 'Errors').
    wire.route(app, 'all', '/*rest', {
      operation: 'defender.unknown',
      handle: () => defenderError('NotFound', 'No such path.'),
    });
  }

  async #serve(
    operation: Operation,
    { scope, role }: Rule,
    request: WireRequest,
    handler: Handler,
  ): Promise<WireAnswer> {
    const caller = await this.access.authorize(request, scope, role);
    if ('status' in caller) return caller;
    // Per call of the API, for the app in the tenant as a whole (trap 8, an assumption).
    const windows = operation === 'defender.getPackageUri' ? this.#linkWindows : this.#windows;
    const wait = windows.take(operation);
    if (wait === undefined) return handler(caller, request);
    const answer = defenderError('TooManyRequests', 'API calls quota exceeded.');
    return { ...answer, headers: { 'Retry-After': String(Math.ceil(wait / 1000)) } };
  }

  #getMachine(caller: Caller, { params }: WireRequest): WireAnswer {
    const device = findDevice(this.#devices, params.id ?? '');
    if (!device) return defenderError('ResourceNotFound', `Machine ${params.id} was not found.`);
    if (!this.access.sees(caller, device))
      return defenderError(this.switches.hiddenDevice, 'Machine was not found or is not accessible.');
    return { status: 200, body: wireMachine(device, this.#now()) };
  }

  #collect(caller: Caller, request: WireRequest): WireAnswer {
    const comment = commentOf(request);
    if (typeof comment !== 'string') return comment;
    const device = this.#devices.find(({ id }) => id === request.params.id?.toLowerCase());
    if (!device) return defenderError('ResourceNotFound', `Machine ${request.params.id} was not found.`);
    if (!this.access.sees(caller, device)) return defenderError('Forbidden', 'The user has no access to the device.');
    const running = this.actions.runningOn(device);
    if (running && this.switches.alreadyRunning === 'refused')
      return defenderError('ActiveRequestAlreadyExists', 'Action is already in progress');
    const requestor = caller.person ? this.switches.requestor(caller.person) : caller.name;
    const action = running ?? this.actions.create(device, requestor, comment);
    const body = { ...this.actions.wire(action), ...(!this.switches.commentInAnswer && { requestorComment: null }) };
    return { status: 201, body, note: { actionId: action.id, created: !running } };
  }

  #withAction(caller: Caller, { params }: WireRequest, use: (action: MachineAction) => WireAnswer): WireAnswer {
    const action = this.actions.visible.find(({ id }) => id === params.id?.toLowerCase());
    const isSeen = action && this.access.sees(caller, action.device);
    if (!isSeen) return defenderError('ResourceNotFound', `Machine action ${params.id} was not found.`);
    const answer = use(action);
    return { ...answer, note: { actionStatus: this.actions.status(action).word, ...answer.note } };
  }

  /** 404 until it succeeded; the link is a bearer URL (trap 3). */
  #packageLink(action: MachineAction): WireAnswer {
    if (this.actions.status(action).word !== 'Succeeded')
      return defenderError('ResourceNotFound', 'The package is not ready.');
    const link = `https://userrequests-us.securitycenter.windows.net/safedownload/WDATP_Investigation_Package.zip?token=sandbox-link-marker-${action.id}`;
    const body = {
      '@odata.context': `${this.url}/api/$metadata#Edm.String`,
      value: this.switches.quotedLink ? `"${link}"` : link,
    };
    return { status: 200, body };
  }

  #cancel(caller: Caller, request: WireRequest, action: MachineAction): WireAnswer {
    const comment = commentOf(request);
    if (typeof comment !== 'string') return comment;
    if (!isOpen(this.actions.status(action).word)) return defenderError('BadRequest', 'The action has ended already.');
    this.actions.cancel(action, caller.person ? this.switches.requestor(caller.person) : caller.name, comment);
    return { status: 200, body: this.actions.wire(action) };
  }
}

/** What Defender is made of. */
export interface DefenderParts {
  readonly tokens: EntraTokens;
  readonly journal: Journal;
  readonly devices: readonly Device[];
  readonly clock: () => number;
  readonly switches: Partial<DefenderSwitches>;
}

/** The comment of a body, or the refusal. That the wrong type is refused as a bad body is assumed. */
function commentOf(request: WireRequest): string | WireAnswer {
  if (!/^application\/json\b/i.test(request.headers['content-type'] ?? '')) {
    return defenderError('InvalidRequestBody', 'Content-Type: application/json is required.');
  }
  const parsed = commentShape.safeParse(request.json);
  if (parsed.success) return parsed.data.Comment;
  if (z.object({}).safeParse(request.json).success)
    return defenderError('MissingRequiredParameter', 'Comment is required.');
  return defenderError('InvalidRequestBody', 'The body cannot be read.');
}

function described(request: WireRequest): JsonObject {
  const parsed = commentShape.safeParse(request.json);
  const filter = request.query.get('$filter') ?? undefined;
  return {
    id: request.params.id,
    filter,
    comment: parsed.success ? parsed.data.Comment : undefined,
    ...identityOf(request),
  };
}
