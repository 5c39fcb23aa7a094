package dev.sluice.bench.figures;

public enum Figure {
  ENQUEUED("enqueuedPerSecond", "enqueued", "items/s"),
  CLAIMED("claimedPerSecond", "claimed", "items/s"),
  COMPLETED("completedPerSecond", "completed", "items/s"),
  POLLS("pollsPerSecond", "polls", "polls/s"),
  HEARTBEATS("heartbeatsPerSecond", "heartbeats", "beats/s"),
  EMPTY_POLLS("emptyPollShare", "empty polls", "of all polls, 0 to 1"),
  P50("latencyP50Ms", "latency p50", "ms"),
  P99("latencyP99Ms", "latency p99", "ms"),
  MAX("latencyMaxMs", "latency max", "ms"),
  EVENTS("eventsPerSecond", "events", "events/s, at all readers"),
  EVENT_P50("eventAgeP50Ms", "age p50", "ms, of an event at its reader"),
  EVENT_P99("eventAgeP99Ms", "age p99", "ms, of an event at its reader"),
  EVENT_MAX("eventAgeMaxMs", "age max", "ms, of an event at its reader"),
  BURST("burstMs", "burst out after", "ms"),
  NO_SLOT("handedWithoutSlot", "without a slot", "items"),
  /** A call that no framework serves. */
  SERVLET("servletCpuUs", "a servlet's call", "us of server CPU"),
  /** A call with a credential whose answer needs no store. */
  CONSTANT("constantCpuUs", "a constant", "us of server CPU"),
  HEARTBEAT("heartbeatCpuUs", "a heartbeat", "us of server CPU"),
  EMPTY_POLL("emptyPollCpuUs", "an empty poll", "us of server CPU"),
  SERVER_CPU("serverCpuUsPerRequest", "server's CPU", "us/request"),
  ITEM_CPU("serverCpuUsPerItem", "server's CPU", "us/item"),
  /** The tool takes CPU from a server on the same machine. */
  TOOL_CPU("toolCpuUsPerRequest", "tool's own CPU", "us/request");

  private final String key;
  private final String label;
  private final String unit;

  Figure(String key, String label, String unit) {
    this.key = key;
    this.label = label;
    this.unit = unit;
  }

  public String key() {
    return key;
  }

  public String label() {
    return label;
  }

  public String unit() {
    return unit;
  }
}
