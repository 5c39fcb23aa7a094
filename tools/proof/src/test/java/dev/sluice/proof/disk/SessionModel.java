package dev.sluice.proof.disk;

import dev.sluice.backend.sessions.SessionState;
import dev.sluice.backend.work.Place;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A session as the calls about it must have left it. */
final class SessionModel {

  private final String item;
  private final List<String> messages = new ArrayList<>();
  private final List<String> activities = new ArrayList<>();
  private Place place = Place.READY;
  private SessionState state = SessionState.PENDING;
  private @Nullable String owner;
  private String summary = "";

  SessionModel(String item) {
    this.item = item;
  }

  void claim(String worker) {
    place = Place.CLAIMED;
    state = SessionState.CLAIMED;
    owner = worker;
  }

  void run() {
    state = SessionState.RUNNING;
  }

  void activity(String body) {
    activities.add(body);
  }

  void send(String payload) {
    messages.add(payload);
  }

  boolean hasMessage() {
    return !messages.isEmpty();
  }

  /** Returns true if it was the stop, which releases the session. */
  boolean ack() {
    messages.remove(0);
    if (state == SessionState.STOPPED) {
      place = Place.ENDED;
    }
    return state == SessionState.STOPPED;
  }

  void complete(String words) {
    place = Place.ENDED;
    state = SessionState.COMPLETED;
    summary = words;
  }

  void giveBack() {
    place = Place.RETURNED;
    state = SessionState.PENDING;
    owner = null;
  }

  void stop(String payload) {
    if (place == Place.CLAIMED) {
      messages.add(0, payload); // the only urgent one
    } else {
      place = Place.ENDED;
    }
    state = SessionState.STOPPED;
  }

  String words() {
    return Facts.session(place, state, owner, item, summary, messages, activities);
  }
}
