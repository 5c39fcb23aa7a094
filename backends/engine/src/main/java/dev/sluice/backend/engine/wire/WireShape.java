package dev.sluice.backend.engine.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

interface WireShape {

  void write(ByteWriter out, @Nullable Object value);

  @Nullable Object read(ByteReader in);

  /** The value of a component that older bytes lack. */
  default @Nullable Object missing() {
    return null;
  }

  record Whole(Class<?> box, @Nullable Object missing) implements WireShape {
    @Override
    public void write(ByteWriter out, @Nullable Object value) {
      if (missing == null) {
        out.number(value == null ? 0 : 1);
      }
      if (value != null) {
        out.number(((Number) value).longValue());
      }
    }

    @Override
    public @Nullable Object read(ByteReader in) {
      if (missing == null && in.count(1) == 0) {
        return null;
      }
      long value = in.number();
      return box == Integer.class ? (Object) (int) value : (Object) value;
    }
  }

  record Truth(@Nullable Object missing) implements WireShape {
    @Override
    public void write(ByteWriter out, @Nullable Object value) {
      out.number(value == null ? 2 : (boolean) value ? 1 : 0);
    }

    @Override
    public @Nullable Object read(ByteReader in) {
      int value = in.count(2);
      return value == 2 ? missing : (Object) (value == 1);
    }
  }

  record Text() implements WireShape {
    @Override
    public void write(ByteWriter out, @Nullable Object value) {
      out.text((String) value);
    }

    @Override
    public @Nullable Object read(ByteReader in) {
      return in.text();
    }
  }

  /** Written by name, so that constants may be reordered. */
  final class Constant implements WireShape {
    private final Object[] constants;
    private final String[] names;
    private final byte[][] encoded;
    private final String type;

    /** The layouts with which they came, if some came after the first. */
    private final int @Nullable [] since;

    Constant(Class<?> type, Layouts layouts) {
      this.type = type.getSimpleName();
      constants =
          Arrays.stream(type.getEnumConstants())
              .filter(each -> since(each, layouts) <= layouts.newest())
              .toArray();
      int[] came = Arrays.stream(constants).mapToInt(each -> since(each, layouts)).toArray();
      since = Arrays.stream(came).allMatch(each -> each == Layouts.FIRST) ? null : came;
      names = new String[constants.length];
      encoded = new byte[constants.length][];
      for (int i = 0; i < constants.length; i++) {
        names[i] = ((Enum<?>) constants[i]).name();
        encoded[i] = names[i].getBytes(UTF_8);
      }
    }

    private static int since(Object constant, Layouts layouts) {
      Enum<?> each = (Enum<?>) constant;
      return layouts.since(each.getDeclaringClass(), each.name());
    }

    @Override
    public void write(ByteWriter out, @Nullable Object value) {
      if (value != null && since != null) {
        int at = Arrays.asList(constants).indexOf(value);
        require(out, at < 0 ? Integer.MAX_VALUE : since[at], value);
      }
      out.text(value == null ? null : ((Enum<?>) value).name());
    }

    @Override
    public @Nullable Object read(ByteReader in) {
      int index = in.oneOf(names, encoded, type);
      return index < 0 ? null : constants[index];
    }
  }

  record Many(WireShape element) implements WireShape {
    @Override
    public void write(ByteWriter out, @Nullable Object value) {
      List<?> list = (List<?>) value;
      out.number(list == null ? 0 : list.size() + 1L);
      if (list != null) {
        for (Object each : list) {
          element.write(out, each);
        }
      }
    }

    @Override
    public @Nullable Object read(ByteReader in) {
      int size = in.count(in.left() + 1) - 1;
      if (size < 0) {
        return null;
      }
      if (size == 0) {
        return List.of();
      }
      List<@Nullable Object> list = new ArrayList<>(size);
      for (int i = 0; i < size; i++) {
        list.add(element.read(in));
      }
      return Collections.unmodifiableList(list);
    }

    @Override
    public Object missing() {
      return List.of();
    }
  }

  record Distinct(Many many) implements WireShape {
    @Override
    public void write(ByteWriter out, @Nullable Object value) {
      many.write(out, value == null ? null : new ArrayList<>((Set<?>) value));
    }

    @Override
    public @Nullable Object read(ByteReader in) {
      List<?> list = (List<?>) many.read(in);
      return list == null ? null : new LinkedHashSet<>(list);
    }

    @Override
    public Object missing() {
      return Set.of();
    }
  }

  /** Sorted or in written order. */
  record Pairs(WireShape key, WireShape value, boolean sorted) implements WireShape {
    @Override
    public void write(ByteWriter out, @Nullable Object object) {
      Map<?, ?> map = (Map<?, ?>) object;
      out.number(map == null ? 0 : map.size() + 1L);
      if (map != null) {
        for (Map.Entry<?, ?> pair : map.entrySet()) {
          key.write(out, pair.getKey());
          value.write(out, pair.getValue());
        }
      }
    }

    @Override
    public @Nullable Object read(ByteReader in) {
      int size = in.count(in.left() + 1) - 1;
      if (size < 0) {
        return null;
      }
      Map<@Nullable Object, @Nullable Object> map = empty();
      for (int i = 0; i < size; i++) {
        map.put(key.read(in), value.read(in));
      }
      return sorted
          ? Collections.unmodifiableSortedMap((SortedMap<?, ?>) map)
          : Collections.unmodifiableMap(map);
    }

    @Override
    public Object missing() {
      return empty();
    }

    private Map<@Nullable Object, @Nullable Object> empty() {
      return sorted ? new TreeMap<>() : new LinkedHashMap<>();
    }
  }

  /** A value that travels as a value of another type. */
  record Packed(WireShape shape, StoredForm form) implements WireShape {
    @Override
    public void write(ByteWriter out, @Nullable Object value) {
      shape.write(out, value == null ? null : form.pack().apply(value));
    }

    @Override
    public @Nullable Object read(ByteReader in) {
      return unpacked(shape.read(in));
    }

    @Override
    public @Nullable Object missing() {
      return unpacked(shape.missing());
    }

    private @Nullable Object unpacked(@Nullable Object value) {
      try {
        return value == null ? null : form.unpack().apply(value);
      } catch (RuntimeException e) {
        throw new UnreadableBytesException(
            "no " + form.type().getSimpleName() + " can be like that", e);
      }
    }
  }

  record AnyOf(WireShapes shapes) implements WireShape {
    @Override
    public void write(ByteWriter out, @Nullable Object value) {
      if (value == null) {
        out.number(0);
        return;
      }
      int id = WireTypes.idOf(value.getClass());
      out.number(id);
      shapes.numbered(id).write(out, value);
    }

    @Override
    public @Nullable Object read(ByteReader in) {
      int id = in.count(Integer.MAX_VALUE);
      return id == 0 ? null : shapes.numbered(id).read(in);
    }
  }

  /** A type that came after the first layout. */
  record New(WireShape shape, Class<?> type, int since) implements WireShape {
    @Override
    public void write(ByteWriter out, @Nullable Object value) {
      require(out, since, type.getSimpleName());
      shape.write(out, value);
    }

    @Override
    public @Nullable Object read(ByteReader in) {
      return shape.read(in);
    }
  }

  private static void require(ByteWriter out, int since, Object what) {
    if (out.layout() < since) {
      throw new IllegalStateException(
          what + " came after layout " + out.layout() + ", which is in force");
    }
  }
}
