package dev.sluice.admin.bulk;

import dev.sluice.control.BulkVerb;

/**
 * What forms of a bulk say.
 *
 * @param path of the form, below what it is about
 * @param title of the form
 * @param says what will happen
 * @param submit on its button
 * @param done what was done, behind a count
 * @param harms whether something is taken away for good
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
              "Each takes the place that its time of enqueue has among that priority. What has it"
                  + " already stays as it is.",
              "Set the priority",
              "reprioritised",
              false);
    };
  }
}
