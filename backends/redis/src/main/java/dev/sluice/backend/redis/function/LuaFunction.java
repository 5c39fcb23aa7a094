package dev.sluice.backend.redis.function;

import java.util.Locale;

/** The functions that the library registers, each in a file of its name. */
public enum LuaFunction {
  ACK(Kind.CHANGES, true),
  ACTIVITIES(Kind.READS),
  ADD_ACTIVITY,
  ADD_AUDIT(Kind.REMEMBERS),
  ADD_JOB,
  ADD_KEY(Kind.OF_NO_ORG),
  ADD_STOP(Kind.REMEMBERS),
  ANNOUNCE(Kind.ANNOUNCES),
  CLAIM(Kind.REMEMBERS),
  CLOSE(Kind.REMEMBERS),
  CLOSURE(Kind.READS),
  COUNTS(Kind.READS),
  DEREGISTER(Kind.REMEMBERS, true),
  DISCARD(Kind.CHANGES, true),
  DRAIN(Kind.REMEMBERS),
  DROP_KEY(Kind.OF_NO_ORG),
  END_TOKENS(Kind.OF_NO_ORG),
  ENQUEUE,
  EXPORT(Kind.READS),
  FIND_JOB(Kind.READS),
  FIND_PUBLIC(Kind.READS),
  FIND_QUEUE(Kind.READS),
  FIND_SESSION(Kind.READS),
  FIND_STOP(Kind.READS),
  FIND_WORKER(Kind.READS),
  FIRST_KEYS(Kind.OF_NO_ORG),
  GIVE_BACK(Kind.REMEMBERS),
  HEARTBEAT(Kind.CHANGES_WORKER),
  IMPORT,
  LANE(Kind.READS),
  LIMIT(Kind.REMEMBERS),
  LIST_AUDIT(Kind.READS),
  LIST_BUCKETS(Kind.READS),
  LIST_CLAIMS(Kind.READS),
  LIST_EVENTS(Kind.READS),
  LIST_FINDINGS(Kind.READS),
  LIST_FIGURES(Kind.READS),
  LIST_HEADLINES(Kind.READS),
  LIST_OF_ISSUE(Kind.READS),
  LIST_STAGES(Kind.READS),
  LIST_QUEUES(Kind.READS),
  LIST_SESSIONS(Kind.READS),
  LIST_STANDINGS(Kind.READS),
  LIST_WORK(Kind.READS),
  LIST_WORKERS(Kind.READS),
  MARK_FINDING(Kind.REMEMBERS),
  MESSAGES(Kind.READS),
  NACK,
  NOTE(Kind.REMEMBERS),
  NOTE_KEY(Kind.REMEMBERS),
  OBSERVE(Kind.REMEMBERS),
  OPEN(Kind.REMEMBERS),
  PAUSE(Kind.REMEMBERS),
  POLL(Kind.CHANGES_WORKER),
  PROTECT(Kind.REMEMBERS),
  PUT_WEBHOOK(Kind.OF_NO_ORG),
  RAISE_LAYOUT,
  REFRESH,
  REGISTER(Kind.REMEMBERS),
  REORDER(Kind.REMEMBERS),
  REPORT(Kind.CHANGES, true),
  REQUEUE(Kind.REMEMBERS),
  RESUME(Kind.REMEMBERS),
  REVOKE(Kind.REMEMBERS),
  SEND(Kind.REMEMBERS),
  SET_TIME(Kind.REMEMBERS),
  STANDING(Kind.READS),
  STOP(Kind.REMEMBERS, true),
  SWEEP(Kind.CHANGES, true),
  TAKE_NOTICES(Kind.REMEMBERS),
  TIMELINE(Kind.READS),
  TOUCH,
  TRANSFER(Kind.REMEMBERS),
  UNREAD(Kind.READS);

  /** How a function is registered ({@code functions.lua}), and whether it is sent again. */
  enum Kind {
    /** It is sent again when its answer was lost, and changes nothing. */
    READS,
    /** It isn't sent again. */
    CHANGES,
    /** It is sent again with the id of its call, under which the first answer is remembered. */
    REMEMBERS,
    /** As {@link #REMEMBERS}, but in the record of the worker. */
    CHANGES_WORKER,
    OF_NO_ORG,
    /** As {@link #OF_NO_ORG}; a server that takes no writes carries it out as far as it reads. */
    ANNOUNCES
  }

  private final Kind kind;
  private final boolean frees;

  LuaFunction() {
    this(Kind.CHANGES, false);
  }

  LuaFunction(Kind kind) {
    this(kind, false);
  }

  LuaFunction(Kind kind, boolean frees) {
    this.kind = kind;
    this.frees = frees;
  }

  Kind kind() {
    return kind;
  }

  /** True if it may be sent again when its answer was lost. */
  boolean again() {
    return kind != Kind.CHANGES && kind != Kind.OF_NO_ORG;
  }

  /** True if it changes an org, and so may share a request with other calls. */
  boolean changesOrg() {
    return kind == Kind.CHANGES || takesCall();
  }

  /** True if its last argument is the id of the call. */
  boolean takesCall() {
    return kind == Kind.REMEMBERS || kind == Kind.CHANGES_WORKER;
  }

  /** True if a full Redis carries it out too, under another name, since it frees memory. */
  boolean frees() {
    return frees;
  }

  String file() {
    return "functions/" + functionName();
  }

  String functionName() {
    return name().toLowerCase(Locale.ROOT);
  }

  String nameWhenFull() {
    return functionName() + "_when_full";
  }

  String nameOfReading() {
    return functionName() + "_reading";
  }

  /** The line of Lua that registers it. */
  String registration() {
    String how = kind.name().toLowerCase(Locale.ROOT);
    return how + "('" + functionName() + "'" + (frees ? ", true" : "") + ")";
  }
}
