package dev.sluice.admin.view;

import dev.sluice.admin.VisitorRole;

public enum Section {
  OVERVIEW("Overview", "", VisitorRole.VIEWER),
  WORK("Work", "/work", VisitorRole.VIEWER),
  CHARTS("Charts", "/charts", VisitorRole.VIEWER),
  SPEND("Spend", "/spend", VisitorRole.VIEWER),
  QUEUES("Queues", "/queues", VisitorRole.VIEWER),
  HOSTS("Hosts", "/hosts", VisitorRole.VIEWER),
  WORKERS("Workers", "/workers", VisitorRole.VIEWER),
  INBOX("Inbox", "/inbox", VisitorRole.VIEWER),
  ACTIVITY("Activity", "/activity", VisitorRole.VIEWER),
  KEYS("Keys", "/keys", VisitorRole.ADMIN),
  WEBHOOKS("Webhooks", "/webhooks", VisitorRole.OPERATOR),
  SYSTEM("System", "/system", VisitorRole.VIEWER),
  HELP("Help", "/help", VisitorRole.VIEWER);

  private final String title;
  private final String path;
  private final VisitorRole role;

  Section(String title, String path, VisitorRole role) {
    this.title = title;
    this.path = path;
    this.role = role;
  }

  public String title() {
    return title;
  }

  public String path() {
    return path;
  }

  public VisitorRole role() {
    return role;
  }
}
