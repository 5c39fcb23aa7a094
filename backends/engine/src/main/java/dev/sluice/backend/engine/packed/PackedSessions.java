package dev.sluice.backend.engine.packed;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.sluice.backend.engine.records.SessionRecord;
import dev.sluice.backend.engine.records.SessionSlot;
import dev.sluice.backend.sessions.ClaimState;
import dev.sluice.backend.sessions.ReturnInfo;
import dev.sluice.backend.sessions.SessionState;
import dev.sluice.backend.work.Place;
import dev.sluice.backend.work.Score;
import dev.sluice.backend.work.Subject;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Waiting sessions in a few bytes, which never leave this process. */
@SuppressWarnings({
  "NullAway", // places of forgotten kinds are null
  "EnumOrdinal" // packed bytes don't outlive the process
})
final class PackedSessions {

  private static final Place[] PLACES = Place.values();

  private static final int PLACE_BITS = 0x0F;
  private static final int OWN_ISSUE = 0x10;
  private static final int OWN_IDENTIFIER = 0x20;
  private static final int BINARY_HASH = 0x40;
  private static final int SCORE_AS_ENQUEUED = 0x80;
  private static final int SUBJECT = 0x100;
  private static final int DERIVED = 0x200;

  private static final int HASH_BYTES = 32;
  private static final int HASH_CHARACTERS = 43;

  /** They have no bit beyond the 32 bytes. */
  private static final String LAST_CHARACTERS = "AEIMQUYcgkosw048";

  private static final Base64.Encoder TO_TEXT = Base64.getUrlEncoder().withoutPadding();
  private static final Base64.Decoder TO_BYTES = Base64.getUrlDecoder();

  /** The members that many sessions share. */
  private static final class Kind {
    private final String project;
    private final List<String> capabilities;
    private final int number;
    private long sessions;

    Kind(String project, List<String> capabilities, int number) {
      this.project = project;
      this.capabilities = capabilities;
      this.number = number;
    }
  }

  private record Name(String project, List<String> capabilities) {}

  private final Map<Name, Kind> kinds = new HashMap<>();
  private final List<@Nullable Kind> numbered = new ArrayList<>();
  private final List<Integer> unused = new ArrayList<>();

  private byte[] buffer = new byte[256];
  private int at;

  /** Null for ids that are never packed. */
  static byte @Nullable [] key(String id) {
    byte[] key = new byte[id.length()];
    for (int i = 0; i < key.length; i++) {
      char c = id.charAt(i);
      if (c >= 0x80) {
        return null;
      }
      key[i] = (byte) c;
    }
    return key;
  }

  static String id(byte[] key) {
    return new String(key, ISO_8859_1);
  }

  static long bytesOf(byte[] packed) {
    return new Reader(packed).number();
  }

  /** Null for sessions that are not packed. To be forgotten when it is no longer stored. */
  byte @Nullable [] pack(SessionSlot slot) {
    if (!(slot instanceof SessionRecord session)
        || !session.place().waits()
        || session.state() != SessionState.PENDING
        || session.attempts() != 0
        || session.nacks() != 0
        || session.endedAtMs() != 0
        || session.issueIdentifier() == null
        || !session.claim().equals(ClaimState.NONE)
        || !session.returnInfo().equals(ReturnInfo.NONE)) {
      return null;
    }
    boolean ownIssue = session.issueId().equals(session.id());
    boolean ownIdentifier = session.issueIdentifier().equals(session.issueId());
    byte[] hash = binary(session.contentHash());
    Subject subject = session.subject();
    boolean enqueued = session.score() == Score.of(session.priority(), session.queuedAtMs());
    at = 0;
    number(session.bytes());
    number(kind(session).number);
    number(
        session.place().ordinal()
            | (ownIssue ? OWN_ISSUE : 0)
            | (ownIdentifier ? OWN_IDENTIFIER : 0)
            | (hash == null ? 0 : BINARY_HASH)
            | (enqueued ? SCORE_AS_ENQUEUED : 0)
            | (subject.equals(Subject.NONE) ? 0 : SUBJECT)
            | (subject.derived() ? DERIVED : 0));
    fixed(session.payload());
    if (!ownIssue) {
      text(session.issueId());
    }
    if (!ownIdentifier) {
      text(session.issueIdentifier());
    }
    if (hash == null) {
      text(session.contentHash());
    } else {
      bytes(hash);
    }
    number(session.priority());
    number(session.queuedAtMs());
    number(session.createdAtMs() - session.queuedAtMs());
    number(session.updatedAtMs() - session.createdAtMs());
    if (!enqueued) {
      number(session.score());
    }
    number(session.notBeforeMs());
    number(session.deadlineMs());
    number(session.enqueuedSeq());
    if (!subject.equals(Subject.NONE)) {
      text(subject.title());
      text(subject.branch());
      text(subject.model());
    }
    return Arrays.copyOf(buffer, at);
  }

  SessionRecord unpack(String id, byte[] packed) {
    Reader in = new Reader(packed);
    long bytes = in.number();
    Kind kind = numbered.get((int) in.number());
    int flags = (int) in.number();
    long payload = in.fixed();
    String issueId = (flags & OWN_ISSUE) != 0 ? id : in.text();
    String identifier = (flags & OWN_IDENTIFIER) != 0 ? issueId : in.text();
    String hash = (flags & BINARY_HASH) != 0 ? in.hash() : in.text();
    int priority = (int) in.number();
    long queuedAtMs = in.number();
    long createdAtMs = queuedAtMs + in.number();
    long updatedAtMs = createdAtMs + in.number();
    long score = (flags & SCORE_AS_ENQUEUED) != 0 ? Score.of(priority, queuedAtMs) : in.number();
    return new SessionRecord(
        id,
        issueId,
        identifier,
        kind.project,
        kind.capabilities,
        priority,
        queuedAtMs,
        hash,
        payload,
        PLACES[flags & PLACE_BITS],
        SessionState.PENDING,
        0,
        0,
        createdAtMs,
        updatedAtMs,
        0,
        ClaimState.NONE,
        ReturnInfo.NONE,
        score,
        in.number(),
        in.number(),
        in.number(),
        bytes,
        (flags & SUBJECT) == 0
            ? Subject.NONE
            : new Subject(in.text(), in.text(), in.text(), (flags & DERIVED) != 0));
  }

  void forget(byte[] packed) {
    Reader in = new Reader(packed);
    in.number();
    Kind kind = numbered.get((int) in.number());
    if (--kind.sessions == 0) {
      kinds.remove(new Name(kind.project, kind.capabilities));
      numbered.set(kind.number, null);
      unused.add(kind.number);
    }
  }

  private Kind kind(SessionRecord session) {
    Kind kind =
        kinds.computeIfAbsent(new Name(session.project(), session.capabilities()), this::newKind);
    kind.sessions++;
    return kind;
  }

  private Kind newKind(Name name) {
    boolean fresh = unused.isEmpty();
    int number = fresh ? numbered.size() : unused.remove(unused.size() - 1);
    Kind kind = new Kind(name.project(), name.capabilities(), number);
    if (fresh) {
      numbered.add(kind);
    } else {
      numbered.set(number, kind);
    }
    return kind;
  }

  /** Null if it isn't 32 bytes in base64url. */
  private static byte @Nullable [] binary(String hash) {
    if (hash.length() != HASH_CHARACTERS
        || LAST_CHARACTERS.indexOf(hash.charAt(HASH_CHARACTERS - 1)) < 0) {
      return null;
    }
    try {
      return TO_BYTES.decode(hash);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  private void number(long value) {
    room(10);
    long rest = (value << 1) ^ (value >> 63);
    while ((rest & ~0x7FL) != 0) {
      buffer[at++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    buffer[at++] = (byte) rest;
  }

  private void fixed(long value) {
    room(Long.BYTES);
    for (int i = 0; i < Long.BYTES; i++) {
      buffer[at++] = (byte) (value >>> (i * Byte.SIZE));
    }
  }

  private void text(String text) {
    byte[] encoded = text.getBytes(UTF_8);
    number(encoded.length);
    bytes(encoded);
  }

  private void bytes(byte[] some) {
    room(some.length);
    System.arraycopy(some, 0, buffer, at, some.length);
    at += some.length;
  }

  private void room(int more) {
    if (buffer.length - at < more) {
      buffer = Arrays.copyOf(buffer, Math.max(at + more, 2 * buffer.length));
    }
  }

  private static final class Reader {

    private final byte[] bytes;
    private int at;

    Reader(byte[] bytes) {
      this.bytes = bytes;
    }

    long number() {
      long rest = 0;
      int shift = 0;
      byte next = bytes[at++];
      while (next < 0) {
        rest |= (long) (next & 0x7F) << shift;
        shift += 7;
        next = bytes[at++];
      }
      rest |= (long) next << shift;
      return (rest >>> 1) ^ -(rest & 1);
    }

    long fixed() {
      long value = 0;
      for (int i = 0; i < Long.BYTES; i++) {
        value |= (bytes[at++] & 0xFFL) << (i * Byte.SIZE);
      }
      return value;
    }

    String text() {
      int length = (int) number();
      at += length;
      return new String(bytes, at - length, length, UTF_8);
    }

    String hash() {
      at += HASH_BYTES;
      byte[] text = TO_TEXT.encode(Arrays.copyOfRange(bytes, at - HASH_BYTES, at));
      return new String(text, ISO_8859_1);
    }
  }
}
