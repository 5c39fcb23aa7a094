package dev.sluice.backend.tck.messages;

import org.junit.jupiter.api.Nested;

public abstract class MessagesContract {

  @Nested
  class AnswerSizes extends AnswerSizeCases {}

  @Nested
  class OfferedTimes extends OfferedTimeCases {}

  @Nested
  class Unread extends UnreadCases {}

  @Nested
  class Acknowledged extends AcknowledgedCases {}

  @Nested
  class Inboxes extends InboxCases {}

  @Nested
  class Delivery extends DeliveryCases {}

  @Nested
  class Archives extends ArchiveCases {}

  @Nested
  class Injects extends InjectCases {}

  @Nested
  class InjectEnds extends InjectEndCases {}

  @Nested
  class Undeliverables extends UndeliverableCases {}
}
