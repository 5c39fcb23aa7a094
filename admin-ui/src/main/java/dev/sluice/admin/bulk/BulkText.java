package dev.sluice.admin.bulk;

import dev.sluice.control.BulkVerb;

/**
 * @param path below the form's object
 * @param done past participle for use after a count
 */
record BulkText(String path, String title, String says, String submit, String done, boolean harms) {

  static BulkText of(BulkVerb verb) {
    return switch (verb) {
      case REQUEUE ->
          new BulkText(
              "requeue",
              "Requeue dead letters",
              "Each waits again in its old place, with fresh counts.",
              "Requeue all",
              "requeued",
              false);
      case DISCARD ->
          new BulkText(
              "discard",
              "Discard dead letters",
              "Each ends as failed and is kept as long as other ended sessions.",
              "Discard all",
              "discarded",
              true);
      case CANCEL ->
          new BulkText(
              "cancel-all",
              "Cancel all waiting work",
              "Each ends as stopped. Claimed sessions continue.",
              "Cancel all",
              "cancelled",
              true);
      case REPRIORITISE ->
          new BulkText(
              "priority-all",
              "Priority of all waiting work",
              "Each moves to its place among that priority, by enqueue time. Items "
                  + "that already have it stay.",
              "Set the priority",
              "reprioritised",
              false);
    };
  }
}
