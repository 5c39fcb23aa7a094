package dev.sluice.service.dispatch;

/** One of the first two methods is called, once, on any thread. */
public interface PollReply {

  /** If the answer can't be written, call {@link ParkedPolls#unwritten}. */
  void answer(Polled polled);

  void fail(RuntimeException problem);

  /** Cheap; false if unknown. */
  boolean gone();
}
