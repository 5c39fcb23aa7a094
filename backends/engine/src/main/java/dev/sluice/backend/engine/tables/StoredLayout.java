package dev.sluice.backend.engine.tables;

import dev.sluice.backend.BackendUnavailableException;
import dev.sluice.backend.Refusal;
import dev.sluice.backend.RefusedException;
import dev.sluice.backend.audit.AuditAct;
import dev.sluice.backend.engine.wire.Layouts;
import dev.sluice.backend.engine.wire.WireFormat;
import dev.sluice.backend.nodes.NodeInfo;
import dev.sluice.backend.nodes.StoreNodes;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The layout of the stored data, which is the one in force. It rises once all nodes have known a
 * newer one for {@link dev.sluice.backend.Rules#upgradeMs}; the node that leads sees to that.
 */
public final class StoredLayout {

  private static final Logger LOG = LoggerFactory.getLogger(StoredLayout.class);

  private final Store store;
  private final WireFormat wire;
  private final Registry registry;
  private int next;
  private long knownSinceMs;

  public StoredLayout(Store store, Registry registry) {
    this.store = store;
    this.wire = store.wire();
    this.registry = registry;
  }

  /**
   * At the start, before any other call. An empty store gets the newest layout that all nodes know.
   *
   * @throws IllegalStateException if this node must not take part
   */
  public void check() {
    for (NodeInfo node : store.nodes(0)) {
      if (node.layout() < Layouts.FIRST) {
        throw new IllegalStateException(
            "node "
                + node.name()
                + " runs a build from before release 0.1.0: stop it before this one starts");
      }
    }
    wire.raise(registry.firstLayout(knownToAll()));
    String tooOld = wire.tooOld();
    if (tooOld != null) {
      throw new IllegalStateException(tooOld);
    }
  }

  public StoreNodes nodes() {
    return new StoreNodes(wire.inForce(), store.leads(), store.nodes(store.now()));
  }

  /**
   * Follows the stored layout, and raises it if it is time. On each node, before each sweep.
   *
   * @param audit writes a line for an org; refused while it is closed
   */
  public synchronized void step(BiConsumer<String, AuditAct> audit) {
    if (wire.tooOld() == null) { // else the store refuses
      follow(registry.layout(), audit);
    }
    String tooOld = wire.tooOld();
    if (tooOld != null) {
      store.leave(tooOld);
    }
  }

  private void follow(int stored, BiConsumer<String, AuditAct> audit) {
    wire.raise(stored);
    if (stored > wire.newest() || !store.leads()) {
      next = 0;
      return;
    }
    if (due(stored)) {
      raise(stored, next);
    }
    tell(audit);
  }

  private boolean due(int stored) {
    int known = knownToAll();
    if (known != next) {
      next = known;
      knownSinceMs = store.now();
    }
    boolean writtenAlready = stored < wire.inForce(); // one process, whose journal is migrated
    return known > stored
        && (writtenAlready || store.now() - knownSinceMs >= store.rules().upgradeMs());
  }

  private int knownToAll() {
    return store.nodes(0).stream().mapToInt(NodeInfo::layout).min().orElse(wire.newest());
  }

  private void raise(int from, int to) {
    List<String> orgs = registry.orgs();
    if (from >= Layouts.FIRST) { // before that there was no release
      registry.replaceUntold(
          lines -> {
            List<String> more = new ArrayList<>(lines);
            orgs.stream()
                .map(org -> new Untold(from, to, org).line())
                .filter(line -> !lines.contains(line))
                .forEach(more::add);
            return more;
          });
    }
    if (registry.raiseLayout(from, to)) {
      wire.raise(to);
      LOG.info("Layout {} is in force now, after {}: all nodes know it", to, from);
    }
  }

  /** One by one, since what one org meets must not have another told twice. */
  private void tell(BiConsumer<String, AuditAct> audit) {
    for (String told : registry.untold()) {
      Untold untold = Untold.of(told);
      if (untold.to <= wire.inForce() && tell(untold, audit)) {
        registry.replaceUntold(lines -> lines.stream().filter(line -> !line.equals(told)).toList());
      }
    }
  }

  private static boolean tell(Untold untold, BiConsumer<String, AuditAct> audit) {
    try {
      audit.accept(untold.org, AuditAct.raiseLayout(untold.to).found(String.valueOf(untold.from)));
      return true;
    } catch (RefusedException e) {
      if (e.refusal() != Refusal.CLOSED) {
        throw e;
      }
      return false; // again once it is open
    } catch (BackendUnavailableException e) {
      LOG.debug("org {} has no audit line of layout {} yet", untold.org, untold.to, e);
      return false;
    }
  }

  /** An org that has no audit line of a rise yet. */
  private record Untold(int from, int to, String org) {

    String line() {
      return from + " " + to + " " + org;
    }

    static Untold of(String line) {
      String[] parts = line.split(" ", 3);
      return new Untold(Integer.parseInt(parts[0]), Integer.parseInt(parts[1]), parts[2]);
    }
  }
}
