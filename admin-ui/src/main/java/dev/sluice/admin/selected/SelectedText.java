package dev.sluice.admin.selected;

import dev.sluice.admin.view.Formats;
import dev.sluice.control.SelectedResult.Outcome;
import dev.sluice.control.SelectedVerb;

/**
 * @param noun of what it is for
 * @param says what happens to each
 * @param submit format with the count of the nouns; heading and button of the preview
 * @param done past participle
 */
record SelectedText(
    String title, String noun, String says, String submit, String done, boolean harms) {

  static SelectedText of(SelectedVerb verb, long graceMs) {
    return switch (verb) {
      case STOP ->
          new SelectedText(
              "Stop",
              "claimed session",
              "Each is stopped at once. Its worker is told, and keeps the slot until it confirms"
                  + " the end, for "
                  + Formats.limit(graceMs)
                  + " at most.",
              "Stop %s",
              "Stopped",
              true);
      case RETURN ->
          new SelectedText(
              "Return to the queue",
              "claimed session",
              "Each waits again in its old place. Its worker loses the claim, and its progress is"
                  + " lost.",
              "Return %s to the queue",
              "Returned to the queue",
              true);
      case CANCEL ->
          new SelectedText(
              "Cancel",
              "waiting item",
              "Each ends as stopped. What a worker claims meanwhile is left alone.",
              "Cancel %s",
              "Cancelled",
              true);
      case REPRIORITISE ->
          new SelectedText(
              "Set the priority",
              "waiting item",
              "Each moves to its place among that priority, by enqueue time. A move to the front is"
                  + " lost, and undo does not bring it back.",
              "Set priority of %s",
              "Priority set",
              false);
      case SEND ->
          new SelectedText(
              "Message",
              "session",
              "Workers get the message until they acknowledge it; those that claim waiting work"
                  + " get it then.",
              "Send message to %s",
              "Sent",
              false);
      case REQUEUE ->
          new SelectedText(
              "Requeue",
              "dead letter",
              "Each waits again in its old place, with fresh counts.",
              "Requeue %s",
              "Requeued",
              false);
      case DISCARD ->
          new SelectedText(
              "Discard",
              "dead letter",
              "Each ends as failed and is kept as long as other ended sessions.",
              "Discard %s",
              "Discarded",
              true);
    };
  }

  String words(Outcome outcome) {
    return switch (outcome) {
      case DONE -> done;
      case WAITING -> "Not changed: waiting by then";
      case CLAIMED -> "Not changed: claimed by a worker by then";
      case STOPPING -> "Not changed: being stopped already";
      case DEAD -> "Not changed: a dead letter by then";
      case ENDED -> "Not changed: ended by then";
      case UNKNOWN -> "Unknown";
      case FULL -> "Not changed: its queue or inbox is full";
      case DAMAGED -> "Not changed: its record is damaged";
    };
  }
}
