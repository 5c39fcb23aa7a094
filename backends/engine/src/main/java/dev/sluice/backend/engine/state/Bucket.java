package dev.sluice.backend.engine.state;

/**
 * The ready and returned work of one project and one set of required capabilities, in one order: a
 * poll skips the few items its own worker nacked, so a nack or the end of a back-off moves nothing.
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

  public String project() {
    return project.name();
  }

  public CapabilitySet capabilities() {
    return capabilities;
  }

  public RankedSet items() {
    return items;
  }

  public boolean open() {
    return open;
  }

  public long headScore() {
    return headScore;
  }

  public String headId() {
    return headId;
  }

  /** Call after any change of its items or of its project. */
  void refresh() {
    boolean nowOpen = !items.isEmpty() && project.open();
    if (open && nowOpen && headScore == items.firstNumber() && headId.equals(items.firstId())) {
      return;
    }
    if (open) {
      capabilities.heads().remove(this); // found by its old head
    }
    open = nowOpen;
    if (open) {
      headScore = items.firstNumber();
      headId = items.firstId();
      capabilities.heads().add(this);
    }
  }
}
