package dev.sluice.backend.engine.wire;

import dev.sluice.backend.engine.records.Abilities;
import dev.sluice.backend.store.PackedNames;
import dev.sluice.backend.workers.Heartbeat;
import dev.sluice.backend.workers.Projects;
import dev.sluice.backend.workers.Registration;
import java.lang.reflect.Type;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A type that travels in another form, which release 0.1.0 knows: {@link PackedNames}.
 *
 * @param as the type whose bytes are written and read; may be the same
 */
record StoredForm(
    Class<?> type, Type as, UnaryOperator<Object> pack, UnaryOperator<Object> unpack) {

  /** The type of a list of names. */
  private static final Type NAMES = Stored.Names.class.getRecordComponents()[0].getGenericType();

  private static final List<StoredForm> FORMS =
      List.of(
          StoredForm.<Projects, List<String>>of(
              Projects.class, NAMES, PackedNames::pack, PackedNames::projects),
          StoredForm.<Abilities, List<String>>of(
              Abilities.class,
              NAMES,
              has -> PackedNames.pack(has.capabilities(), has.repositories()),
              StoredForm::abilities),
          of(Registration.class, Registration.class, PackedNames::pack, PackedNames::unpack),
          StoredForm.<Heartbeat, Heartbeat>of(
              Heartbeat.class,
              Heartbeat.class,
              said -> listing(said, PackedNames::packAll),
              said -> listing(said, PackedNames::repositories)));

  /** Returns null for a type that travels as itself. */
  static @Nullable StoredForm of(Class<?> type) {
    return FORMS.stream().filter(form -> form.type == type).findAny().orElse(null);
  }

  @SuppressWarnings("unchecked") // shapes write and read values of their types
  private static <T, F> StoredForm of(
      Class<T> type, Type as, Function<T, F> pack, Function<F, T> unpack) {
    return new StoredForm(
        type, as, value -> pack.apply((T) value), value -> unpack.apply((F) value));
  }

  private static Abilities abilities(List<String> packed) {
    return new Abilities(PackedNames.capabilities(packed), PackedNames.repositories(packed));
  }

  private static Heartbeat listing(Heartbeat said, UnaryOperator<List<String>> change) {
    List<String> listed = said.repositories();
    return listed == null ? said : said.listing(change.apply(listed));
  }
}
