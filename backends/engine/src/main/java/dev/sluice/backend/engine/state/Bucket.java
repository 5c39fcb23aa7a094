package dev.sluice.backend.engine.state;

/**
 * The ready and returned work of one project and one set of required capabilities.
 *
 * <p>Both stand in one order. A worker's own returns are few and passed over where its poll meets
 * them, so they need no order of their own, and neither nack nor the end of a back-off moves work
 * within its bucket.
 */
public final class Bucket {

  private final ProjectWork project;
  private final CapabilitySet capabilities;
  private final RankedSet items = new RankedSet();
  private boolean open;
  private long headScore;
  private String headId = "";

  Bucket(ProjectWork project, CapabilitySet capabilities) {
    this.project = project;
    this.capabilities = capabilities;
  }

  /** Whose work it is. */
  public String project() {
    return project.name();
  }

  /** What its work requires. */
  public CapabilitySet capabilities() {
    return capabilities;
  }

  /** Scores and ids of its work. */
  public RankedSet items() {
    return items;
  }

  /** Whether polls may take from it. */
  public boolean open() {
    return open;
  }

  /** The score of its best item, while it is open. */
  public long headScore() {
    return headScore;
  }

  /** The id of its best item, while it is open. */
  public String headId() {
    return headId;
  }

  /**
   * Brings its place among the open buckets up to date: called after every change of its items, and
   * of whatever else opens or closes it.
   */
  void refresh() {
    boolean nowOpen = !items.isEmpty() && project.open();
    if (open && nowOpen && headScore == items.firstNumber() && headId.equals(items.firstId())) {
      return;
    }
    if (open) {
      capabilities.heads().remove(this); // found by the head it still has
    }
    open = nowOpen;
    if (open) {
      headScore = items.firstNumber();
      headId = items.firstId();
      capabilities.heads().add(this);
    }
  }
}
