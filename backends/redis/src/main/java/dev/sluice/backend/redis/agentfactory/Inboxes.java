package dev.sluice.backend.redis.agentfactory;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.backend.inbox.Lane;
import dev.sluice.backend.inbox.MessageType;
import dev.sluice.backend.work.Place;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.StreamEntryID;
import redis.clients.jedis.resps.StreamEntry;
import redis.clients.jedis.resps.StreamPendingEntry;

/** The inboxes, which the other server has by agent, split by session. */
final class Inboxes {

  private static final String GROUP = "inbox-readers";
  private static final String CONSUMER = "worker:";
  private static final String DATA = "data";

  private final Source source;
  private final Map<String, Draft> drafts;
  private final Fleet fleet;
  private final long now;
  private final Findings findings;
  private final Map<String, List<Mail>> bySession = new HashMap<>();
  private int acknowledged;

  private Inboxes(
      Source source, Map<String, Draft> drafts, Fleet fleet, long now, Findings findings) {
    this.source = source;
    this.drafts = drafts;
    this.fleet = fleet;
    this.now = now;
    this.findings = findings;
  }

  /**
   * Returns the messages by session, in the order of their streams. Stops claimed sessions that
   * have a stop.
   */
  static Map<String, List<Mail>> read(
      Source source,
      Keys keys,
      Map<String, Draft> drafts,
      Fleet fleet,
      long now,
      Findings findings) {
    Inboxes inboxes = new Inboxes(source, drafts, fleet, now, findings);
    keys.of(Family.ARCHIVE_URGENT).forEach(key -> inboxes.stream(key, Lane.URGENT));
    keys.of(Family.ARCHIVE_NORMAL).forEach(key -> inboxes.stream(key, Lane.NORMAL));
    keys.of(Family.INBOX_URGENT).forEach(key -> inboxes.stream(key, Lane.URGENT));
    keys.of(Family.INBOX_NORMAL).forEach(key -> inboxes.stream(key, Lane.NORMAL));
    keys.of(Family.PROMPTS).forEach(inboxes::oldPrompts);
    if (inboxes.acknowledged > 0) {
      findings.leftOut("agent:inbox:*", inboxes.acknowledged + " acknowledged messages");
    }
    return inboxes.bySession;
  }

  private void stream(String key, Lane lane) {
    Source.Stream stream = source.stream(key, GROUP);
    if (stream == null) {
      findings.gone(key);
      return;
    }
    Map<StreamEntryID, StreamPendingEntry> pending = new HashMap<>(stream.pending());
    for (StreamEntry entry : stream.entries()) {
      StreamEntryID id = entry.getID();
      StreamPendingEntry reading = pending.remove(id);
      StreamEntryID lastRead = stream.lastRead();
      if (reading == null && lastRead != null && id.compareTo(lastRead) <= 0) {
        acknowledged++;
      } else {
        String part = Findings.part(key, id.toString());
        String data = entry.getFields().get(DATA);
        add(part, lane, data == null ? null : Json.object(data), id, reading);
      }
    }
    pending
        .keySet()
        .forEach(id -> findings.leftOut(Findings.part(key, id.toString()), "its text was trimmed"));
  }

  private void add(
      String part,
      Lane lane,
      @Nullable ObjectNode json,
      StreamEntryID id,
      @Nullable StreamPendingEntry reading) {
    String problem = Mail.problem(json);
    if (problem != null || json == null) {
      findings.leftOut(part, String.valueOf(problem));
      return;
    }
    add(
        new Mail(
            part,
            requireNonNull(Json.text(json, "sessionId")),
            lane,
            requireNonNull(Mail.type(json)),
            requireNonNull(Json.text(json, "payload")),
            Mail.user(json, "userId"),
            Mail.user(json, "userName"),
            Math.min(now, id.getTime()),
            id.getSequence(),
            reading != null,
            reading == null ? 0 : now - reading.getIdleTime(),
            reading == null ? null : reader(reading.getConsumerName())));
  }

  private @Nullable String reader(String consumer) {
    String worker = consumer.startsWith(CONSUMER) ? consumer.substring(CONSUMER.length()) : "";
    return fleet.has(worker) ? worker : null;
  }

  /** Prompts of very old versions, each read by its worker once. */
  private void oldPrompts(String key) {
    int index = 0;
    for (String text : source.list(key)) {
      String part = Findings.part(key, String.valueOf(index++));
      ObjectNode json = Json.object(text);
      String prompt = json == null ? null : Json.text(json, "prompt");
      if (json == null || prompt == null) {
        findings.leftOut(part, "it is no JSON object with a prompt");
        continue;
      }
      ObjectNode message = json.deepCopy();
      message.put("type", MessageType.DIRECTIVE.wire());
      message.put("sessionId", Family.PROMPTS.id(key));
      message.put("payload", prompt);
      long at = Json.time(json, "createdAt");
      add(part, Lane.URGENT, message, new StreamEntryID(at == 0 ? now : at, 0), null);
    }
  }

  private void add(Mail mail) {
    Draft draft = drafts.get(mail.session());
    if (draft == null) {
      findings.leftOut(mail.key(), "its session is unknown");
    } else if (mail.type() == MessageType.STOP) {
      addStop(mail, draft);
    } else {
      to(mail.session()).add(mail);
    }
  }

  /** A stop is for one run: it stays only with a claim that it followed. */
  private void addStop(Mail mail, Draft draft) {
    if (draft.place() != Place.CLAIMED) {
      findings.leftOut(mail.key(), "a stop of a session that is " + draft.place().wire());
    } else if (mail.atMs() < draft.claimedAt()) {
      findings.leftOut(mail.key(), "a stop older than the claim");
    } else if (to(mail.session()).stream().anyMatch(each -> each.type() == MessageType.STOP)) {
      findings.leftOut(mail.key(), "its session has another stop");
    } else {
      draft.stopping();
      to(mail.session()).add(mail.inLane(Lane.URGENT));
    }
  }

  private List<Mail> to(String session) {
    return bySession.computeIfAbsent(session, each -> new ArrayList<>());
  }
}
