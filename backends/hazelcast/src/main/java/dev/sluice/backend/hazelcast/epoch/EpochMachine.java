package dev.sluice.backend.hazelcast.epoch;

import io.microraft.statemachine.StateMachine;
import java.util.List;
import java.util.function.Consumer;

/** The epoch under Raft, which calls it on one thread. */
final class EpochMachine implements StateMachine {

  /** A query; isn't stored. */
  static final Object ASK = new Object();

  private final int quorum;
  private volatile Epoch epoch;

  /**
   * @param epoch that the group began with
   */
  EpochMachine(int quorum, Epoch epoch) {
    this.quorum = quorum;
    this.epoch = epoch;
  }

  /**
   * @param index of the last entry that it reflects
   */
  record Known(long index, Epoch epoch) {}

  /** May be out of date. */
  Epoch epoch() {
    return epoch;
  }

  @Override
  public Object runOperation(long commitIndex, Object operation) {
    if (operation instanceof Change change) {
      epoch = change.applyTo(epoch, quorum);
    }
    return new Known(commitIndex, epoch);
  }

  @Override
  public void takeSnapshot(long commitIndex, Consumer<Object> snapshotChunkConsumer) {
    snapshotChunkConsumer.accept(epoch);
  }

  @Override
  public void installSnapshot(long commitIndex, List<Object> snapshotChunks) {
    epoch = (Epoch) snapshotChunks.get(0);
  }

  @Override
  public Object getNewTermOperation() {
    return Change.TOUCH;
  }
}
