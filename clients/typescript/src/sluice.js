import { randomUUID } from 'node:crypto';
import { NoAnswer, SluiceError, Transport, pauseMs, sleep } from './transport.js';

const ATTEMPTS = 6;
const MOST_ITEMS = 1000;
const FOLLOW_SECONDS = 25;

const ended = (work) => work.place === 'ended' || work.place === 'dead';

/**
 * Enqueues work and follows it to its end.
 *
 * A call that gets no answer, or 408, 429 or 5xx, is repeated, six times in all. All attempts of a
 * call have the same idempotency key, so none is carried out twice.
 */
export class Sluice {
  #transport;
  #key;

  constructor(url, key) {
    this.#transport = new Transport(url);
    this.#key = key;
  }

  async enqueue(item) {
    return this.#post('/api/work', item);
  }

  async enqueueAll(items) {
    const results = [];
    for (let from = 0; from < items.length; from += MOST_ITEMS) {
      const answer = await this.#post('/api/work', { items: items.slice(from, from + MOST_ITEMS) });
      results.push(...answer.results);
    }
    return results;
  }

  async enqueueBatch(items, idempotencyKey = randomUUID()) {
    return this.#post('/api/batches', { items }, idempotencyKey);
  }

  async getBatch(id) {
    return this.#call('GET', `/api/batches/${encodeURIComponent(id)}`);
  }

  async waitForBatch(id) {
    return this.#until(`/api/batches/${encodeURIComponent(id)}?wait=end`, (batch) => batch.ended);
  }

  async get(id) {
    return this.#call('GET', `/api/work/${encodeURIComponent(id)}`);
  }

  async *follow(id) {
    let work = await this.get(id);
    yield work;
    while (!ended(work)) {
      const path = `/api/work/${encodeURIComponent(id)}?wait=${FOLLOW_SECONDS}&state=${work.state}`;
      const { state, place } = work;
      work = await this.#until(path, (next) => next.state !== state || next.place !== place);
      yield work;
    }
  }

  async waitForEnd(id) {
    return this.#until(`/api/work/${encodeURIComponent(id)}?wait=end`, ended);
  }

  /** A server on which too many calls wait answers at once: then this asks again after a second. */
  async #until(path, isReached) {
    for (;;) {
      const asked = Date.now();
      const answer = await this.#call('GET', path);
      if (isReached(answer)) {
        return answer;
      }
      await sleep(Math.max(0, asked + 1000 - Date.now()));
    }
  }

  async send(id, type, payload) {
    return this.#post(`/api/sessions/${encodeURIComponent(id)}/inbox`, { type, payload });
  }

  async stop(id, reason) {
    return this.#post(`/api/sessions/${encodeURIComponent(id)}/stop`, { reason });
  }

  #post(path, body, idempotencyKey = randomUUID()) {
    return this.#call('POST', path, body, { 'Idempotency-Key': idempotencyKey });
  }

  async #call(method, path, body, headers) {
    for (let failures = 0; ; failures++) {
      const last = failures + 1 === ATTEMPTS;
      let retryAfterMs = 0;
      try {
        const answer = await this.#transport.call(method, path, this.#key, body, headers);
        if (answer.ok) {
          return answer.body;
        }
        if (!answer.later || last) {
          throw new SluiceError(answer);
        }
        retryAfterMs = answer.retryAfterMs;
      } catch (e) {
        if (!(e instanceof NoAnswer) || last) {
          throw e;
        }
      }
      await sleep(pauseMs(failures, retryAfterMs));
    }
  }
}
