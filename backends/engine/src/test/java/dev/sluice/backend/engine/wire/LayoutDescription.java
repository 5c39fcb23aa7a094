package dev.sluice.backend.engine.wire;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The types of a layout with their components or constants, as this build knows them. */
final class LayoutDescription {

  private final int layout;
  private final TreeMap<String, String> parts = new TreeMap<>();

  LayoutDescription(int layout) {
    this.layout = layout;
  }

  /** The numbered types in order, then all that they consist of. */
  List<String> lines() {
    List<String> lines = new ArrayList<>();
    for (Class<?> type : WireTypes.TYPES) {
      if (Layouts.OF_THIS_BUILD.since(type) <= layout) {
        lines.add(WireTypes.idOf(type) + " " + name(type));
        visit(type);
      }
    }
    parts.forEach((name, described) -> lines.add((name + ": " + described).strip()));
    return lines;
  }

  private void visit(Type type) {
    if (name(type).startsWith("List<") && type instanceof Class<?>) {
      return;
    }
    if (type instanceof ParameterizedType generic) {
      visit(generic.getRawType());
      Arrays.stream(generic.getActualTypeArguments()).forEach(this::visit);
      return;
    }
    if (!(type instanceof Class<?> raw) || parts.containsKey(name(raw))) {
      return;
    }
    if (raw.isEnum()) {
      parts.put(
          name(raw),
          Arrays.stream(raw.getEnumConstants())
              .map(each -> ((Enum<?>) each).name())
              .filter(each -> Layouts.OF_THIS_BUILD.since(raw, each) <= layout)
              .sorted()
              .collect(Collectors.joining(" ")));
    } else if (raw.isRecord()) {
      parts.put(name(raw), "");
      List<String> components = new ArrayList<>();
      for (RecordComponent each : raw.getRecordComponents()) {
        if (Layouts.OF_THIS_BUILD.since(raw, each.getName()) <= layout) {
          components.add(each.getName() + " " + name(each.getGenericType()));
          visit(each.getGenericType());
        }
      }
      parts.put(name(raw), String.join(", ", components));
    }
  }

  /** Leaves out packages, which may change. */
  private static String name(Type type) {
    StoredForm form = type instanceof Class<?> raw ? StoredForm.of(raw) : null;
    return (form == null ? type : form.as())
        .getTypeName()
        .replaceAll("[a-z]+\\.", "")
        .replace('$', '.');
  }
}
