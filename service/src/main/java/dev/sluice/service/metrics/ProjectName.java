package dev.sluice.service.metrics;

/** A project as a label: many may exist, so a bounded number is shown and the rest together. */
record ProjectName(String org, String project) {

  /** Most projects, over all orgs, that have series of their own. */
  static final int MAX_SHOWN = 200;

  /** Stands for all that are not shown; a project of that very name is counted with them. */
  static final String OTHER = "_other";

  ProjectName other() {
    return new ProjectName(org, OTHER);
  }
}
