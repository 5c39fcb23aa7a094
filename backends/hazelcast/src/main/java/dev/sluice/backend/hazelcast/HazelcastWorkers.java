package dev.sluice.backend.hazelcast;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.sluice.backend.ClaimedWork;
import dev.sluice.backend.Decided;
import dev.sluice.backend.Heartbeat;
import dev.sluice.backend.Message;
import dev.sluice.backend.PollRequest;
import dev.sluice.backend.PollResult;
import dev.sluice.backend.Registration;
import dev.sluice.backend.Worker;
import dev.sluice.backend.WorkerRef;
import dev.sluice.backend.Workers;
import dev.sluice.backend.hazelcast.operation.Beat;
import dev.sluice.backend.hazelcast.operation.Deregister;
import dev.sluice.backend.hazelcast.operation.FailMissing;
import dev.sluice.backend.hazelcast.operation.FindWorker;
import dev.sluice.backend.hazelcast.operation.Poll;
import dev.sluice.backend.hazelcast.operation.Register;
import dev.sluice.backend.hazelcast.state.MessageRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A worker's life from its registration to its deletion. */
final class HazelcastWorkers implements Workers {

  private static final Logger LOG = LoggerFactory.getLogger(HazelcastWorkers.class);

  private final OrgMap orgs;
  private final Blobs items;
  private final Blobs texts;
  private final Registry registry;

  HazelcastWorkers(OrgMap orgs, Blobs items, Blobs texts, Registry registry) {
    this.orgs = orgs;
    this.items = items;
    this.texts = texts;
    this.registry = registry;
  }

  @Override
  public Decided<Worker> register(String org, Registration registration) {
    registry.noteOrg(org);
    return orgs.call(org, new Register(registration));
  }

  @Override
  public Decided<Long> heartbeat(WorkerRef worker, Heartbeat heartbeat) {
    return orgs.call(worker.org(), new Beat(worker.workerId(), worker.registeredBy(), heartbeat));
  }

  @Override
  public Decided<Worker> find(WorkerRef worker) {
    return orgs.call(worker.org(), new FindWorker(worker.workerId(), worker.registeredBy()));
  }

  @Override
  public Decided<List<String>> deregister(WorkerRef worker) {
    Decided<Deregister.Answer> answer =
        orgs.call(worker.org(), new Deregister(worker.workerId(), worker.registeredBy()));
    return new Decided<>(answer.seq(), answer.value().returned());
  }

  @Override
  public Decided<PollResult> poll(PollRequest request) {
    WorkerRef worker = request.worker();
    Decided<Poll.Answer> answer =
        orgs.call(
            worker.org(),
            new Poll(worker.workerId(), worker.registeredBy(), request.requestId(), request.max()));
    Poll.Answer poll = answer.value();
    return new Decided<>(
        answer.seq(),
        new PollResult(
            work(worker.org(), poll.work()),
            messages(worker.org(), poll.messages()),
            poll.dialect(),
            poll.capabilities()));
  }

  private List<ClaimedWork> work(String org, List<Poll.Claimed> claims) {
    if (claims.isEmpty()) {
      return List.of();
    }
    List<@Nullable String> found =
        items.fetch(
            claims.stream().map(c -> new Blobs.Ref(org, c.sessionId(), c.payload())).toList());
    List<ClaimedWork> work = new ArrayList<>(claims.size());
    for (int i = 0; i < claims.size(); i++) {
      Poll.Claimed claim = claims.get(i);
      String item = found.get(i);
      if (item == null) {
        fail(org, claim);
      } else {
        work.add(new ClaimedWork(claim.sessionId(), claim.token(), claim.acceptByMs(), item));
      }
    }
    return work;
  }

  /** Nobody is handed an item that is not there: its session ends, and says why. */
  private void fail(String org, Poll.Claimed claim) {
    LOG.error("the item of session {} of org {} is missing", claim.sessionId(), org);
    SortedMap<String, String> fields = new TreeMap<>();
    fields.put(
        "error",
        JsonNodeFactory.instance
            .objectNode()
            .put("message", "the stored work item is missing")
            .toString());
    orgs.call(org, new FailMissing(claim.sessionId(), claim.token(), fields));
  }

  private List<Message> messages(String org, List<MessageRecord> offered) {
    if (offered.isEmpty()) {
      return List.of();
    }
    List<@Nullable String> found =
        texts.fetch(
            offered.stream()
                .filter(message -> message.text() != Blobs.EMPTY)
                .map(message -> new Blobs.Ref(org, message.sessionId(), message.text()))
                .toList());
    List<Message> messages = new ArrayList<>(offered.size());
    int next = 0;
    for (MessageRecord message : offered) {
      String text = message.text() == Blobs.EMPTY ? "" : found.get(next++);
      if (text == null) {
        // Acknowledged meanwhile, or lost; either way there is nothing to tell.
        LOG.warn("the text of message {} of org {} is missing", message.id(), org);
      } else {
        messages.add(message.show(text));
      }
    }
    return messages;
  }
}
