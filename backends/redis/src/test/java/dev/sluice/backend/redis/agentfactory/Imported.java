package dev.sluice.backend.redis.agentfactory;

import dev.sluice.backend.redis.server.RedisServerProcess;
import dev.sluice.backend.transfer.ForeignStore;
import dev.sluice.backend.transfer.ForeignStore.Unmapped;
import dev.sluice.backend.transfer.MessageCopy;
import dev.sluice.backend.transfer.OrgRecord;
import dev.sluice.backend.transfer.SessionCopy;
import dev.sluice.backend.transfer.WorkerCopy;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.ServiceLoader;
import java.util.stream.Stream;

/** The outcome of a read. */
public record Imported(List<OrgRecord> records, List<Unmapped> unmapped) {

  public static Imported of(RedisServerProcess server) {
    List<OrgRecord> records = new ArrayList<>();
    List<Unmapped> unmapped = new ArrayList<>();
    reader().read(server.uri(), records::add, unmapped::add);
    return new Imported(records, unmapped);
  }

  /** As the service finds it. */
  static ForeignStore reader() {
    return ServiceLoader.load(ForeignStore.class).stream()
        .map(ServiceLoader.Provider::get)
        .filter(store -> store.name().equals("agentfactory"))
        .findFirst()
        .orElseThrow();
  }

  public <T extends OrgRecord> List<T> all(Class<T> kind) {
    return records.stream().filter(kind::isInstance).map(kind::cast).toList();
  }

  Map<String, SessionCopy> sessions() {
    Map<String, SessionCopy> sessions = new LinkedHashMap<>();
    all(SessionCopy.class).forEach(session -> sessions.put(session.id(), session));
    return sessions;
  }

  SessionCopy session(String id) {
    return Objects.requireNonNull(sessions().get(id), id);
  }

  public List<MessageCopy> messages(String session) {
    return all(MessageCopy.class).stream()
        .filter(message -> message.sessionId().equals(session))
        .toList();
  }

  WorkerCopy worker(String id) {
    return all(WorkerCopy.class).stream()
        .filter(worker -> worker.registration().workerId().equals(id))
        .findFirst()
        .orElseThrow();
  }

  /** The lines about a key as text. */
  List<String> about(String key) {
    return lines().filter(line -> line.startsWith(key + " ")).toList();
  }

  Stream<String> lines() {
    return unmapped.stream().map(each -> each.key() + " " + each.reason());
  }
}
