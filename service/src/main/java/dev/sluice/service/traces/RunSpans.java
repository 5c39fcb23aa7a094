package dev.sluice.service.traces;

import dev.sluice.backend.inbox.AckedMessage;
import dev.sluice.backend.inbox.Message;
import dev.sluice.backend.sessions.Event;
import dev.sluice.backend.sessions.FieldText;
import dev.sluice.backend.sessions.Session;
import dev.sluice.service.api.JsonBody;
import dev.sluice.service.api.items.TraceParent;
import dev.sluice.service.auth.secrets.Secrets;
import dev.sluice.service.errors.ApiException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The spans of the runs of a session: docs/operating.md, "Traces". They never hold a prompt or a
 * text. Their ids follow from the session, so that spans that are made twice are the same ones.
 */
final class RunSpans {

  private static final int TRACE_DIGITS = 32;
  private static final int SPAN_DIGITS = 16;

  private static final int LONGEST_NAME = 128;

  private static final double MICRO = 1_000_000;

  /** An error without a name. */
  private static final String OTHER = "_OTHER";

  /** OpenTelemetry's name for all providers of agents that have none there. */
  private static final Map<String, String> PROVIDERS =
      Map.of("claude", "anthropic", "codex", "openai", "gemini", "gcp.gemini");

  private final String org;
  private final Session session;
  private final @Nullable JsonBody item;
  private final @Nullable TraceParent parent;
  private final String traceId;

  RunSpans(String org, Session session) {
    this.org = org;
    this.session = session;
    item = read(session.item());
    parent = item == null ? null : TraceParent.of(item);
    traceId = parent == null ? hash("trace", 0, TRACE_DIGITS) : parent.traceId();
  }

  /** Null for an item that can't be read. */
  private static @Nullable JsonBody read(String item) {
    try {
      return item.isEmpty() ? null : JsonBody.parse(item);
    } catch (ApiException e) {
      return null;
    }
  }

  /**
   * True if the producer records its trace. Of traces that begin here, a share is recorded.
   *
   * @param share 0 to 1
   */
  boolean sampled(double share) {
    return parent == null
        ? Long.parseLong(traceId.substring(0, 8), 16) < share * (1L << 32)
        : parent.sampled();
  }

  /**
   * @param acknowledged messages of the session, those of other runs too
   * @param last false if the session has been claimed again, and forgot the report of this run
   */
  List<Span> of(Run run, List<AckedMessage> acknowledged, boolean last) {
    List<Span> spans = new ArrayList<>();
    if (run.waitMs() > 0) {
      spans.add(wait(run));
    }
    Event claim = run.claim();
    if (claim != null) {
      spans.add(run(run, claim, last));
      Event started = run.started();
      if (started != null) {
        spans.add(accept(claim, started));
      }
      for (AckedMessage each : acknowledged) {
        if (each.ackedAtMs() >= claim.atMs() && each.ackedAtMs() <= run.end().atMs()) {
          spans.add(message(claim, each));
        }
      }
    }
    return spans;
  }

  private Span wait(Run run) {
    Event claim = run.claim();
    Map<String, Object> attributes = messaging("wait", null);
    String error = null;
    if (claim == null) {
      error = run.end().kind() == Event.Kind.DEAD ? error(run.end()) : null;
      attributes.put("sluice.outcome", outcome(run));
    }
    return span(
        waitId(run),
        waitParent(run),
        null,
        "wait " + session.project(),
        Span.Kind.INTERNAL,
        run.waitMs(),
        claim == null ? run.end().atMs() : claim.atMs(),
        error,
        attributes);
  }

  private Span run(Run run, Event claim, boolean last) {
    Map<String, Object> attributes = messaging("run", "process");
    attributes.put("sluice.outcome", outcome(run));
    String agent = agent();
    attributes.put("gen_ai.operation.name", "invoke_agent");
    attributes.put("gen_ai.conversation.id", session.id());
    put(attributes, "gen_ai.agent.name", agent);
    put(attributes, "gen_ai.request.model", session.subject().model());
    put(attributes, "messaging.client.id", run.worker());
    if (last) {
      report(attributes);
    }
    Run former = run.former();
    Event formerClaim = former == null ? null : former.claim();
    return span(
        runId(claim),
        run.waitMs() > 0 ? waitId(run) : root(),
        formerClaim == null ? null : runId(formerClaim),
        agent == null ? "invoke_agent" : "invoke_agent " + agent,
        Span.Kind.CONSUMER,
        claim.atMs(),
        run.end().atMs(),
        error(run.end()),
        attributes);
  }

  private Span accept(Event claim, Event started) {
    return span(
        hash("accept", claim.seq(), SPAN_DIGITS),
        runId(claim),
        null,
        "accept " + session.project(),
        Span.Kind.CLIENT,
        claim.atMs(),
        started.atMs(),
        null,
        messaging("accept", "receive"));
  }

  private Span message(Event claim, AckedMessage acknowledged) {
    Message message = acknowledged.message();
    Map<String, Object> attributes = messaging("deliver", "receive");
    attributes.put("messaging.message.id", message.id());
    attributes.put("messaging.message.conversation_id", session.id());
    attributes.put("sluice.message.type", message.type().wire());
    attributes.put("sluice.message.lane", message.lane().wire());
    return span(
        hash("message " + message.id(), 0, SPAN_DIGITS),
        runId(claim),
        null,
        "deliver " + message.type().wire(),
        Span.Kind.CLIENT,
        message.createdAtMs(),
        acknowledged.ackedAtMs(),
        acknowledged.undeliverable() == null ? null : "undeliverable",
        attributes);
  }

  private Span span(
      String id,
      @Nullable String parentId,
      @Nullable String linkedId,
      String name,
      Span.Kind kind,
      long startMs,
      long endMs,
      @Nullable String error,
      Map<String, Object> attributes) {
    put(attributes, "error.type", error);
    return new Span(
        traceId, id, parentId, linkedId, name, kind, startMs, endMs, error != null, attributes);
  }

  private Map<String, Object> messaging(String operation, @Nullable String type) {
    Map<String, Object> attributes = new LinkedHashMap<>();
    attributes.put("messaging.system", "sluice");
    attributes.put("messaging.operation.name", operation);
    put(attributes, "messaging.operation.type", type);
    attributes.put("messaging.destination.name", session.project());
    attributes.put("messaging.message.id", session.id());
    attributes.put("sluice.org", org);
    return attributes;
  }

  private void report(Map<String, Object> attributes) {
    String provider = text("provider");
    put(
        attributes,
        "gen_ai.provider.name",
        provider == null ? null : PROVIDERS.getOrDefault(provider, provider));
    put(attributes, "gen_ai.usage.input_tokens", number("inputTokens"));
    put(attributes, "gen_ai.usage.output_tokens", number("outputTokens"));
    if (session.costMicroUsd() > 0) {
      attributes.put("sluice.cost_usd", session.costMicroUsd() / MICRO);
    }
  }

  private @Nullable String text(String field) {
    String json = session.fields().get(field);
    return json == null || json.length() > LONGEST_NAME ? null : FieldText.of(json);
  }

  private @Nullable Long number(String field) {
    String json = session.fields().get(field);
    return json != null && json.matches("\\d{1,18}") ? Long.valueOf(json) : null;
  }

  private static void put(Map<String, Object> attributes, String name, @Nullable Object value) {
    if (value != null && !value.equals("")) {
      attributes.put(name, value);
    }
  }

  /** The agent's card, or else the kind of its work. */
  private @Nullable String agent() {
    if (item == null) {
      return null;
    }
    String card = item.firstLine("agentCardName", LONGEST_NAME);
    String name = card.isEmpty() ? item.firstLine("workType", LONGEST_NAME) : card;
    return name.isEmpty() ? null : name;
  }

  private static String outcome(Run run) {
    if (run.death() != null) {
      return run.death().kind().wire();
    }
    Event end = run.end();
    return switch (end.kind()) {
      case ENDED -> before(String.valueOf(end.detail()), Event.CAUSE);
      case RELEASED -> "stopped";
      default -> end.kind().wire();
    };
  }

  /** Why a run failed; null if it didn't. */
  private static @Nullable String error(Event end) {
    String detail = end.detail() == null ? "" : end.detail();
    return switch (end.kind()) {
      case RELEASED, REQUEUED -> null;
      case ENDED -> {
        if (!detail.startsWith("failed")) {
          yield null;
        }
        int cause = detail.indexOf(Event.CAUSE);
        yield cause < 0 ? OTHER : detail.substring(cause + Event.CAUSE.length());
      }
      case RETURNED -> {
        int remedy = detail.lastIndexOf(Event.CAUSE);
        yield remedy < 0 ? end.kind().wire() : detail.substring(0, remedy);
      }
      case DEAD -> detail.isEmpty() ? OTHER : detail;
      default -> end.kind().wire();
    };
  }

  private static String before(String text, String mark) {
    int at = text.indexOf(mark);
    return at < 0 ? text : text.substring(0, at);
  }

  /** The producer's span, or the first wait of a session whose trace begins here. */
  private String root() {
    return parent == null ? hash("wait", 0, SPAN_DIGITS) : parent.spanId();
  }

  private @Nullable String waitParent(Run run) {
    return parent == null && run.former() == null ? null : root();
  }

  private String waitId(Run run) {
    Run former = run.former();
    return hash("wait", former == null ? 0 : former.end().seq(), SPAN_DIGITS);
  }

  private String runId(Event claim) {
    return hash("run", claim.seq(), SPAN_DIGITS);
  }

  private String hash(String part, long seq, int digits) {
    return Secrets.sha256(
            String.join(
                "\n",
                part,
                String.valueOf(seq),
                org,
                session.id(),
                String.valueOf(session.createdAtMs())))
        .substring(0, digits);
  }
}
