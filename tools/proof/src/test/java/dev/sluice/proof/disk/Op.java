package dev.sluice.proof.disk;

import java.util.List;

/**
 * A call of the recorded process.
 *
 * @param on ids, such as those of the sessions of an enqueue
 * @param text content, such as the item or the payload; the same for all ids
 */
record Op(Kind kind, List<String> on, String text) {

  enum Kind {
    ENQUEUE,
    REGISTER,
    DEREGISTER,
    POLL,
    CLAIM,
    RUN,
    ACTIVITY,
    SEND,
    ACK,
    COMPLETE,
    NACK,
    STOP,
    ORDER_STOP,
    PAUSE,
    RESUME,
    ADD_KEY,
    REVOKE_KEY,
    ADD_JOB,
    SIGN
  }

  static Op of(Kind kind, String on, String text) {
    return new Op(kind, List.of(on), text);
  }

  String id() {
    return on.get(0);
  }
}
