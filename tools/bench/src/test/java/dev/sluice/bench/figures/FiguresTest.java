package dev.sluice.bench.figures;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class FiguresTest {

  @Test
  void medianOfAnOddNumberOfRunsIsTheMiddleOne() {
    assertThat(Figures.Summary.of(List.of(9.0, 1.0, 4.0))).isEqualTo(new Figures.Summary(1, 4, 9));
  }

  @Test
  void medianOfAnEvenNumberOfRunsIsTheMeanOfTheMiddleTwo() {
    assertThat(Figures.Summary.of(List.of(9.0, 1.0, 4.0, 6.0)))
        .isEqualTo(new Figures.Summary(1, 5, 9));
  }

  @Test
  void ratesAreBySecondAndLatenciesInMilliseconds() {
    Figures figures = new Figures();
    figures.addRate(Figure.CLAIMED, 500, 250_000_000);
    Samples latencies = new Samples();
    latencies.add(1_500_000);
    figures.addLatencies(latencies);

    assertThat(figures.runs(Figure.CLAIMED)).containsExactly(2_000.0);
    assertThat(figures.runs(Figure.P99)).containsExactly(1.5);
    assertThat(figures.measured())
        .containsExactly(Figure.CLAIMED, Figure.P50, Figure.P99, Figure.MAX);
  }

  @Test
  void noLatenciesAreNoFigure() {
    Figures figures = new Figures();
    figures.addLatencies(new Samples());
    assertThat(figures.measured()).isEmpty();
  }
}
