package dev.sluice.backend.engine;

import dev.sluice.backend.RefusedException;
import dev.sluice.backend.engine.read.SessionReads.ListActivities;
import dev.sluice.backend.engine.records.ActivityRecord;
import dev.sluice.backend.engine.tables.Blobs;
import dev.sluice.backend.engine.tables.StoredActivity;
import dev.sluice.backend.engine.write.ReportOperations.AddActivity;
import dev.sluice.backend.sessions.Activity;
import dev.sluice.backend.sessions.ActivityResult;
import dev.sluice.backend.sessions.Holder;
import dev.sluice.backend.sessions.NewActivity;
import dev.sluice.backend.store.StoredBytes;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Activities: numbers and times are in the state, texts in the activities table. */
final class Activities {

  private final Orgs orgs;
  private final Blobs said;

  Activities(Orgs orgs, Blobs said) {
    this.orgs = orgs;
    this.said = said;
  }

  ActivityResult add(String org, String sessionId, Holder holder, NewActivity activity) {
    long now = orgs.now();
    String text = StoredActivity.of(activity.type(), activity.body());
    long name = said.store(org, sessionId, text, now);
    AddActivity add =
        new AddActivity(
            sessionId,
            holder,
            name,
            now,
            activity.toolName(),
            activity.fields(),
            StoredBytes.ofActivity(activity.type(), activity.body()));
    try {
      AddActivity.Answer answer = orgs.call(org, add);
      ActivityRecord added = answer.activity();
      return new ActivityResult(
          new Activity(added.id(), added.atMs(), activity.type(), activity.body()),
          SessionItems.row(answer.session()));
    } catch (RefusedException e) {
      said.delete(new Blobs.Ref(org, sessionId, name));
      throw e;
    }
  }

  List<Activity> list(String org, String sessionId, long afterId, int limit) {
    return orgs.reading(
        () -> {
          ListActivities.Answer answer =
              orgs.call(org, new ListActivities(sessionId, afterId, limit));
          List<ActivityRecord> records = answer.activities();
          List<@Nullable String> texts =
              said.fetch(
                  records.stream()
                      .map(record -> new Blobs.Ref(org, sessionId, record.text()))
                      .toList());
          List<Activity> activities = new ArrayList<>(records.size());
          for (int i = 0; i < records.size(); i++) {
            String text = texts.get(i);
            if (text != null) { // null: dropped by now
              activities.add(
                  new Activity(
                      records.get(i).id(),
                      records.get(i).atMs(),
                      StoredActivity.type(text),
                      StoredActivity.body(text)));
            }
          }
          return activities;
        });
  }
}
