package io.onebalance.console.pages.house;

import static org.assertj.core.api.Assertions.assertThat;

import io.onebalance.console.pages.keys.view.KeyPage.Fact;
import org.junit.jupiter.api.Test;

class AuditDetailTest {
  @Test
  void details_are_told_field_by_field() {
    assertThat(
            AuditDetail.read(
                "{\"count\":5,\"ids\":[\"a\",\"b\",\"c\",\"d\",\"e\"],\"grace_seconds\":0,"
                    + "\"expires_at\":null,\"filter\":{\"provider\":\"groq\",\"q\":\"\"}}",
                name -> name.replace('_', ' ')))
        .containsExactly(
            new Fact("count", "5"),
            new Fact("ids", "a, b, c, +2"),
            new Fact("grace seconds", "0"),
            new Fact("filter", "provider groq"));
  }

  @Test
  void keystexts_are_cut_and_what_is_no_json_is_shown_as_it_is() {
    var keys = "🔑".repeat(300);

    assertThat(AuditDetail.read("{\"remark\":\"" + keys + "\"}", name -> name))
        .containsExactly(new Fact("remark", "🔑".repeat(200) + "…"));
    assertThat(AuditDetail.read("by hand", name -> name)).containsExactly(new Fact("", "by hand"));
    assertThat(AuditDetail.read("", name -> name)).isEmpty();
  }
}
