const ANSWER_MS = 60_000; // more than a poll is held
const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 30_000;

/** An answer of Sluice that is an error. docs/protocol.md lists the codes. */
export class SluiceError extends Error {
  /** @param {Answer} answer */
  constructor(answer) {
    super(`${answer.status} ${answer.body.code ?? ''}: ${answer.body.message ?? ''}`);
    this.name = 'SluiceError';
    this.status = answer.status;
    this.code = answer.body.code ?? '';
    this.field = answer.body.field ?? '';
  }
}

/** There was no whole answer; the call may have been carried out. */
export class NoAnswer extends Error {}

class Answer {
  constructor(status, body, retryAfterMs) {
    this.status = status;
    this.body = body;
    this.retryAfterMs = retryAfterMs;
  }

  get ok() {
    return this.status >= 200 && this.status < 300;
  }

  /** True if the same call may succeed later. */
  get later() {
    return this.status === 408 || this.status === 429 || this.status >= 500;
  }
}

/** Makes single calls. */
export class Transport {
  /** @param {string} url */
  constructor(url) {
    this.url = url.replace(/\/+$/, '');
  }

  /** Throws NoAnswer if there was no whole answer. */
  async call(method, path, bearer, body = {}, headers = {}) {
    let response;
    let text;
    try {
      response = await fetch(this.url + path, {
        method,
        headers: { Authorization: `Bearer ${bearer}`, 'Content-Type': 'application/json', ...headers },
        body: method === 'POST' ? JSON.stringify(body) : undefined,
        signal: AbortSignal.timeout(ANSWER_MS),
      });
      text = await response.text();
    } catch (e) {
      throw new NoAnswer(`${method} ${path}: ${e.cause?.message ?? e.message}`, { cause: e });
    }
    const seconds = response.headers.get('Retry-After') ?? '';
    const retryAfterMs = /^\d{1,6}$/.test(seconds) ? Number(seconds) * 1000 : 0;
    try {
      return new Answer(response.status, JSON.parse(text), retryAfterMs);
    } catch (e) {
      if (response.ok) {
        throw new NoAnswer(`The answer of ${path} isn't JSON`, { cause: e });
      }
      return new Answer(response.status, { message: text }, retryAfterMs);
    }
  }
}

/**
 * Half a second, doubled with each failure up to 30 s, and at random down to half of it. It is
 * never shorter than what the server asks for.
 */
export function pauseMs(failures, retryAfterMs = 0) {
  const most = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** Math.min(failures, 10));
  return retryAfterMs + most * (0.5 + Math.random() / 2);
}

/** Ends early once one of the signals is aborted. */
export function sleep(ms, ...signals) {
  return new Promise((done) => {
    const end = () => {
      clearTimeout(timer);
      signals.forEach((signal) => signal.removeEventListener('abort', end));
      done();
    };
    const timer = setTimeout(end, ms);
    signals.forEach((signal) => (signal.aborted ? end() : signal.addEventListener('abort', end)));
  });
}
