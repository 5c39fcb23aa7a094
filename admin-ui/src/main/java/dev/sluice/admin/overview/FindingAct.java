package dev.sluice.admin.overview;

import dev.sluice.admin.acts.Act;
import dev.sluice.admin.view.Section;
import dev.sluice.admin.web.PageException;
import dev.sluice.admin.web.PageIds;
import dev.sluice.admin.web.Visit;
import dev.sluice.backend.findings.Finding;
import dev.sluice.backend.findings.Findings;

interface FindingAct extends Act {

  Findings findings();

  String key();

  @Override
  default Section section() {
    return Section.OVERVIEW;
  }

  @Override
  default String object() {
    return key();
  }

  @Override
  default void check(Visit visit) {
    PageIds.require(key(), "finding", visit, Section.OVERVIEW);
  }

  default String home(Visit visit) {
    return visit.links().to(Section.OVERVIEW.path());
  }

  default Finding find(Visit visit) {
    return findings().list(visit.org()).stream()
        .filter(each -> each.key().equals(key()))
        .findFirst()
        .orElseThrow(
            () ->
                PageException.notFound(
                    "This finding is over, or never was.", home(visit), "Go to overview"));
  }
}
