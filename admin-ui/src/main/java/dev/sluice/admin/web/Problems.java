package dev.sluice.admin.web;

import dev.sluice.admin.view.Links;
import dev.sluice.admin.view.MessageView;
import dev.sluice.admin.view.Section;
import dev.sluice.backend.RefusedException;
import dev.sluice.control.Searches;

public final class Problems {

  public static final MessageView AWAY =
      new MessageView(
          "The store does not answer",
          "The fleet cannot be read at the moment. Workers keep their sessions. This page"
              + " works again as soon as the store does.",
          null,
          "");

  private Problems() {}

  /** To a visitor whose search wasn't made. */
  public static MessageView tooManySearches(String link) {
    return new MessageView(
        "Too many searches at once",
        "At most "
            + Searches.OF_A_CREDENTIAL
            + " searches of a login and "
            + Searches.OF_AN_ORG
            + " of an org run at a time, so that workers are served. Try again in a few seconds.",
        link,
        "Try again");
  }

  public static int status(RefusedException refused) {
    return switch (refused.refusal()) {
      case BAD_CURSOR -> 400;
      case DAMAGED -> 500;
      case RETRY, CLOSED -> 503;
      default -> 404;
    };
  }

  public static MessageView words(RefusedException refused, Section section, Links links) {
    String link = links.to(section.path());
    String there = "Go to " + section.title().toLowerCase(java.util.Locale.ROOT);
    return switch (refused.refusal()) {
      case BAD_CURSOR ->
          new MessageView(
              "This page of the list does not exist",
              "Its cursor is not valid. Start at the first page.",
              link,
              there);
      case UNKNOWN_SESSION ->
          new MessageView(
              "No such session",
              "It was never enqueued in this org, or its record has expired.",
              link,
              there);
      case UNKNOWN_WORKER ->
          new MessageView(
              "No such worker",
              "It never registered in this org, or was deregistered.",
              link,
              there);
      case UNKNOWN_STOP ->
          new MessageView(
              "No such stop order",
              "There is no such order in this org, or its receipts have expired.",
              link,
              there);
      case DAMAGED ->
          new MessageView(
              "This record is damaged",
              "It was left unchanged. The system page and the health check name it.",
              links.to(Section.SYSTEM.path()),
              "Go to system");
      default -> new MessageView("This cannot be shown", refused.getMessage() + ".", link, there);
    };
  }

  public static int actStatus(RefusedException refused) {
    return switch (refused.refusal()) {
      case UNKNOWN_SESSION, UNKNOWN_WORKER, UNKNOWN_FINDING -> 404;
      case BAD_CURSOR -> 400;
      case DAMAGED -> 500;
      case RETRY, CLOSED -> 503;
      default -> 409;
    };
  }

  public static String actWords(RefusedException refused) {
    return switch (refused.refusal()) {
      case DAMAGED -> "Nothing was changed: the record is damaged. The system page names it.";
      case RETRY -> "Nothing was changed: the store is busy with this session. Try again.";
      default -> "Nothing was changed: " + refused.getMessage() + ".";
    };
  }
}
