/** A JSON object. */
export type Json = { [member: string]: any };

/** An answer of Sluice that is an error. docs/protocol.md lists the codes. */
export class SluiceError extends Error {
  readonly status: number;
  /** The name of the error for programs; empty if it has none. */
  readonly code: string;
  /** The member or parameter at fault; empty if the error names none. */
  readonly field: string;
}

/** An item of work, which needs a prompt or an issueIdentifier. */
export interface Item extends Json {
  prompt?: string;
  issueIdentifier?: string;
  /** Makes the enqueue safe to repeat. */
  sessionId?: string;
  projectName?: string;
  /** 1 to 9; the lower number comes first. */
  priority?: number;
  requiredCapabilities?: string[];
  repository?: string;
}

export interface Enqueued {
  sessionId: string;
  state: string;
  /** Absent beyond 10,000, and for work that isn't in order. */
  position?: number;
  /** True if the item was there already. */
  duplicate?: boolean;
}

/** A refused item of a bulk. */
export interface Refused {
  status: number;
  code: string;
  message: string;
  field?: string;
}

export interface Work extends Json {
  sessionId: string;
  place: 'ready' | 'parked' | 'later' | 'returned' | 'claimed' | 'ended' | 'dead';
  state: string;
  position?: number;
  /** Why it waits. */
  waits?: { kind: string; reason: string }[];
  result?: Json;
}

export interface EnqueuedBatch extends Json {
  batchId: string;
  items: number;
  enqueued: number;
  duplicates: number;
  refused: number;
}

export interface Batch extends Json {
  batchId: string;
  items: number;
  ended: boolean;
  /** How many items wait, are claimed, and have ended in which way. */
  counts: Record<string, number>;
  /** The first items that failed or are dead letters. */
  failures?: Work[];
}

/** Enqueues work and follows it to its end. */
export class Sluice {
  /** @param key a user key with the scope `work:write`; to follow work it also needs `work:read` or `fleet:read` */
  constructor(url: string, key: string);
  enqueue(item: Item): Promise<Enqueued>;
  /** Enqueues any number of items, up to a thousand a call. */
  enqueueAll(items: Item[]): Promise<(Enqueued | Refused)[]>;
  /**
   * Enqueues up to 10,000 items as one batch. One wrong item refuses the whole call. A full store may refuse some items:
   * the same call with the same key enqueues those, for 24 hours.
   *
   * @param idempotencyKey names the batch; another call with other items is refused. Without one it can't be completed
   */
  enqueueBatch(items: Item[], idempotencyKey?: string): Promise<EnqueuedBatch>;
  getBatch(id: string): Promise<Batch>;
  /** Returns the batch once no item waits or runs. */
  waitForBatch(id: string): Promise<Batch>;
  get(id: string): Promise<Work>;
  /** Gives the work as it is now, and after each change, up to its end. */
  follow(id: string): AsyncGenerator<Work, void>;
  /** Returns the work once it has ended or is a dead letter. */
  waitForEnd(id: string): Promise<Work>;
  send(id: string, type: 'directive' | 'hook-result' | 'nudge', payload: string): Promise<{ id: string; lane: string }>;
  /** Ends work for good, wherever it is. */
  stop(id: string, reason?: string): Promise<Json>;
}

export interface Message {
  id: string;
  type: 'directive' | 'hook-result' | 'nudge';
  payload: string;
  lane: 'urgent' | 'normal';
  userName?: string;
}

/** A report of an end. */
export type Outcome = Json & { status: 'completed' | 'failed' };

/** @param more members of the report, such as `totalCostUsd` */
export function completed(summary: string, more?: Json): Outcome;
export function failed(error: string, more?: Json): Outcome;

/** A session that this worker runs. */
export class Session {
  readonly id: string;
  /** The item as it was enqueued, with its defaults. */
  readonly item: Item & { sessionId: string };
  /** True if an earlier process of this worker began the session. */
  readonly adopted: boolean;
  /** Aborted when the session is stopped, or belongs to another worker now. */
  readonly signal: AbortSignal;
  /** True once the worker drains: it waits some time for the end of the session. */
  readonly draining: boolean;
  /** Tells people what the agent is doing. */
  progress(message: string): Promise<void>;
  activity(type: 'thought' | 'action' | 'response' | 'error' | 'context', content: string): Promise<void>;
  /** Reports members of a status while the session runs. */
  report(members: Json): Promise<void>;
  /** Waits for a message, and acknowledges it. Undefined after the time, or once the signal is aborted. */
  nextMessage(longestMs: number): Promise<Message | undefined>;
}

export interface WorkerOptions {
  url: string;
  /** A key that may register workers. */
  token: string;
  /** A label for people. Defaults to the name of this machine. */
  hostname?: string;
  /** The name by which a worker that restarts is known again; one for each worker of the machine. Defaults to the hostname. */
  machineId?: string;
  /** How many sessions run at a time. Defaults to 1. */
  capacity?: number;
  /** The projects whose work it takes. Defaults to all. */
  projects?: string[];
  /** What items may require. Defaults to nothing. */
  capabilities?: string[];
  /** Sessions that an earlier process of this worker has started, and whose agents still run. */
  adopt?: string[];
  /** Gets the ids of `adopt` that the worker may not go on with: their agents must be ended. */
  reaped?: (id: string) => void;
  /** Looks at an item before it runs; a reason gives it back to the queue. */
  refuse?: (item: Item) => string | undefined;
  /** How long a drain lets sessions end. Defaults to 25,000. */
  drainMs?: number;
  /** Whether SIGTERM and SIGINT drain the worker. Defaults to true. */
  drainOnExit?: boolean;
  /** Gets a line about each trouble. Defaults to console.error. */
  log?: (line: string) => void;
}

/** Takes work from Sluice and runs it. */
export class Worker {
  constructor(options: WorkerOptions);
  /** Works until it is drained. An exception of the handler fails the session with its text. */
  run(handler: (session: Session) => Promise<Outcome> | Outcome): Promise<void>;
  /** Takes no more work, lets sessions end, and gives those back that take too long. */
  drain(): void;
}

/**
 * True if Sluice has signed the body with the secret in the last five minutes. `id`, `timestamp` and `signature` are the headers
 * `webhook-id`, `webhook-timestamp` and `webhook-signature`. `now` is in seconds.
 */
export function verifyWebhook(secret: string, id: string, timestamp: string, signature: string, body: string | Uint8Array, now?: number): boolean;
