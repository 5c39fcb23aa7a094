package dev.sluice.service.metrics;

/** A project as a label. */
record ProjectName(String org, String project) {

  /** Maximum number of projects with their own series, over all orgs. */
  static final int MAX_SHOWN = 200;

  /** The label of all other projects; a project of this name is counted with them. */
  static final String OTHER = "_other";

  ProjectName other() {
    return new ProjectName(org, OTHER);
  }
}
