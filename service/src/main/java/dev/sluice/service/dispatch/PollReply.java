package dev.sluice.service.dispatch;

/** One of the first two methods is called, once, on any thread. */
public interface PollReply {

  /**
   * If the answer can't be written, call {@link ParkedPolls#unwritten}.
   *
   * @param here true on the thread of the call; other threads must not wait for its client
   */
  void answer(Polled polled, boolean here);

  void fail(RuntimeException problem);

  /** Cheap; false if unknown. */
  boolean gone();
}
