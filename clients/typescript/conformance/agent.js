// Carries out the verbs of clients/conformance by this library: reads one as JSON from each line of
// standard input, and prints its result.
import { createInterface } from 'node:readline';
import { Sluice, SluiceError, Worker, completed, failed, verifyWebhook } from '../src/index.js';

const [url, key, token] = process.argv.slice(2);
const sluice = new Sluice(url, key);
const runs = {};
const latest = {};
const released = new Set();
const refused = new Set();
const reaped = [];
let workerEnded;

const sleep = (ms) => new Promise((done) => setTimeout(done, ms));
const problem = ({ status, code, field }) => ({ failed: { status, code, field } });

async function until(condition) {
  while (!condition()) {
    await sleep(20);
  }
}

async function releaseOf({ id, signal }) {
  await until(() => released.has(id) || signal.aborted);
  signal.throwIfAborted();
}

async function handle(session) {
  const { id, item } = session;
  runs[id] = (runs[id] ?? 0) + 1;
  latest[id] = session;
  switch (item.then) {
    case 'complete':
      await session.progress('Saying hello');
      await session.activity('thought', 'Hello is a greeting');
      return completed('Said hello', { totalCostUsd: 0.25 });
    case 'echo':
      return completed(item.prompt);
    case 'fail':
      return failed('No luck');
    case 'message': {
      const { payload } = await session.nextMessage(60_000);
      await releaseOf(session);
      return completed(payload);
    }
    case 'hold':
      await releaseOf(session);
      return completed('Released');
    case 'endOnDrain':
      await until(() => session.draining);
      return completed('Drained');
    default:
      throw new Error('Boom');
  }
}

function refuse(item) {
  if (item.refuse && !refused.has(item.sessionId)) {
    refused.add(item.sessionId);
    return item.refuse;
  }
}

const verbs = {
  enqueue: ({ item }) => sluice.enqueue(item),
  enqueueAll: async ({ items }) => ({ results: await sluice.enqueueAll(items) }),
  enqueueMany: async ({ count, item }) => {
    const results = await sluice.enqueueAll(Array(count).fill(item));
    return { accepted: results.filter((result) => 'state' in result).length };
  },
  enqueueBatch: ({ items, key }) => sluice.enqueueBatch(items, key),
  getBatch: ({ id }) => sluice.getBatch(id),
  waitForBatch: ({ id }) => sluice.waitForBatch(id),
  waitForEnd: ({ id }) => sluice.waitForEnd(id),
  followUntilRunning: async ({ id }) => {
    let lastSeen;
    for await (const work of sluice.follow(id)) {
      if (work.place === 'ended') {
        return { lastSeen, end: work };
      }
      lastSeen = work.state;
      if (lastSeen === 'running') {
        released.add(id);
      }
    }
  },
  send: ({ id, type, payload }) => sluice.send(id, type, payload),
  stop: ({ id, reason }) => sluice.stop(id, reason),
  work: (verb) => {
    const { projects, capacity, machineId = projects[0], adopt, drainMs = 25_000 } = verb;
    const worker = new Worker({
      url, token: verb.key ?? token, projects, capacity: capacity ?? 1, machineId, adopt: adopt ?? [], drainMs, refuse,
      reaped: (id) => reaped.push(id),
    });
    workerEnded = worker.run(handle).then(
      () => process.exit(0), // after a drain
      (e) => problem(e),
    );
    return {};
  },
  waitForRuns: async ({ id, runs: count }) => {
    await until(() => (runs[id] ?? 0) >= count);
    return { runs: runs[id], adopted: latest[id].adopted, prompt: latest[id].item.prompt, reaped };
  },
  waitForWorker: () => workerEnded,
  release: ({ id }) => {
    released.add(id);
    return {};
  },
  verify: ({ secret, id, timestamp, signature, body, now }) => ({
    valid: verifyWebhook(secret, id, timestamp, signature, body, now),
  }),
};

for await (const line of createInterface({ input: process.stdin })) {
  const verb = JSON.parse(line);
  let result;
  try {
    result = await verbs[verb.do](verb);
  } catch (e) {
    if (!(e instanceof SluiceError)) {
      throw e;
    }
    result = problem(e);
  }
  console.log(JSON.stringify(result));
}
process.exit(0);
