package dev.sluice.backend.hazelcast;

import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.map.EntryProcessor;
import com.hazelcast.map.IMap;
import dev.sluice.backend.engine.state.OrgState;
import dev.sluice.backend.engine.state.StateDump;
import dev.sluice.backend.engine.tables.Registry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Finds values left of an org beyond docs/rules.md, "Left in the store". */
final class Leftovers implements EntryProcessor<String, OrgState, String> {

  private static final long serialVersionUID = 1L;

  static List<String> of(HazelcastInstance member, String org) {
    List<String> left = new ArrayList<>();
    for (String map :
        List.of(
            MemberConfig.ITEMS,
            MemberConfig.NAMES,
            MemberConfig.JOBS,
            MemberConfig.TEXTS,
            MemberConfig.ACTIVITIES,
            MemberConfig.RECORDS)) {
      IMap<String, byte[]> stored = member.getMap(map);
      stored.keySet().stream()
          .filter(key -> key.startsWith(org + Registry.SEPARATOR))
          .map(key -> map + " " + key.replace(Registry.SEPARATOR, ' '))
          .forEach(left::add);
    }
    IMap<String, OrgState> orgs = member.getMap(MemberConfig.ORGS);
    orgs.executeOnKey(org, new Leftovers())
        .lines()
        .filter(line -> !line.isEmpty())
        .forEach(left::add);
    return left;
  }

  @Override
  public String process(Map.Entry<String, OrgState> entry) {
    return entry.getValue() == null ? "" : StateDump.leftovers(entry.getValue());
  }

  @Override
  public EntryProcessor<String, OrgState, String> getBackupProcessor() {
    return null;
  }
}
