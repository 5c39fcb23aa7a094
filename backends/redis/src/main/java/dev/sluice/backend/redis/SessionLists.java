package dev.sluice.backend.redis;

import dev.sluice.backend.Cursor;
import dev.sluice.backend.Decided;
import dev.sluice.backend.Page;
import dev.sluice.backend.redis.reply.Reply;
import dev.sluice.backend.redis.reply.SessionReader;
import dev.sluice.backend.redis.reply.Text;
import dev.sluice.backend.redis.script.LuaScript;
import dev.sluice.backend.redis.script.ScriptRunner;
import dev.sluice.backend.sessions.Claim;
import dev.sluice.backend.sessions.Session;
import dev.sluice.backend.work.Place;
import org.jspecify.annotations.Nullable;

/** Lists of sessions that no longer wait. */
final class SessionLists {

  private final ScriptRunner scripts;

  SessionLists(ScriptRunner scripts) {
    this.scripts = scripts;
  }

  /** See {@link dev.sluice.backend.sessions.Sessions#list}. */
  Decided<Page<Session>> whole(String org, Place place, @Nullable Cursor cursor, int limit) {
    return sessions(org, null, place, cursor, limit, "1");
  }

  /** See {@link dev.sluice.backend.sessions.Sessions#rows}. */
  Decided<Page<Session>> rows(
      String org, @Nullable String project, Place place, @Nullable Cursor cursor, int limit) {
    return sessions(org, project, place, cursor, limit, "0");
  }

  private Decided<Page<Session>> sessions(
      String org,
      @Nullable String project,
      Place place,
      @Nullable Cursor cursor,
      int limit,
      String withItems) {
    if (!place.listed(project)) {
      throw new IllegalArgumentException("no list of " + place + " sessions");
    }
    Reply reply =
        scripts.runRepeatable(
            LuaScript.LIST_SESSIONS,
            org,
            ScriptRunner.Run.of(
                org,
                place.name(),
                number(cursor),
                name(cursor),
                String.valueOf(limit),
                withItems,
                Text.orEmpty(project)));
    return reply.decided(RedisWorkQueue.sessions(reply));
  }

  /** See {@link dev.sluice.backend.sessions.Sessions#claims}. */
  Decided<Page<Claim>> claims(
      String org, @Nullable String project, @Nullable Cursor cursor, int limit) {
    Reply reply =
        scripts.runRepeatable(
            LuaScript.LIST_CLAIMS,
            org,
            ScriptRunner.Run.of(
                org, Text.orEmpty(project), number(cursor), name(cursor), String.valueOf(limit)));
    return reply.decided(
        new Page<>(SessionReader.readClaims(reply.list(0), project), RedisWorkQueue.cursor(reply)));
  }

  private static String number(@Nullable Cursor cursor) {
    return cursor == null ? "" : String.valueOf(cursor.number());
  }

  private static String name(@Nullable Cursor cursor) {
    return cursor == null ? "" : Text.name(cursor.name());
  }
}
