package io.onebalance.route.resource;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ListingTest {
  private static final Set<String> ALLOWED = Set.of("a", "gemini-2.5-pro", "org/x");

  private static String filtered(String json) {
    return Listing.filtered(json.getBytes(UTF_8), ALLOWED::contains)
        .map(bytes -> new String(bytes, UTF_8))
        .orElse("unreadable");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "{\"object\":\"list\",\"data\":[{\"id\":\"a\",\"n\":1.0},{\"id\":\"b\"}],\"x\":2};"
            + " {\"object\":\"list\",\"data\":[{\"id\":\"a\",\"n\":1.0}],\"x\":2}",
        "{\"data\":[{\"id\":\"b\"},{ \"id\" : \"org/x\" } ]}; {\"data\":[{ \"id\" : \"org/x\" }]}",
        "{\"data\":[{\"id\":\"b\"}]}; {\"data\":[]}",
        "{\"data\":[]}; {\"data\":[]}",
        "{\"models\":[{\"name\":\"models/gemini-2.5-pro\",\"x\":{\"name\":\"b\"}},"
            + "{\"name\":\"models/b\"}],\"nextPageToken\":\"t\"};"
            + " {\"models\":[{\"name\":\"models/gemini-2.5-pro\",\"x\":{\"name\":\"b\"}}],"
            + "\"nextPageToken\":\"t\"}",
        "[{\"id\":\"a\"},{\"id\":\"b\"}]; [{\"id\":\"a\"}]",
        "{\"data\":[\"a\",7,null,[{\"id\":\"a\"}],{},{\"x\":\"a\"},{\"id\":7},{\"id\":\"a\"}]};"
            + " {\"data\":[{\"id\":\"a\"}]}",
        "{\"data\":[{\"id\":\"a\",\"id\":\"b\"},{\"x\":{\"id\":\"a\"}}]}; {\"data\":[]}",
        "{\"data\":[{\"id\":\"b\"}],\"data\":[{\"id\":\"b\"},{\"id\":\"a\"}]};"
            + " {\"data\":[],\"data\":[{\"id\":\"a\"}]}",
        "{\"error\":{\"message\":\"no\"}}; {\"error\":{\"message\":\"no\"}}",
      })
  void only_allowed_models_stay(String json, String left) {
    assertThat(filtered(json)).isEqualTo(left);
  }

  @Test
  void a_list_of_which_all_is_allowed_is_the_same_bytes() {
    var json = "{\n  \"data\": [\n    {\"id\": \"a\"},\n    {\"id\": \"org/x\"}\n  ]\n}\n";
    assertThat(filtered(json)).isEqualTo(json);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "{", "{\"data\":[{\"id\":\"a\"}", "<html>", "{\"data\":[{\"id\":\"a\"}]"})
  void what_can_not_be_read_is_not_shown(String json) {
    assertThat(filtered(json)).isEqualTo("unreadable");
  }

  @Test
  void listings_are_known_by_their_path() {
    for (var path : List.of("/models", "/v1/models", "/v1beta/models/", "/v1beta/openai/models")) {
      assertThat(Listing.asked("GET", path)).as(path).isTrue();
      assertThat(Listing.asked("POST", path)).as(path).isFalse();
    }
    for (var path : List.of("/v1/models/x", "/v1/files", "/v1/xmodels", "")) {
      assertThat(Listing.asked("GET", path)).as(path).isFalse();
    }
  }
}
