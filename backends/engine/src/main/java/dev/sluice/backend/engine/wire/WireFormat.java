package dev.sluice.backend.engine.wire;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Values as the bytes of one store. Reads all layouts up to the newest known, writes the one in
 * force.
 *
 * <p>A message says its layout: a node learns from it that a newer one is in force, or that it is
 * too old to take part.
 */
public final class WireFormat {

  private final WireShapes shapes;
  private final Map<Class<?>, Integer> since = new ConcurrentHashMap<>();
  private final AtomicInteger met;

  /** Writes the newest layout of this build. */
  public WireFormat() {
    this(Layouts.OF_THIS_BUILD, Layouts.OF_THIS_BUILD.newest());
  }

  /**
   * @param inForce at first
   */
  public WireFormat(Layouts layouts, int inForce) {
    shapes = WireShapes.of(layouts);
    met = new AtomicInteger(inForce);
  }

  /** All types that are written with a number. */
  public List<Class<?>> types() {
    return WireTypes.TYPES;
  }

  public int newest() {
    return shapes.layouts().newest();
  }

  /** The layout that is written. */
  public int inForce() {
    return Math.min(met.get(), newest());
  }

  /** False for a type that came after the layout in force. */
  public boolean writes(Class<?> type) {
    return since.computeIfAbsent(type, shapes.layouts()::since) <= inForce();
  }

  /** Notes a layout that is in force; the greatest counts. */
  public void raise(int layout) {
    if (layout > met.get()) {
      met.accumulateAndGet(layout, Math::max);
    }
  }

  /** Starts again from a layout, after this node has dropped its data. */
  public void reset(int layout) {
    met.set(layout);
  }

  /** The reason why this node must not take part, or null. */
  public @Nullable String tooOld() {
    int layout = met.get();
    return layout <= newest() ? null : tooOld(layout);
  }

  private String tooOld(int layout) {
    return "the stored data has layout "
        + layout
        + ", this Sluice knows up to "
        + newest()
        + ": start the newer release";
  }

  /**
   * @throws IllegalStateException if a type or constant came after the layout in force
   */
  public byte[] toBytes(Object value) {
    ByteWriter out = new ByteWriter(inForce());
    shapes.any().write(out, value);
    return out.toByteArray();
  }

  /**
   * @throws UnreadableBytesException also if a part came after the newest known layout
   */
  public @Nullable Object fromBytes(byte[] bytes) {
    return shapes.any().read(new ByteReader(bytes));
  }

  /** Like {@link #toBytes}, with the layout in front. */
  public byte[] toMessage(Object value) {
    ByteWriter out = new ByteWriter(inForce());
    out.number(out.layout());
    shapes.any().write(out, value);
    return out.toByteArray();
  }

  /** Reads what {@link #toMessage} of any node wrote, and notes its layout. */
  public @Nullable Object fromMessage(byte[] bytes) {
    ByteReader in = new ByteReader(bytes);
    note(in.count(Integer.MAX_VALUE));
    return shapes.any().read(in);
  }

  /**
   * Notes the layout of a message.
   *
   * @throws UnreadableBytesException if it is after the newest known
   */
  public void note(int layout) {
    raise(layout);
    if (layout > newest()) {
      throw new UnreadableBytesException(tooOld(layout));
    }
  }

  /** As the receiver of a message would get it: without what came after the layout in force. */
  public Object asSent(Object value) {
    Object sent = inForce() == newest() ? value : fromBytes(toBytes(value));
    if (sent == null) {
      throw new IllegalStateException("nothing is left of " + value);
    }
    return sent;
  }
}
