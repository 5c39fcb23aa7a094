package dev.sluice.backend.redis;

/** What a call is about, for the words of a refusal. */
record Subject(String kind, String id) {

  static Subject session(String id) {
    return new Subject("session", Text.name(id));
  }

  static Subject worker(String id) {
    return new Subject("worker", Text.name(id));
  }

  /** A session and the worker that is to have it: either may be unknown. */
  static Subject both(String sessionId, String workerId) {
    return new Subject("session", Text.name(sessionId) + " or worker " + Text.name(workerId));
  }

  static Subject project(String name) {
    return new Subject("project", Text.name(name));
  }

  static Subject job(String id) {
    return new Subject("job", Text.name(id));
  }

  static Subject stop(String id) {
    return new Subject("stop", Text.name(id));
  }

  static Subject org(String id) {
    return new Subject("org", id);
  }

  boolean isSession() {
    return kind.equals("session");
  }

  @Override
  public String toString() {
    return kind + " " + id;
  }
}
