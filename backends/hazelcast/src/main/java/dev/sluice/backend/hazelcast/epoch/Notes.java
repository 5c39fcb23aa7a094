package dev.sluice.backend.hazelcast.epoch;

import io.microraft.model.message.RaftMessage;
import java.io.IOException;

/** The messages between members as bytes. */
final class Notes {

  private static final int RAFT = 1;
  private static final int REPORT = 2;
  private static final int ANSWER = 3;
  private static final int BASE = 4;

  private Notes() {}

  interface Receiver {
    void raft(RaftMessage message);

    void report(int from, Report report);

    void answer(Answer answer);

    void base(Base base);
  }

  static byte[] raft(RaftMessage message) {
    return Wire.bytes(
        out -> {
          out.writeByte(RAFT);
          RaftCodec.write(out, message);
        });
  }

  static byte[] report(Report report) {
    return Wire.bytes(
        out -> {
          out.writeByte(REPORT);
          report.write(out);
        });
  }

  static byte[] answer(Answer answer) {
    return Wire.bytes(
        out -> {
          out.writeByte(ANSWER);
          answer.write(out);
        });
  }

  static byte[] base(Base base) {
    return Wire.bytes(
        out -> {
          out.writeByte(BASE);
          base.write(out);
        });
  }

  /**
   * Returns what gives the message to the receiver.
   *
   * @throws IOException for bytes that no member of this release sends
   */
  static Runnable read(int from, byte[] bytes, Receiver receiver) throws IOException {
    return Wire.read(
        bytes,
        in -> {
          int type = in.readUnsignedByte();
          switch (type) {
            case RAFT -> {
              RaftMessage message = RaftCodec.read(in, new Seat(from));
              return () -> receiver.raft(message);
            }
            case REPORT -> {
              Report report = Report.read(in);
              return () -> receiver.report(from, report);
            }
            case ANSWER -> {
              Answer answer = Answer.read(in);
              return () -> receiver.answer(answer);
            }
            case BASE -> {
              Base base = Base.read(in);
              return () -> receiver.base(base);
            }
            default -> throw new IOException("a note of type " + type);
          }
        });
  }
}
