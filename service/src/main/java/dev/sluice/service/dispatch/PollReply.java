package dev.sluice.service.dispatch;

/** Where the answer of one poll goes. One of the first two is called, once, from any thread. */
public interface PollReply {

  /** Answers. Whoever can't write the answer says so to {@link ParkedPolls#unwritten}. */
  void answer(Polled polled);

  /** Answers that it failed. */
  void fail(RuntimeException problem);

  /** Whether nobody is left who could be answered. Cheap; false where it can't be told. */
  boolean gone();
}
