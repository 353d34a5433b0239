package io.onebalance.console.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class MultipartTest {
  private static final String TYPE = "multipart/form-data; boundary=\"cut here\"";

  @Test
  void fields_and_files_are_read_by_name() {
    var params =
        read(
            """
            --cut here
            Content-Disposition: form-data; name="remark"

            schlüssel
            --cut here
            Content-Disposition: form-data; filename="name.txt"; name="keys"
            Content-Type: text/plain

            one
            --two
            --cut here--
            """);

    assertThat(params.text("remark")).isEqualTo("schlüssel");
    assertThat(params.text("keys")).isEqualTo("one\r\n--two");
  }

  @Test
  void an_empty_form_is_read() {
    assertThat(read("--cut here--\n").all()).isEmpty();
  }

  @Test
  void what_is_broken_is_refused() {
    for (var broken :
        new String[] {
          "",
          "no boundary",
          "--cut here\n",
          "--cut here\nno name\n\nx\n--cut here--\n",
          "--cut here\nContent-Disposition: form-data; name=\"a\"\n\nno end"
        }) {
      assertThatThrownBy(() -> read(broken)).as(broken).isInstanceOf(Refusal.class);
    }
    assertThatThrownBy(() -> Multipart.read("multipart/form-data", new byte[0]))
        .hasMessageContaining("boundary");
  }

  private static Params read(String text) {
    return Multipart.read(TYPE, text.replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8));
  }
}
