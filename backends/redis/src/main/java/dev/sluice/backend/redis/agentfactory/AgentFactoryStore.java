package dev.sluice.backend.redis.agentfactory;

import dev.sluice.backend.BackendUnavailableException;
import dev.sluice.backend.redis.connection.RedisAddress;
import dev.sluice.backend.transfer.ForeignStore;
import dev.sluice.backend.transfer.OrgRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import redis.clients.jedis.exceptions.JedisException;

/** Reads all values into memory, since records need what others say. */
public final class AgentFactoryStore implements ForeignStore {

  @Override
  public String name() {
    return "agentfactory";
  }

  @Override
  public void read(String uri, Consumer<OrgRecord> records, Consumer<Unmapped> unmapped) {
    RedisAddress address = RedisAddress.parse("redis", uri);
    Findings findings = new Findings(unmapped);
    List<OrgRecord> all;
    try (Source source = new Source(address)) {
      all = read(source, findings);
    } catch (JedisException e) {
      throw new BackendUnavailableException("Can't read Redis at " + address, false, e);
    }
    all.forEach(records);
  }

  private static List<OrgRecord> read(Source source, Findings findings) {
    long now = source.now();
    Keys keys = Keys.of(source, findings);
    Fleet fleet = Fleet.read(source, keys, now, findings);
    Map<String, Draft> drafts = SessionMapper.map(source, keys, fleet, now, findings);
    Map<String, List<Mail>> mails = Inboxes.read(source, keys, drafts, fleet, now, findings);
    Issues.settle(source, keys, drafts, fleet, findings);
    Claims.list(source, keys, drafts, findings);
    fleet.listLeftovers(drafts);

    Counters counters = new Counters(now);
    Messages messages = new Messages(now, counters);
    List<OrgRecord> sessions = new ArrayList<>();
    for (Draft draft : drafts.values()) {
      sessions.add(draft.copy(counters));
      List<Mail> inbox = mails.getOrDefault(draft.id(), List.of());
      sessions.addAll(messages.of(draft, inbox));
    }
    List<OrgRecord> all = new ArrayList<>();
    all.add(counters.numbers());
    all.addAll(Quotas.read(source, keys, drafts.values(), now, findings));
    all.addAll(fleet.workers());
    all.addAll(sessions);
    return all;
  }
}
