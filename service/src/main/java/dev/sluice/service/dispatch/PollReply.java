package dev.sluice.service.dispatch;

/** The receiver of a poll's answer. One of the first two methods is called, once, on any thread. */
public interface PollReply {

  /** Answers. If the answer can't be written, call {@link ParkedPolls#unwritten}. */
  void answer(Polled polled);

  void fail(RuntimeException problem);

  /** True if the client is gone. Cheap; false if unknown. */
  boolean gone();
}
