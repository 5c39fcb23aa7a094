package dev.sluice.service.metrics;

record ProjectName(String org, String project) {

  /** Over all orgs. */
  static final int MAX_SHOWN = 200;

  /** A project of this name is counted with the others. */
  static final String OTHER = "_other";

  ProjectName other() {
    return new ProjectName(org, OTHER);
  }
}
