import { hostname } from 'node:os';
import { NoAnswer, SluiceError, Transport, pauseMs, sleep } from './transport.js';

const POLL_SECONDS = 20;
const SIGN_INS = 3;
const GONE = ['worker-gone', 'worker-not-found'];

export function completed(summary, more = {}) {
  return { status: 'completed', summary, ...more };
}

export function failed(error, more = {}) {
  return { status: 'failed', error, ...more };
}

export class Session {
  #worker;
  #claim;
  #messages = [];
  #seen = new Set();
  #arrived = new AbortController();
  #end = new AbortController();
  #stopped = false;
  #lost = false;
  #done;

  constructor(worker, id, item, adopted, claim) {
    this.#worker = worker;
    this.#claim = claim;
    this.id = id;
    this.item = item;
    this.adopted = adopted;
    this.signal = this.#end.signal;
  }

  get draining() {
    return this.#worker.draining;
  }

  async progress(message) {
    await this.#tell('progress', { message });
  }

  async activity(type, content) {
    await this.#tell('activity', { activity: { type, content } });
  }

  async report(members) {
    await this.#tell('status', { ...members, status: 'running' });
  }

  async nextMessage(longestMs) {
    const end = Date.now() + longestMs;
    while (this.#messages.length === 0 && Date.now() < end && !this.signal.aborted) {
      await sleep(end - Date.now(), this.#arrived.signal, this.signal);
    }
    const message = this.#messages.shift();
    if (message) {
      await this.#tell('inbox/ack', { messageId: message.id, lane: message.lane });
    }
    return message;
  }

  /** Runs the handler after an earlier claim of the same session, which was lost. */
  begin(handler, before) {
    this.#done = this.#run(handler, before && before.#done);
  }

  /** A stop isn't acknowledged: the report of the end releases the session. */
  hear(message) {
    if (message.type === 'stop') {
      this.stop();
    } else if (!this.#seen.has(message.id)) {
      this.#seen.add(message.id);
      this.#messages.push(message);
      this.#arrived.abort();
      this.#arrived = new AbortController();
    }
  }

  stop() {
    this.#stopped = true;
    this.#end.abort();
  }

  /** From now on, nothing is reported. */
  lose() {
    this.#lost = true;
    this.#end.abort();
  }

  /** A sign of life, which also asks whether the session goes on. */
  async refresh() {
    const answer = await this.#once('lock-refresh', {});
    if (answer.ok && answer.body.stop === true) {
      this.stop();
    } else if (answer.ok && answer.body.refreshed === false) {
      this.lose();
    }
  }

  async #run(handler, before) {
    try {
      await before;
      const refusal = this.adopted ? undefined : this.#worker.refusal(this.item);
      if (refusal !== undefined) {
        await this.#tell('nack', { reason: refusal });
      } else if (this.adopted || (await this.#tell('status', { status: 'running' })).ok) {
        const outcome = await this.#handle(handler);
        if (!this.#lost) {
          await this.#tell('status', this.#stopped ? { ...outcome, status: 'stopped' } : outcome);
        }
      }
    } catch (e) {
      this.#worker.log(`Session ${this.id} ended without a report: ${e}`);
    } finally {
      this.#worker.ended(this);
    }
  }

  async #handle(handler) {
    try {
      return (await handler(this)) ?? completed('');
    } catch (e) {
      return failed(String(e));
    }
  }

  /** Repeats a call until Sluice has heard it, or the session is lost. */
  async #tell(call, body) {
    for (let failures = 0; ; failures++) {
      let retryAfterMs = 0;
      try {
        const answer = await this.#once(call, body);
        if (!answer.later || this.#lost) {
          if (answer.status === 403 || answer.status === 404) {
            this.lose();
          }
          return answer;
        }
        retryAfterMs = answer.retryAfterMs;
      } catch (e) {
        if (!(e instanceof NoAnswer) || this.#lost) {
          throw e;
        }
      }
      await sleep(pauseMs(failures, retryAfterMs));
    }
  }

  async #once(call, body) {
    const headers = this.#claim ? { 'X-Sluice-Claim': String(this.#claim) } : {};
    const path = `/api/sessions/${encodeURIComponent(this.id)}/${call}`;
    const answer = await this.#worker.call('POST', path, body, headers);
    this.#claim = Math.max(this.#claim, answer.body.claim?.token ?? 0);
    return answer;
  }
}

/**
 * Takes work from Sluice and runs it, up to `capacity` sessions at a time.
 *
 * It registers, polls, accepts, sends heartbeats, repeats calls that got no answer, refreshes its
 * token, registers again when Sluice doesn't know it, and hands stops and messages to the sessions.
 */
export class Worker {
  #options;
  #transport;
  #running = new Map();
  #drain = new AbortController();
  #over = new AbortController();
  #identity = { id: '', token: '' };
  #signingIn;
  #heartbeatMs = 30_000;

  constructor(options) {
    const name = options.hostname ?? hostname();
    this.#options = {
      hostname: name,
      machineId: name,
      capacity: 1,
      projects: [],
      capabilities: [],
      adopt: [],
      reaped: () => {},
      refuse: () => undefined,
      drainMs: 25_000,
      drainOnExit: true,
      log: console.error,
      ...options,
    };
    this.#transport = new Transport(options.url);
  }

  get draining() {
    return this.#drain.signal.aborted;
  }

  async run(handler) {
    const drain = () => this.drain();
    if (this.#options.drainOnExit) {
      process.on('SIGTERM', drain).on('SIGINT', drain);
    }
    let beats;
    try {
      await this.#begin(handler);
      beats = this.#beatAlways();
      await this.#pollUntilDrained(handler);
    } finally {
      this.#over.abort();
      await beats;
      await this.#leave();
      process.off('SIGTERM', drain).off('SIGINT', drain);
    }
  }

  drain() {
    this.#drain.abort();
  }

  refusal(item) {
    return this.draining ? 'The worker is draining' : this.#options.refuse(item);
  }

  log(line) {
    this.#options.log(line);
  }

  ended(session) {
    if (this.#running.get(session.id) === session) {
      this.#running.delete(session.id);
    }
  }

  async #begin(handler) {
    let verdicts = {};
    for (let failures = 0; !this.draining; failures++) {
      try {
        verdicts = await this.#register(this.#identity);
        break;
      } catch (e) {
        this.#require(e);
        this.log(`Registering failed: ${e.message}`);
        await sleep(pauseMs(failures), this.#drain.signal);
      }
    }
    for (const id of this.#options.adopt) {
      if (verdicts[id] === 'keep' || verdicts[id] === 'adopt') {
        this.#start(handler, id, await this.#itemOf(id), true, 0);
      } else {
        this.#options.reaped(id);
      }
    }
  }

  async #itemOf(id) {
    try {
      const answer = await this.call('GET', `/api/daemon/sessions/${encodeURIComponent(id)}`);
      return answer.ok ? answer.body : { sessionId: id };
    } catch (e) {
      this.#require(e);
      return { sessionId: id };
    }
  }

  async #pollUntilDrained(handler) {
    this.#drain.signal.addEventListener('abort', () => this.#endPoll(handler));
    let failures = 0;
    let end = Infinity;
    while (!this.draining || this.#running.size > 0) {
      if (this.draining && end === Infinity) {
        end = Date.now() + this.#options.drainMs;
      }
      if (Date.now() > end) {
        return;
      }
      try {
        const wait = this.draining ? 'wait=1' : `wait=${POLL_SECONDS}&slots=now`;
        const answer = await this.call('GET', `/api/workers/{id}/poll?${wait}`);
        if (answer.ok) {
          failures = 0;
          this.#take(handler, answer.body);
        } else {
          this.log(`A poll failed: ${new SluiceError(answer).message}`);
          await this.#pause(failures++, answer.retryAfterMs);
        }
      } catch (e) {
        this.#require(e);
        this.log(`A poll got no answer: ${e.message}`);
        await this.#pause(failures++, 0);
        // Its answer may have brought work. Two heartbeats without that work let it return at once.
        await this.#beat();
        await this.#beat();
      }
    }
  }

  /** Another poll ends the one that waits. */
  async #endPoll(handler) {
    await this.#beat();
    try {
      this.#take(handler, (await this.call('GET', '/api/workers/{id}/poll?wait=0')).body);
    } catch (e) {
      this.log(`A poll failed: ${e.message}`);
    }
  }

  async #pause(failures, retryAfterMs) {
    const ms = pauseMs(failures, retryAfterMs);
    await (this.draining ? sleep(Math.min(ms, 1000)) : sleep(ms, this.#drain.signal));
  }

  #take(handler, poll) {
    for (const item of poll.work ?? []) {
      this.#start(handler, item.sessionId, item, false, poll.claims?.[item.sessionId]?.token ?? 0);
    }
    for (const [id, messages] of Object.entries(poll.inboxMessages ?? {})) {
      messages.forEach((message) => this.#running.get(id)?.hear(message));
    }
  }

  #start(handler, id, item, adopted, claim) {
    const before = this.#running.get(id);
    before?.lose();
    const session = new Session(this, id, item, adopted, claim);
    this.#running.set(id, session);
    session.begin(handler, before);
  }

  async #beatAlways() {
    while (!this.#over.signal.aborted) {
      await sleep(this.#heartbeatMs * 0.9, this.#over.signal);
      if (!this.#over.signal.aborted) {
        await this.#beat();
        await Promise.all([...this.#running.values()].map((session) => this.#refresh(session)));
      }
    }
  }

  async #refresh(session) {
    try {
      await session.refresh();
    } catch (e) {
      this.log(`A lock-refresh failed: ${e.message}`);
    }
  }

  async #beat() {
    const held = new Map(this.#running);
    const body = { activeCount: held.size, sessions: [...held.keys()] };
    if (this.draining) {
      body.status = 'draining';
    }
    try {
      const answer = await this.call('POST', '/api/workers/{id}/heartbeat', body);
      await this.#reap(answer.body.sessions ?? {}, held);
    } catch (e) {
      this.log(`A heartbeat failed: ${e.message}`);
    }
  }

  /** A session that began after the list was made isn't meant. */
  async #reap(verdicts, held) {
    for (const [id, session] of held) {
      if (verdicts[id] === 'reap') {
        await this.#refresh(session); // tells a stop, whose end is reported
        if (!session.signal.aborted) {
          session.lose();
        }
      }
    }
  }

  /** Sessions that still run return to the queue. */
  async #leave() {
    this.#running.forEach((session) => session.lose());
    if (this.#identity.id) {
      try {
        await this.call('DELETE', '/api/workers/{id}');
      } catch (e) {
        this.log(`Deregistering failed: ${e.message}`);
      }
    }
  }

  /**
   * Makes a call as this worker, and again with a new token, or as a new worker, if Sluice wants
   * one. `{id}` in the path stands for the id of the worker.
   */
  async call(method, path, body = {}, headers = {}) {
    for (let signIns = 0; ; signIns++) {
      const used = this.#identity;
      const signed = { ...body, workerId: used.id };
      const answer = await this.#transport.call(method, path.replace('{id}', used.id), used.token, signed, headers);
      const gone = GONE.includes(answer.body.code);
      if ((answer.status !== 401 && !gone) || signIns === SIGN_INS || method === 'DELETE') {
        return answer;
      }
      await this.#signIn(used, gone);
    }
  }

  /** Several calls may find at once that the token is no longer good. */
  async #signIn(used, gone) {
    if (this.#identity === used) {
      this.#signingIn ??= this.#newIdentity(used, gone).finally(() => (this.#signingIn = undefined));
      await this.#signingIn;
    }
  }

  async #newIdentity(used, gone) {
    if (!gone) {
      const path = `/api/workers/${used.id}/refresh-token`;
      const answer = await this.#transport.call('POST', path, this.#options.token);
      if (answer.ok) {
        this.#identity = this.#identityOf(answer.body);
        return;
      }
      if (answer.later) {
        throw new NoAnswer(new SluiceError(answer).message);
      }
    }
    const held = new Map(this.#running);
    const verdicts = await this.#register(used);
    for (const [id, session] of held) {
      if (verdicts[id] === 'reap') {
        session.lose();
      }
    }
  }

  async #register(used) {
    const { hostname, machineId, capacity, projects, capabilities, adopt, token } = this.#options;
    const sessions = [...this.#running.keys(), ...(used.id ? [] : adopt)];
    const body = { hostname, machineId, capacity, projects, capabilities, sessions };
    const answer = await this.#transport.call('POST', '/api/workers/register', token, body);
    if (answer.later) {
      throw new NoAnswer(new SluiceError(answer).message);
    }
    if (!answer.ok) {
      throw new SluiceError(answer);
    }
    this.#identity = this.#identityOf(answer.body);
    this.#heartbeatMs = Math.max(100, answer.body.heartbeatInterval);
    return answer.body.sessions ?? {};
  }

  /** A worker with a legacy key has no token of its own. */
  #identityOf(body) {
    return { id: body.workerId, token: body.runtimeToken ?? this.#options.token };
  }

  /** Everything but a missing answer ends the worker. */
  #require(e) {
    if (!(e instanceof NoAnswer)) {
      throw e;
    }
  }
}
