package dev.sluice.backend.webhooks;

import java.util.List;
import java.util.Optional;

/**
 * The webhooks of orgs. A record is changed by comparing its version, so that of several nodes that
 * change it at once one succeeds. The records are beside the state of an org: a closure doesn't
 * keep them from being changed, and no copy has them.
 */
public interface Webhooks {

  /** The most webhooks of an org. */
  int MAX = 20;

  /** Orgs that have webhooks, and maybe some that had. */
  List<String> orgs();

  /** Returns the webhooks of an org by the bytes of their ids. */
  List<StoredWebhook> list(String org);

  Optional<StoredWebhook> find(String org, String id);

  /**
   * Stores a new record with version 1.
   *
   * @return false if the id is taken, or the org has {@link #MAX} others
   */
  boolean add(String org, String id, String text);

  /**
   * Replaces a record by one with the next version.
   *
   * @return false if it has another version meanwhile, or is gone
   */
  boolean replace(String org, StoredWebhook before, String text);

  /** Returns false if there was none. */
  boolean remove(String org, String id);
}
