package dev.sluice.backend.engine.wire;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/** The shapes of all types by given layouts, each made at its first use. */
final class WireShapes {

  private static final WireShapes OF_THIS_BUILD = new WireShapes(Layouts.OF_THIS_BUILD);

  private final Layouts layouts;
  private final WireShape any = new WireShape.AnyOf(this);

  /** Made at the first use, since all at once would take a tenth of a second of each start. */
  private final @Nullable WireShape[] numbered = new WireShape[WireTypes.TYPES.size()];

  private final ClassValue<RecordShape> records =
      new ClassValue<>() {
        @Override
        protected RecordShape computeValue(Class<?> type) {
          return new RecordShape(type, WireShapes.this);
        }
      };

  private WireShapes(Layouts layouts) {
    this.layouts = layouts;
  }

  static WireShapes of(Layouts layouts) {
    return layouts.equals(Layouts.OF_THIS_BUILD) ? OF_THIS_BUILD : new WireShapes(layouts);
  }

  Layouts layouts() {
    return layouts;
  }

  /** The shape of a value of any numbered type. */
  WireShape any() {
    return any;
  }

  WireShape of(Type type) {
    if (type instanceof ParameterizedType generic) {
      return ofGeneric(generic);
    }
    Class<?> raw = (Class<?>) type;
    StoredForm form = StoredForm.of(raw);
    if (form != null) {
      return new WireShape.Packed(form.as() == raw ? records.get(raw) : of(form.as()), form);
    } else if (raw == long.class) {
      return new WireShape.Whole(Long.class, 0L);
    } else if (raw == int.class) {
      return new WireShape.Whole(Integer.class, 0);
    } else if (raw == boolean.class) {
      return new WireShape.Truth(false);
    } else if (raw == Long.class || raw == Integer.class) {
      return new WireShape.Whole(raw, null);
    } else if (raw == Boolean.class) {
      return new WireShape.Truth(null);
    } else if (raw == String.class) {
      return new WireShape.Text();
    } else if (raw.isEnum()) {
      return new WireShape.Constant(raw, layouts);
    } else if (raw.isRecord()) {
      return records.get(raw);
    } else if (raw.isInterface() || raw == Object.class) {
      return any;
    }
    throw new IllegalArgumentException(raw + " doesn't travel");
  }

  private WireShape ofGeneric(ParameterizedType generic) {
    Type raw = generic.getRawType();
    Type[] arguments = generic.getActualTypeArguments();
    if (raw == List.class) {
      return new WireShape.Many(of(arguments[0]));
    } else if (raw == Set.class) {
      return new WireShape.Distinct(new WireShape.Many(of(arguments[0])));
    } else if (raw == SortedMap.class) {
      return new WireShape.Pairs(of(arguments[0]), of(arguments[1]), true);
    } else if (raw == Map.class) {
      return new WireShape.Pairs(of(arguments[0]), of(arguments[1]), false);
    }
    // the record's own type decides, not its type arguments
    return of(raw);
  }

  WireShape numbered(int id) {
    if (id > numbered.length) {
      throw new UnreadableBytesException("no type has the number " + id);
    }
    WireShape shape = numbered[id - 1];
    if (shape == null) {
      Class<?> type = WireTypes.TYPES.get(id - 1);
      int since = layouts.since(type);
      if (since > layouts.newest()) {
        throw new UnreadableBytesException("no type has the number " + id);
      }
      Type written = type == Long.class ? long.class : type == Boolean.class ? boolean.class : type;
      shape = since == Layouts.FIRST ? of(written) : new WireShape.New(of(written), type, since);
      numbered[id - 1] = shape;
    }
    return shape;
  }
}
