/** The README's first worker by a generated client: enqueue, register, poll, report, read. */
import {
    ApiErrorFromJSON,
    Configuration,
    ReportsApi,
    ResponseError,
    State,
    StatusReportStatusEnum,
    WorkApi,
    WorkersApi,
} from './client';

declare const process: { argv: string[] };
const [url, apiKey, registrationToken] = process.argv.slice(2);

function configuration(accessToken: string): Configuration {
    return new Configuration({ basePath: url, accessToken });
}

function check(holds: boolean | undefined, what: unknown): void {
    if (!holds) {
        throw new Error(JSON.stringify(what));
    }
}

async function flow(): Promise<void> {
    const work = new WorkApi(configuration(apiKey));
    const queued = await work.enqueue({
        enqueueRequest: { sessionId: 'typescript', prompt: 'Say hello', projectName: 'typescript' },
    });
    check(queued.sessionId === 'typescript' && queued.state === State.Pending, queued);

    const item = { sessionId: 'typescript', prompt: 'Say hello', projectName: 'typescript' };
    const bulk = await work.enqueue({ enqueueRequest: { items: [item, { projectName: 'typescript' }] } });
    check(bulk.results?.[0].duplicate && bulk.results[1].code === 'invalid-field', bulk);

    const registered = await new WorkersApi(configuration(registrationToken)).registerWorker({
        registration: { hostname: 'my-machine', capacity: 2, projects: ['typescript'] },
    });
    const worker = configuration(registered.runtimeToken ?? '');
    const workers = new WorkersApi(worker);
    const id = registered.workerId;
    await workers.heartbeat({ id, heartbeat: { activeCount: 0 } });

    const poll = await workers.poll({ id, wait: 5 });
    const polled = poll.work[0];
    check(polled.sessionId === 'typescript' && polled.prompt === 'Say hello', poll);
    check(poll.claims['typescript'].token > 0, poll);

    const reported = await new ReportsApi(worker).reportStatus({
        id: polled.sessionId,
        statusReport: {
            workerId: id,
            status: StatusReportStatusEnum.Completed,
            summary: 'Hello!',
            totalCostUsd: 0.5,
        },
    });
    check(reported.updated && reported.session.status === State.Completed, reported);

    const ended = await work.getWork({ id: 'typescript' });
    check(ended.place === 'ended' && ended.state === State.Completed, ended);
    check(ended.result?.summary === 'Hello!' && ended.result.totalCostUsd === 0.5, ended);

    try {
        await work.getWork({ id: 'unheard-of' });
        check(false, 'found');
    } catch (refused) {
        check(refused instanceof ResponseError && refused.response.status === 404, refused);
        const error = ApiErrorFromJSON(await (refused as ResponseError).response.json());
        check(error.code === 'session-not-found', error);
    }
    console.log('done');
}

void flow();
