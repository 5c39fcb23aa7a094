package dev.sluice.service.parts;

import dev.sluice.backend.nodes.NodeInfo;
import dev.sluice.backend.store.QueueBackend;
import dev.sluice.service.api.PublicIds;
import dev.sluice.service.api.items.BatchItems;
import dev.sluice.service.api.items.Retry;
import dev.sluice.service.auth.http.OpenCalls;
import dev.sluice.service.auth.secrets.ClaimAttempts;
import dev.sluice.service.auth.secrets.SealedCursors;
import dev.sluice.service.auth.secrets.Secrets;
import dev.sluice.service.config.FixedSettings;
import dev.sluice.service.config.Intervals;
import dev.sluice.service.control.StopReceipts;
import dev.sluice.service.events.StreamSlots;
import dev.sluice.service.openapi.OpenApiDocument;
import dev.sluice.service.resources.BoundCounts;
import dev.sluice.service.resources.Enqueuer;
import dev.sluice.service.resources.ProjectBounds;
import dev.sluice.service.resources.SessionContent;
import dev.sluice.service.resources.open.CliResource;
import dev.sluice.service.resources.open.DocumentationResource;
import dev.sluice.service.resources.open.EmbedResource;
import dev.sluice.service.resources.open.HomeResource;
import dev.sluice.service.resources.open.LoginResource;
import dev.sluice.service.resources.open.PublicResource;
import dev.sluice.service.resources.open.PublicSessionResource;
import dev.sluice.service.resources.open.TaskResource;
import dev.sluice.service.resources.operator.AuditResource;
import dev.sluice.service.resources.operator.BulkResource;
import dev.sluice.service.resources.operator.DeadResource;
import dev.sluice.service.resources.operator.DrainResource;
import dev.sluice.service.resources.operator.EventResource;
import dev.sluice.service.resources.operator.FindingResource;
import dev.sluice.service.resources.operator.HistoryResource;
import dev.sluice.service.resources.operator.HostResource;
import dev.sluice.service.resources.operator.KeyResource;
import dev.sluice.service.resources.operator.OrgResource;
import dev.sluice.service.resources.operator.QueueResource;
import dev.sluice.service.resources.operator.RequeueResource;
import dev.sluice.service.resources.operator.SessionListResource;
import dev.sluice.service.resources.operator.StopsResource;
import dev.sluice.service.resources.operator.TransferResource;
import dev.sluice.service.resources.operator.UnreadResource;
import dev.sluice.service.resources.operator.WebhookResource;
import dev.sluice.service.resources.operator.WorkerListResource;
import dev.sluice.service.resources.producer.BatchResource;
import dev.sluice.service.resources.producer.WorkBatchResource;
import dev.sluice.service.resources.producer.WorkOrderResource;
import dev.sluice.service.resources.producer.WorkResource;
import dev.sluice.service.resources.worker.ActivityResource;
import dev.sluice.service.resources.worker.DaemonResource;
import dev.sluice.service.resources.worker.Heartbeats;
import dev.sluice.service.resources.worker.InboxResource;
import dev.sluice.service.resources.worker.OwnershipResource;
import dev.sluice.service.resources.worker.PollResource;
import dev.sluice.service.resources.worker.QueuedSessionResource;
import dev.sluice.service.resources.worker.Registrar;
import dev.sluice.service.resources.worker.RegistrationResource;
import dev.sluice.service.resources.worker.SessionResource;
import dev.sluice.service.resources.worker.TrackerResource;
import dev.sluice.service.resources.worker.WorkerResource;
import dev.sluice.service.webhooks.WebhookCalls;
import dev.sluice.service.webhooks.WebhookSecrets;
import dev.sluice.service.webhooks.WebhookSender;
import java.time.Clock;
import java.util.List;
import org.glassfish.jersey.server.ResourceConfig;

/** The resources, by who calls them. */
public final class Api {

  private final Node node;
  private final Access access;
  private final Dispatch dispatch;
  private final QueueBackend backend;
  private final Clock clock;
  private final PublicIds publicIds;
  private final ClaimAttempts attempts;
  final ProjectBounds bounds;
  private final SessionContent content;
  private final Enqueuer enqueuer;
  private final Registrar registrar;
  private final Heartbeats heartbeats;
  final StopReceipts stops;
  final WebhookCalls webhooks;

  public Api(Node node, Access access, Dispatch dispatch) {
    this.node = node;
    this.access = access;
    this.dispatch = dispatch;
    backend = node.backend();
    clock = node.clock();
    publicIds = new PublicIds(node.settings().publicFamily().salt());
    attempts = new ClaimAttempts(access.signingKeys);
    bounds = new ProjectBounds(backend.sessions(), backend.workers());
    content = new SessionContent(backend.sessions(), access.standings, backend.audit());
    enqueuer = new Enqueuer(backend, clock, publicIds, node.settings().attestedOrgs());
    registrar =
        new Registrar(
            backend.workers(), access.tokens, node.settings().intervals(), access.admission);
    heartbeats = new Heartbeats(backend.workers(), backend.credentials(), access.standings);
    WebhookSender sender =
        new WebhookSender(
            backend,
            new WebhookSecrets(access.signingKeys),
            dispatch.events,
            clock,
            node.settings().webhooks().allowPrivate());
    node.environment().lifecycle().manage(sender);
    webhooks = new WebhookCalls(sender, backend.audit());
    stops = new StopReceipts(backend, node.monitoring().meters().lateReports()::of);
  }

  /** Some of their calls are also served without the servlet container. */
  public List<Object> direct() {
    Intervals intervals = node.settings().intervals();
    return List.of(
        new RegistrationResource(backend.workers(), registrar),
        new PollResource(
            dispatch.polls,
            backend.workers(),
            dispatch.credentials,
            attempts,
            node.settings().limits().itemsPerPoll(),
            intervals.held()),
        new WorkerResource(backend.workers(), heartbeats, dispatch.control, bounds, clock),
        new SessionResource(
            backend.sessions(),
            bounds,
            content,
            attempts,
            node.settings().limits().statuses(),
            new Retry(node.settings().retry())),
        new OwnershipResource(backend, access.standings),
        new ActivityResource(backend.sessions()),
        new InboxResource(backend.sessions(), backend.inboxes(), bounds),
        new WorkResource(
            enqueuer, backend.sessions(), dispatch.followed, dispatch.snapshots, bounds, clock));
  }

  public void register(ResourceConfig jersey) {
    jersey.register(
        new DaemonResource(
            backend.workers(), heartbeats, registrar, access.verifier, access.admission, clock));
    jersey.register(
        new QueuedSessionResource(backend.sessions(), backend.workers(), backend.audit()));
    jersey.register(new TrackerResource(backend.sessions(), backend.workers(), content));
    registerProducers(jersey);
    registerOperators(jersey);
    registerPeople(jersey);
  }

  private void registerProducers(ResourceConfig jersey) {
    jersey.register(new WorkBatchResource(enqueuer, backend.sessions(), dispatch.followed));
    jersey.register(new WorkOrderResource(backend, bounds, cursors("work")));
    jersey.register(
        new BatchResource(backend.batch(), new BatchItems(() -> "bat_" + Secrets.randomHex(12))));
  }

  private void registerOperators(ResourceConfig jersey) {
    jersey.register(
        new WorkerListResource(
            backend.workers(),
            new BoundCounts(backend),
            dispatch.snapshots,
            cursors("workers"),
            clock));
    jersey.register(new SessionListResource(backend.sessions(), cursors("sessions"), clock));
    jersey.register(new RequeueResource(backend.sessions(), bounds));
    jersey.register(new DeadResource(backend.sessions(), bounds, cursors("dead")));
    jersey.register(new DrainResource(backend.workers(), bounds, clock));
    jersey.register(new UnreadResource(backend.inboxes(), backend.sessions(), cursors("inbox")));
    jersey.register(new BulkResource(dispatch.control, cursors("bulk")));
    jersey.register(new HostResource(dispatch.control));
    jersey.register(
        new QueueResource(backend.queues(), dispatch.control, cursors("queues"), clock));
    jersey.register(new AuditResource(backend.audit()));
    jersey.register(
        new EventResource(
            dispatch.events,
            new StreamSlots(
                FixedSettings.MAX_EVENT_STREAMS, FixedSettings.MAX_EVENT_STREAMS_OF_ONE),
            access.lasting));
    jersey.register(new WebhookResource(webhooks));
    jersey.register(new HistoryResource(backend.figures(), clock));
    jersey.register(
        new OrgResource(backend.queues(), backend.upkeep(), dispatch.control, cursors("projects")));
    jersey.register(new KeyResource(access.keys, backend.credentials(), clock));
    jersey.register(new TransferResource(backend, publicIds, access.signingKeys::ids, clock));
    jersey.register(new StopsResource(dispatch.control, stops));
    jersey.register(new FindingResource(backend.findings(), clock));
  }

  private void registerPeople(ResourceConfig jersey) {
    jersey.register(new OpenCalls(access.admission, access.visitors));
    jersey.register(new LoginResource(access.logins, access.cookies));
    jersey.register(
        new PublicResource(
            backend, dispatch.snapshots, publicIds, cursors("public sessions"), clock));
    jersey.register(
        new PublicSessionResource(
            backend.sessions(), backend.inboxes(), content, publicIds, clock));
    jersey.register(new TaskResource(backend, enqueuer, publicIds, clock));
    jersey.register(new CliResource(backend.queues()));
    jersey.register(
        new EmbedResource(
            backend.sessions(),
            content,
            node.settings().publicFamily().embeds() ? publicIds : null,
            access.admission));
    jersey.register(
        new HomeResource(
            node.settings().edge().openDocs(), node.settings().edge().openDashboard()));
    if (node.settings().edge().openDocs()) {
      jersey.register(new DocumentationResource(() -> OpenApiDocument.load(NodeInfo.RELEASE)));
    }
  }

  private SealedCursors cursors(String list) {
    return new SealedCursors(access.signingKeys, list);
  }
}
