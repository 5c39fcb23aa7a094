package dev.sluice.backend.redis.agentfactory;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** All keys of the database by family; lists those of no family and of wrong types. */
final class Keys {

  private static final char NOT_UTF_8 = '\ufffd';

  private final Map<Family, List<String>> read = new EnumMap<>(Family.class);
  private final Set<String> lists = new HashSet<>();

  private Keys() {}

  static Keys of(Source source, Findings findings) {
    Keys keys = new Keys();
    List<LeftBehind> families = LeftBehind.all();
    List<String> known = new ArrayList<>();
    for (String key : source.keys()) {
      LeftBehind left = LeftBehind.of(key, families);
      if (left != null) {
        left.add();
      } else if (key.indexOf(NOT_UTF_8) >= 0) {
        findings.leftOut(key, "its name is not UTF-8");
      } else if (Family.of(key) == null) {
        findings.leftOut(key, "an unknown key");
      } else {
        known.add(key);
      }
    }
    source.types(known).forEach((key, type) -> keys.add(key, type, findings));
    families.forEach(family -> family.list(findings));
    return keys;
  }

  private void add(String key, String type, Findings findings) {
    Family family = Family.of(key);
    if (family == null || type.equals("none")) {
      findings.gone(key);
    } else if (!family.may(type)) {
      findings.leftOut(key, "it is a " + type + ", not a " + family.types());
    } else {
      if (type.equals("list")) {
        lists.add(key);
      }
      Family place = family == Family.PARKED_ITEMS && type.equals("zset") ? Family.PARKED : family;
      read.computeIfAbsent(place, each -> new ArrayList<>()).add(key);
    }
  }

  boolean isList(String key) {
    return lists.contains(key);
  }

  /** Sorted. */
  List<String> of(Family family) {
    return read.getOrDefault(family, List.of());
  }
}
