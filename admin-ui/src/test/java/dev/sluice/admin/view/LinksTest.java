package dev.sluice.admin.view;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LinksTest {

  @Test
  void namesAreOneSegmentOfAPath() {
    Links links = new Links(null);

    assertThat(links.queue("a/b c?d#e%")).isEqualTo("/admin/queues/a%2Fb%20c%3Fd%23e%25");
    assertThat(links.session("s", "item", "show")).isEqualTo("/admin/sessions/s?item=show");
    assertThat(links.to("")).isEqualTo("/admin");
  }

  @Test
  void parametersWithoutAValueAreLeftOut() {
    assertThat(new Links(null).to("/queues", "cursor", null, "place", "", "a", "b&c"))
        .isEqualTo("/admin/queues?a=b%26c");
  }

  @Test
  void anOrgGoesAlong() {
    assertThat(new Links("acme").to("/queues", "cursor", "x"))
        .isEqualTo("/admin/queues?cursor=x&org=acme");
    assertThat(new Links("acme").worker("w")).isEqualTo("/admin/workers/w?org=acme");
  }
}
