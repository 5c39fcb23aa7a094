package dev.sluice.backend.engine.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.ArrayList;
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

  static WireShape of(Type type) {
    if (type instanceof ParameterizedType generic) {
      return ofGeneric(generic);
    }
    Class<?> raw = (Class<?>) type;
    if (raw == long.class) {
      return new Whole(Long.class, 0L);
    } else if (raw == int.class) {
      return new Whole(Integer.class, 0);
    } else if (raw == boolean.class) {
      return new Truth(false);
    } else if (raw == Long.class || raw == Integer.class) {
      return new Whole(raw, null);
    } else if (raw == Boolean.class) {
      return new Truth(null);
    } else if (raw == String.class) {
      return new Text();
    } else if (raw.isEnum()) {
      return new Constant(raw);
    } else if (raw.isRecord()) {
      return RecordShape.of(raw);
    } else if (raw.isInterface() || raw == Object.class) {
      return new AnyOf();
    }
    throw new IllegalArgumentException(raw + " doesn't travel");
  }

  private static WireShape ofGeneric(ParameterizedType generic) {
    Type raw = generic.getRawType();
    Type[] arguments = generic.getActualTypeArguments();
    if (raw == List.class) {
      return new Many(of(arguments[0]));
    } else if (raw == Set.class) {
      return new Distinct(new Many(of(arguments[0])));
    } else if (raw == SortedMap.class) {
      return new Pairs(of(arguments[0]), of(arguments[1]), true);
    } else if (raw == Map.class) {
      return new Pairs(of(arguments[0]), of(arguments[1]), false);
    }
    // the record's own type decides, not its type arguments
    return of(raw);
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

    Constant(Class<?> type) {
      this.type = type.getSimpleName();
      constants = type.getEnumConstants();
      names = new String[constants.length];
      encoded = new byte[constants.length][];
      for (int i = 0; i < constants.length; i++) {
        names[i] = ((Enum<?>) constants[i]).name();
        encoded[i] = names[i].getBytes(UTF_8);
      }
    }

    @Override
    public void write(ByteWriter out, @Nullable Object value) {
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

  record AnyOf() implements WireShape {
    @Override
    public void write(ByteWriter out, @Nullable Object value) {
      if (value == null) {
        out.number(0);
        return;
      }
      int id = WireTypes.idOf(value.getClass());
      out.number(id);
      WireTypes.shape(id).write(out, value);
    }

    @Override
    public @Nullable Object read(ByteReader in) {
      int id = in.count(Integer.MAX_VALUE);
      return id == 0 ? null : WireTypes.shape(id).read(in);
    }
  }
}
