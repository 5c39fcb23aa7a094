package dev.sluice.backend.tck.model;

import dev.sluice.backend.Names;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Claims that their worker was never told of: docs/rules.md, "Give back". */
final class Untold {

  private Untold() {}

  static List<String> giveBack(OrgState org, String workerId, Map<String, Long> tokens) {
    List<String> returned = new ArrayList<>();
    List<Map.Entry<String, Long>> inOrder =
        tokens.entrySet().stream().sorted(Map.Entry.comparingByKey(Names::compareBytes)).toList();
    for (Map.Entry<String, Long> claim : inOrder) {
      org.find(claim.getKey())
          .filter(session -> !session.damaged && session.claimed() && session.ownedBy(workerId))
          .filter(session -> session.token == claim.getValue())
          .filter(session -> session.acceptBy != 0)
          .ifPresent(
              session -> {
                ComingBack.comeBack(org, session, ComingBack.Way.NEVER_TOLD);
                returned.add(session.id());
              });
    }
    return List.copyOf(returned);
  }
}
