package dev.sluice.backend.tck.sessions;

import org.junit.jupiter.api.Nested;

public abstract class SessionsContract {

  @Nested
  class StopOrders extends StopOrderCases {}

  @Nested
  class ExpectedPlaces extends ExpectedPlaceCases {}

  @Nested
  class Cancels extends CancelCases {}

  @Nested
  class Reports extends TransitionCases {}

  @Nested
  class Stops extends StopCases {}

  @Nested
  class Touches extends TouchCases {}

  @Nested
  class Refreshes extends RefreshCases {}

  @Nested
  class Activities extends ActivityCases {}

  @Nested
  class Timelines extends TimelineCases {}

  @Nested
  class LateResults extends LateResultCases {}

  @Nested
  class Attempts extends AttemptCases {}

  @Nested
  class Tools extends ToolCases {}
}
