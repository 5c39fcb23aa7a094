package dev.sluice.admin.view;

import dev.sluice.admin.Role;

/** The pages of the navigation. */
public enum Section {
  OVERVIEW("Overview", "", Role.VIEWER),
  CHARTS("Charts", "/charts", Role.VIEWER),
  QUEUES("Queues", "/queues", Role.VIEWER),
  WORKERS("Workers", "/workers", Role.VIEWER),
  SESSIONS("Sessions", "/sessions", Role.VIEWER),
  INBOX("Inbox", "/inbox", Role.VIEWER),
  DEAD("Dead letters", "/dead", Role.VIEWER),
  ACTIVITY("Activity", "/activity", Role.VIEWER),
  KEYS("Keys", "/keys", Role.ADMIN),
  SYSTEM("System", "/system", Role.VIEWER),
  HELP("Help", "/help", Role.VIEWER);

  private final String title;
  private final String path;
  private final Role role;

  Section(String title, String path, Role role) {
    this.title = title;
    this.path = path;
    this.role = role;
  }

  /** For people. */
  public String title() {
    return title;
  }

  /** Behind {@link Links#ROOT}. */
  public String path() {
    return path;
  }

  /** Who may see it. */
  public Role role() {
    return role;
  }
}
