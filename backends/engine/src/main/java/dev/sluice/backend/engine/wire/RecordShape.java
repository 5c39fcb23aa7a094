package dev.sluice.backend.engine.wire;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A record: the number of components, then each.
 *
 * <p>New components go to the end. Older bytes lack them: they are then zero, false, null or empty,
 * unless the record's constructor sets another default.
 */
final class RecordShape implements WireShape {

  private final Class<?> type;
  private final MethodHandle constructor;
  private final MethodHandle[] accessors;
  private final WireShape[] shapes;

  /** Number of components by layout, from the first on. */
  private final int[] counts;

  private final int newest;

  /** The type's constant {@code NONE}, which most values are equal to, and its bytes. */
  private final @Nullable Object none;

  private final byte[] encodedNone;

  RecordShape(Class<?> type, WireShapes all) {
    this.type = type;
    RecordComponent[] components = type.getRecordComponents();
    newest = all.layouts().newest();
    counts = counts(components, all.layouts());
    Class<?>[] types =
        Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
    accessors = new MethodHandle[components.length];
    shapes = new WireShape[components.length];
    try {
      MethodHandles.Lookup lookup = MethodHandles.privateLookupIn(type, MethodHandles.lookup());
      constructor =
          lookup
              .findConstructor(type, MethodType.methodType(void.class, types))
              .asSpreader(Object[].class, types.length)
              .asType(MethodType.methodType(Object.class, Object[].class));
      for (int i = 0; i < components.length; i++) {
        accessors[i] =
            lookup
                .unreflect(components[i].getAccessor())
                .asType(MethodType.methodType(Object.class, Object.class));
        shapes[i] = all.of(components[i].getGenericType());
      }
    } catch (ReflectiveOperationException e) {
      throw new IllegalArgumentException(type + " doesn't travel", e);
    }
    Object constant = none(type);
    ByteWriter out = new ByteWriter(newest);
    writeComponents(out, constant);
    none = out.wroteText() ? null : constant;
    encodedNone = out.toByteArray();
  }

  private static int[] counts(RecordComponent[] components, Layouts layouts) {
    int[] counts = new int[layouts.newest() - Layouts.FIRST + 1];
    int before = Layouts.FIRST;
    for (RecordComponent component : components) {
      int since = layouts.since(component.getDeclaringRecord(), component.getName());
      if (since < before) {
        throw new IllegalArgumentException(component + " is not behind older components");
      }
      for (int layout = since; layout <= layouts.newest(); layout++) {
        counts[layout - Layouts.FIRST]++;
      }
      before = since;
    }
    return counts;
  }

  private int count(int layout) {
    return counts[layout - Layouts.FIRST];
  }

  private static @Nullable Object none(Class<?> type) {
    try {
      Field field = type.getDeclaredField("NONE");
      return field.getType() == type && Modifier.isPublic(field.getModifiers())
          ? field.get(null)
          : null;
    } catch (ReflectiveOperationException e) {
      return null;
    }
  }

  @Override
  public void write(ByteWriter out, @Nullable Object value) {
    if (value != null && value == none && out.layout() == newest) {
      out.copy(encodedNone);
    } else {
      writeComponents(out, value);
    }
  }

  private void writeComponents(ByteWriter out, @Nullable Object value) {
    if (value == null) {
      out.number(0);
      return;
    }
    int count = count(out.layout());
    out.number(count + 1L);
    for (int i = 0; i < count; i++) {
      shapes[i].write(out, component(i, value));
    }
  }

  @Override
  public @Nullable Object read(ByteReader in) {
    if (none != null && in.skip(encodedNone)) {
      return none;
    }
    int written = in.count(count(newest) + 1) - 1;
    if (written < 0) {
      return null;
    }
    Object[] values = new Object[shapes.length];
    for (int i = 0; i < shapes.length; i++) {
      values[i] = i < written ? shapes[i].read(in) : shapes[i].missing();
    }
    return make(values);
  }

  private @Nullable Object component(int i, Object record) {
    try {
      return accessors[i].invokeExact(record);
    } catch (Throwable e) {
      throw new IllegalStateException(type + " hides a component", e);
    }
  }

  private Object make(Object[] values) {
    try {
      return constructor.invokeExact(values);
    } catch (Throwable e) {
      throw new UnreadableBytesException("no " + type.getSimpleName() + " can be like that", e);
    }
  }
}
