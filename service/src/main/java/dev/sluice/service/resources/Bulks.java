package dev.sluice.service.resources;

import dev.sluice.service.api.JsonBody;
import dev.sluice.service.errors.ApiException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** A bad element of a call does not affect the others. */
public final class Bulks {

  public static final int MAX = 1_000;

  private Bulks() {}

  public interface Reader<N> {

    N read(int index, JsonBody element);
  }

  /** Adds the good elements with one call, whose results are in the order of its input. */
  public static <N, R, A> List<A> each(
      List<Optional<JsonBody>> elements,
      Reader<N> read,
      Function<List<N>, List<R>> add,
      Function<R, A> answer,
      Function<ApiException, A> refused) {
    List<A> answers = new ArrayList<>(elements.size());
    List<N> good = new ArrayList<>(elements.size());
    List<Integer> places = new ArrayList<>(elements.size());
    for (Optional<JsonBody> element : elements) {
      try {
        good.add(read.read(answers.size(), element.orElseThrow(JsonBody::notAnObject)));
        places.add(answers.size());
        answers.add(null);
      } catch (ApiException e) {
        answers.add(refused.apply(e));
      }
    }
    List<R> results = good.isEmpty() ? List.of() : add.apply(good);
    for (int i = 0; i < results.size(); i++) {
      answers.set(places.get(i), answer.apply(results.get(i)));
    }
    return answers;
  }
}
