package dev.sluice.backend.engine.wire;

import dev.sluice.backend.engine.operation.Operation;
import dev.sluice.backend.engine.records.Change;
import dev.sluice.backend.findings.SeenFinding;
import dev.sluice.backend.queues.QueueLimits;
import dev.sluice.backend.workers.Projects;
import java.lang.reflect.Constructor;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;

/** Random values of any wire type. */
final class RandomValues {

  private final Random random;

  RandomValues(long seed) {
    random = new Random(seed);
  }

  Object of(Type type) throws ReflectiveOperationException {
    if (type instanceof ParameterizedType generic) {
      return ofGeneric(generic);
    }
    Class<?> raw = (Class<?>) type;
    if (raw == long.class || raw == Long.class) {
      return random.nextInt(4) == 0 ? random.nextLong() : random.nextInt(200) - 100L;
    } else if (raw == int.class || raw == Integer.class) {
      return random.nextInt() & Integer.MAX_VALUE; // some must not be negative
    } else if (raw == boolean.class || raw == Boolean.class) {
      return random.nextBoolean();
    } else if (raw == String.class) {
      return text();
    } else if (raw.isEnum()) {
      return raw.getEnumConstants()[random.nextInt(raw.getEnumConstants().length)];
    } else if (raw == Operation.class) {
      return one(
          WireTypes.TYPES.stream()
              .filter(Operation.class::isAssignableFrom)
              .toArray(Class<?>[]::new));
    } else if (raw == Change.class) {
      return one(Change.class.getPermittedSubclasses());
    } else if (raw == Object.class) {
      return random.nextLong();
    } else if (raw.isInterface()) {
      return one(raw.getPermittedSubclasses());
    }
    if (raw == Projects.class) {
      List<String> names = List.of(text());
      return random.nextBoolean()
          ? Projects.ALL
          : Projects.only(names.subList(0, random.nextInt(2)));
    } else if (raw == SeenFinding.class) {
      return new SeenFinding("a-kind", text(), text(), text());
    }
    return raw == QueueLimits.class
        ? new QueueLimits(random.nextInt(9), random.nextBoolean() ? null : (long) random.nextInt(9))
        : record(raw);
  }

  private Object one(Class<?>[] types) throws ReflectiveOperationException {
    return of(types[random.nextInt(types.length)]);
  }

  private Object record(Class<?> type) throws ReflectiveOperationException {
    RecordComponent[] components = type.getRecordComponents();
    Class<?>[] types = new Class<?>[components.length];
    Object[] values = new Object[components.length];
    for (int i = 0; i < components.length; i++) {
      types[i] = components[i].getType();
      boolean mayBeNull = components[i].getAnnotatedType().getAnnotations().length > 0;
      values[i] = mayBeNull && random.nextBoolean() ? null : of(components[i].getGenericType());
    }
    Constructor<?> constructor = type.getDeclaredConstructor(types);
    constructor.setAccessible(true);
    return constructor.newInstance(values);
  }

  private Object ofGeneric(ParameterizedType generic) throws ReflectiveOperationException {
    Class<?> raw = (Class<?>) generic.getRawType();
    Type[] arguments = generic.getActualTypeArguments();
    int size = random.nextInt(4);
    if (raw == Operation.class) {
      return of(raw);
    } else if (Map.class.isAssignableFrom(raw)) {
      SortedMap<Object, Object> map = new TreeMap<>();
      for (int i = 0; i < size; i++) {
        map.put(of(arguments[0]), of(arguments[1]));
      }
      return map;
    }
    List<Object> list = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      list.add(of(arguments[0]));
    }
    return raw == java.util.Set.class ? new LinkedHashSet<>(list) : list;
  }

  private String text() {
    String[] parts = {"", "a", "session-1", "\u00e9", "\uD83D\uDE00", "{\"x\":[1,2]}", "\uFFFD"};
    return parts[random.nextInt(parts.length)] + parts[random.nextInt(parts.length)];
  }
}
