package io.onebalance.route.body;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.onebalance.route.body.Found.Foreign;
import io.onebalance.route.body.Found.Named;
import io.onebalance.route.body.Found.Nameless;
import io.onebalance.route.body.Found.Refused;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MultipartModelTest {
  private static final String TYPE = "multipart/form-data; boundary=XX";

  private static Found find(String type, String body) {
    return ModelFinder.find(type, body.getBytes(ISO_8859_1));
  }

  private static String part(String head, String content) {
    return "--XX\r\n" + head + "\r\n\r\n" + content + "\r\n";
  }

  private static String field(String name, String value) {
    return part("Content-Disposition: form-data; name=\"" + name + "\"", value);
  }

  private static final String FILE =
      part(
          "Content-Disposition: form-data; name=\"file\"; filename=\"a;name=\\\"b.mp3\"\r\n"
              + "Content-Type: audio/mpeg",
          "\u0000\u00ff--X\r\n--XY\r\nname=\"model\"");

  @Test
  @DisplayName("D16 audio and files rotate like everything else")
  void a_field_names_the_model() {
    var body = FILE + field("model", "whisper-1") + field("stream", "true") + "--XX--\r\n";
    assertThat(find(TYPE, body))
        .isInstanceOfSatisfying(
            Named.class,
            it -> {
              assertThat(it.name()).isEqualTo("whisper-1");
              assertThat(it.stream()).isTrue();
              var bytes = body.getBytes(ISO_8859_1);
              assertThat(new String(ModelFinder.replace(bytes, it, "gpt-4o"), ISO_8859_1))
                  .isEqualTo(body.replace("whisper-1", "gpt-4o"));
            });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Content-Disposition: form-data; name=\"model\"",
        "content-disposition:form-data;NAME=model",
        "Content-Type: text/plain\r\n"
            + "Content-Disposition: form-data; filename=\"x\"; name=\"model\"",
        "Content-Disposition: form-data; name=\"mod\\el\"",
        "Content-Disposition: form-data; name=\"model\"x",
        "Content-Disposition : form-data; name=\"model\"",
        "Content-Disposition: form-data; filename=\"\\\";name=x\"; name = \"model\""
      })
  void heads_are_read_in_any_spelling(String head) {
    assertThat(find(TYPE, part(head, "m") + "--XX--"))
        .isInstanceOfSatisfying(Named.class, it -> assertThat(it.name()).isEqualTo("m"));
  }

  @Test
  void boundaries_are_read_in_any_spelling() {
    var body = "preamble\r\n" + field("model", "m") + "--XX--";
    for (var type :
        List.of(
            "multipart/form-data; boundary=\"XX\"",
            "Multipart/Form-Data;charset=utf-8;BOUNDARY=XX",
            "multipart/form-data; boundary=\"X\\X\"; x=y")) {
      assertThat(find(type, body)).as(type).isInstanceOf(Named.class);
    }
    for (var type :
        List.of(
            "multipart/form-data",
            "multipart/form-data; boundary=",
            "multipart/form-data; boundary=XX; boundary=YY",
            "multipart/form-data; boundary=YY")) {
      assertThat(find(type, body)).as(type).isEqualTo(new Foreign());
    }
  }

  @Test
  void without_the_field_there_is_no_name() {
    for (var body :
        List.of("--XX--", FILE + "--XX--", field("model", "") + "--XX--", field("models", "x"))) {
      assertThat(find(TYPE, body)).as(body).isEqualTo(new Nameless(false));
    }
  }

  @Test
  @DisplayName("F46 a second model is refused, also one that only a lenient server would see")
  void a_second_model_is_refused() {
    var sly = "--XX\nContent-Disposition: form-data; name=\"model\"\n\nother\n";
    for (var body :
        List.of(
            field("model", "a") + field("model", "b") + "--XX--",
            field("model", "a") + field("x", "\n" + sly) + "--XX--",
            field("model", "a")
                + part("Content-Disposition: form-data; name=\"model\"\r\nX: \n--XX", "b"))) {
      assertThat(find(TYPE, body)).isInstanceOf(Refused.class);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        // a delimiter that only some readers see
        "x--XX\r\n@\r\n\r\nm\r\n--XX--",
        "\r--XX\r\n@\r\n\r\nm\r\n--XX--",
        "--XX\r\nX: y\r\n\r\nz\r--XX\r\n@\r\n\r\nm\r\n--XX--",
        "--XX\r\nX: y\r\n\r\nz\r\n--XX--z\r\n--XX\r\n@\r\n\r\nm\r\n--XX--",
        "--XX\r\nX: y\r\n\r\nz\r\n--XX--\r\n--XX\r\n@\r\n\r\nm\r\n--XX--",
        // a header line that only some readers see
        "--XX@\r\n\r\nm\r\n--XX--",
        "--XX\r@\r\n\r\nm\r\n--XX--",
        "--XX\r\nX: y\r@\r\n\r\nm\r\n--XX--",
        "--XX\r\nX: y\n\r\n@\r\n\r\nm\r\n--XX--",
        "--XX\r\nX: y\r\n\n@\r\n\r\nm\r\n--XX--",
        "--XX\nX: y\n\nm\r\n--XX--",
        // a name that only some readers see
        "--XX\r\nContent-Disposition: form-data; name=\"x\"; name=\"model\"\r\n\r\nm\r\n--XX--",
        "--XX\r\nContent-Disposition: form-data; name=\"x\"\r\n@\r\n\r\nm\r\n--XX--",
        "--XX\r\nContent-Disposition: form-data;\r\n name=\"model\"\r\n\r\nm\r\n--XX--",
        "--XX\r\nContent-Disposition: form-data; name*=UTF-8''model\r\n\r\nm\r\n--XX--",
        "--XX\r\nContent-Disposition: form-data; NAME*0=mo; name*1=del\r\n\r\nm\r\n--XX--"
      })
  @DisplayName("F46 a form that two readers would read as two forms is refused")
  void what_only_some_readers_see_is_refused(String body) {
    var form = body.replace("@", "Content-Disposition: form-data; name=\"model\"");
    assertThat(find(TYPE, form)).isInstanceOf(Refused.class);
    assertThat(find(TYPE, form.replace("--XX--", ""))).isNotInstanceOf(Nameless.class);
  }

  @Test
  void what_stands_before_and_behind_the_parts_is_ignored() {
    var body = "This form\r\n-- has parts\n" + field("model", "m") + "--XX-- \r\nand an end";
    assertThat(find(TYPE, body))
        .isInstanceOfSatisfying(Named.class, it -> assertThat(it.name()).isEqualTo("m"));
  }

  @Test
  void parts_and_heads_are_bounded() {
    assertThat(find(TYPE, field("x", "y").repeat(1001))).isInstanceOf(Refused.class);
    var longHead = "X: " + "y".repeat(9000) + "\r\nContent-Disposition: form-data; name=\"model\"";
    assertThat(find(TYPE, part(longHead, "m") + "--XX--")).isInstanceOf(Refused.class);
    assertThat(find(TYPE, field("model", "a") + part(longHead, "m"))).isInstanceOf(Refused.class);
  }

  @Test
  void truncated_and_random_bytes_never_fail() {
    var whole = (FILE + field("model", "m") + "--XX--").getBytes(ISO_8859_1);
    for (var length = 0; length < whole.length; length++) {
      var cut = Arrays.copyOf(whole, length);
      assertThat(ModelFinder.find(TYPE, cut)).isNotNull();
    }
    var random = new Random(7);
    for (var i = 0; i < 2000; i++) {
      var bytes = whole.clone();
      for (var flip = 0; flip < 3; flip++) {
        bytes[random.nextInt(bytes.length)] = (byte) "\r\n-X;=\" \\m".charAt(random.nextInt(10));
      }
      assertThat(ModelFinder.find(TYPE, bytes)).isNotNull();
    }
  }
}
