package dev.sluice.admin.activity;

import dev.sluice.admin.view.Links;
import dev.sluice.backend.audit.AuditLine;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The words of an audit entry; an unknown verb is shown as is. */
record AuditWords(String did, @Nullable String what, String detail) {

  private static final String SESSION = "session";
  private static final String WORKER = "worker";
  private static final String PROJECT = "project";
  private static final String KEY = "key";
  private static final String WEBHOOK = "webhook";
  private static final String FINDING = "finding";
  private static final String ORDER = "stop order";
  private static final String CLOSURE = "closure";

  private static final Map<String, Verb> VERBS =
      Map.ofEntries(
          Map.entry("reprioritise", new Verb("set the priority of", SESSION)),
          Map.entry("front", new Verb("moved to the front", SESSION)),
          Map.entry("stop", new Verb("stopped", SESSION)),
          Map.entry("requeue", new Verb("requeued", SESSION)),
          Map.entry("send", new Verb("sent a message to", SESSION)),
          Map.entry("cut-cost", new Verb("reported too high a cost of", SESSION)),
          Map.entry("look", new Verb("viewed the item of", SESSION)),
          Map.entry("stop-many", new Verb("stopped sessions,", ORDER)),
          Map.entry("bulk", new Verb("acted on selected work,", null)),
          Map.entry("pause", new Verb("paused", PROJECT)),
          Map.entry("resume", new Verb("resumed", PROJECT)),
          Map.entry("limit", new Verb("limited", PROJECT)),
          Map.entry("drain", new Verb("drained", WORKER)),
          Map.entry("undrain", new Verb("undrained", WORKER)),
          Map.entry("note", new Verb("noted on", WORKER)),
          Map.entry("protect", new Verb("protected", WORKER)),
          Map.entry("unprotect", new Verb("ended the protection of", WORKER)),
          Map.entry("deregister", new Verb("deregistered", WORKER)),
          Map.entry("acknowledge", new Verb("acknowledged", FINDING)),
          Map.entry("mute", new Verb("muted", FINDING)),
          Map.entry("unmute", new Verb("unmuted", FINDING)),
          Map.entry("mint", new Verb("minted", KEY)),
          Map.entry("revoke", new Verb("revoked", KEY)),
          Map.entry("add-webhook", new Verb("added", WEBHOOK)),
          Map.entry("remove-webhook", new Verb("removed", WEBHOOK)),
          Map.entry("test-webhook", new Verb("tested", WEBHOOK)),
          Map.entry("rotate-secret", new Verb("gave another secret to", WEBHOOK)),
          Map.entry("replay-event", new Verb("replayed an event to", WEBHOOK)),
          Map.entry("sweep", new Verb("swept", "org")),
          Map.entry("close", new Verb("closed the org,", CLOSURE)),
          Map.entry("open", new Verb("opened the org,", CLOSURE)),
          Map.entry("export", new Verb("exported the org,", CLOSURE)),
          Map.entry("raise-layout", new Verb("raised the", "stored data's")),
          Map.entry("accept-loss", new Verb("accepted a loss of the", null)),
          Map.entry("denied", new Verb("was denied", null)));

  private record Verb(String did, @Nullable String what) {}

  static AuditWords of(AuditLine line) {
    Verb verb = VERBS.getOrDefault(line.verb(), new Verb(line.verb(), null));
    return new AuditWords(did(line, verb), verb.what(), detail(line));
  }

  boolean ofSession() {
    return SESSION.equals(what);
  }

  /** Returns null for an object without a page. */
  @Nullable String link(String object, Links links) {
    if (what == null || did.equals("deregistered")) {
      return null;
    }
    return switch (what) {
      case SESSION -> links.session(object);
      case WORKER -> links.worker(object);
      case PROJECT -> links.queue(object);
      case ORDER -> links.stop(object);
      default -> null;
    };
  }

  private static String did(AuditLine line, Verb verb) {
    if (line.verb().equals("look")) {
      return "viewed the " + line.detail() + " of";
    }
    if (!line.verb().equals("stop")) {
      return verb.did();
    }
    return switch (line.detail()) {
      case "was dead" -> "discarded";
      case "was ready", "was parked", "was later", "was returned" -> "cancelled";
      default -> verb.did();
    };
  }

  private static String detail(AuditLine line) {
    String detail = line.detail();
    return switch (line.verb()) {
      case "look" -> "";
      case "deregister" -> detail.replaceFirst("^returned (\\d+)$", "sessions returned: $1");
      case "limit" -> limits(detail);
      default -> detail;
    };
  }

  private static String limits(String detail) {
    return detail.equals("none")
        ? "no limits"
        : detail
            .replaceFirst("maxConcurrent (\\d+)", "at most $1 at a time")
            .replaceFirst("dailyBudgetUsd ([0-9.]+)", "\\$$1 a day");
  }
}
