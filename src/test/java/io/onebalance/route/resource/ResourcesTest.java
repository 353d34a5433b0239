package io.onebalance.route.resource;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.onebalance.http.Fields;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResourcesTest {
  private static final Fields NO_FIELDS = name -> null;

  private static Set<String> named(String path, String query, String body) {
    return Resources.named(path, query, body.getBytes(UTF_8));
  }

  @ParameterizedTest
  @CsvSource({
    "/v1/files/file-abc, files/file-abc",
    "/v1/files/file-abc/content, files/file-abc",
    "/v1beta/files/abc:download, files/abc",
    "/v1beta/cachedContents/xyz, cachedContents/xyz",
    "/v1beta/batches/123:cancel, batches/123",
    "/v1/batches/batch_1/cancel, batches/batch_1",
    "/v1/messages/batches/msgbatch_1/results, batches/msgbatch_1",
    "/v1/responses/resp_1/input_items, responses/resp_1",
    "/v1/fine_tuning/jobs/ftjob-1/events, jobs/ftjob-1",
    "/v1/vector_stores/vs_1/files/file-2, vector_stores/vs_1 files/file-2",
    "/v1/containers/cntr_1/files/cfile_1/content, containers/cntr_1 files/cfile_1",
    "/v1/threads/thread_1/messages, threads/thread_1",
    "/v1/conversations/conv_1/items, conversations/conv_1",
    "/v1/uploads/upload_1/parts, uploads/upload_1",
    "/v1/videos/video_1/content, videos/video_1",
    "/v1/evals/eval_1/runs, evals/eval_1",
    "/v1beta/models/veo/operations/op1, operations/op1",
    "/v1beta/tunedModels/mine:generateContent, tunedModels/mine",
    "/v1beta/fileSearchStores/s/documents/d, fileSearchStores/s",
    "/v1/predictions/p1, predictions/p1",
    "/v1/files/a%20b, ''",
    "/v1/files/x%2Fy, ''",
    "/v1/files, ''",
    "/v1/files/, ''",
    "/v1/responses/input_tokens, ''",
    "/v1/threads/runs, ''",
    "/v1/chat/completions, ''",
  })
  void a_path_names_resources(String path, String names) {
    var expected = names.isEmpty() ? List.<String>of() : Arrays.asList(names.split(" "));
    assertThat(named(path, "", "")).containsExactlyElementsOf(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "{\"previous_response_id\":\"resp_1\"}; responses/resp_1",
        "{\"input\":[{\"content\":[{\"type\":\"input_file\",\"file_id\":\"file-1\"}]}]};"
            + " files/file-1",
        "{\"messages\":[{\"content\":[{\"source\":{\"type\":\"file\",\"file_id\":\"file_9\"}}]}]};"
            + " files/file_9",
        "{\"input_file_id\":\"file-1\",\"endpoint\":\"/v1/x\"}; files/file-1",
        "{\"tools\":[{\"vector_store_ids\":[\"vs_1\",\"vs_2\"]}]}; vector_stores/vs_1"
            + " vector_stores/vs_2",
        "{\"file_ids\":[\"a\",7,\"b\"]}; files/a",
        "{\"conversation\":\"conv_1\"}; conversations/conv_1",
        "{\"conversation\":{\"id\":\"conv_1\"}}; conversations/conv_1",
        "{\"container\":{\"type\":\"auto\",\"file_ids\":[\"file-1\"]}}; files/file-1",
        "{\"container\":\"container_1\"}; containers/container_1",
        "{\"cachedContent\":\"cachedContents/c1\"}; cachedContents/c1",
        "{\"cached_content\":\"cachedContents/c1\"}; cachedContents/c1",
        "{\"fileData\":{\"fileUri\":\"https://g.example/v1beta/files/abc\"}}; files/abc",
        "{\"file_uri\":\"https:\\/\\/g.example\\/v1beta\\/files\\/abc\"}; files/abc",
        "{\"file\\u005fid\":\"file-1\"}; files/file-1",
        "{\"model\":\"tunedModels/t1\"}; tunedModels/t1",
        "{\"batch\":{\"input_config\":{\"file_name\":\"files/in\"}}}; files/in",
        "{\"assistant_id\":\"asst_1\",\"thread_id\":\"thread_1\"}; assistants/asst_1"
            + " threads/thread_1",
        "{\"file_id\":\"\",\"container\":null,\"model\":\"gpt-4o\",\"conversation\":7}; ''",
        "{\"fileUri\":\"https://example.org/video.mp4\"}; ''",
        "{\"content\":\"\\\"file_id\\\":\\\"file-1\\\"\"}; ''",
        "{\"file_id\":\"a/b\"}; ''",
        "[{\"file_id\":\"f\"},; files/f",
      })
  void json_names_resources_at_any_depth(String body, String names) {
    var expected = names.isEmpty() ? List.<String>of() : Arrays.asList(names.split(" "));
    assertThat(named("/v1/x", "", body)).as(body).containsExactlyElementsOf(expected);
  }

  @Test
  void an_upload_goes_on_by_its_query() {
    var query = "upload_id=AbC-1_2&upload_protocol=resumable";
    assertThat(named("/upload/v1beta/files", query, "RIFF\u0000"))
        .containsExactly("uploads/AbC-1_2");
    assertThat(named("/upload/v1beta/files", "x_upload_id=1", "")).isEmpty();
  }

  @Test
  void what_is_named_is_bounded() {
    var many = "{\"file_ids\":[" + "\"a%d\",".repeat(5000) + "\"z\"]}";
    var body = new StringBuilder();
    for (var part : many.split("%d", -1)) {
      body.append(part).append(body.length());
    }
    assertThat(named("/v1/x", "", body.toString())).hasSizeLessThanOrEqualTo(References.MOST);
    assertThat(named("/v1/x", "", "{\"file_id\":\"" + "x".repeat(2000) + "\"}")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "POST; /v1/files; {\"object\":\"file\",\"id\":\"file-1\"}; files/file-1",
        "POST; /v1/files; {\"type\":\"file\",\"id\":\"file_011\",\"filename\":\"x\"};"
            + " files/file_011",
        "POST; /upload/v1beta/files; {\"file\":{\"name\":\"files/abc\",\"uri\":\"u\"}}; files/abc",
        "POST; /v1beta/cachedContents; {\"name\":\"cachedContents/c\",\"model\":\"m\"};"
            + " cachedContents/c",
        "POST; /v1beta/models/m:batchGenerateContent; {\"name\":\"batches/b\",\"metadata\":{}};"
            + " batches/b",
        "POST; /v1beta/models/veo:predictLongRunning; {\"name\":\"models/veo/operations/o\"};"
            + " operations/o",
        "POST; /v1/batches; {\"id\":\"batch_1\",\"input_file_id\":\"file-1\"}; batches/batch_1",
        "GET; /v1/batches/batch_1; {\"id\":\"batch_1\",\"output_file_id\":\"file-2\"};"
            + " batches/batch_1 files/file-2",
        "POST; /v1/messages/batches; {\"id\":\"msgbatch_1\"}; batches/msgbatch_1",
        "POST; /v1/responses; {\"id\":\"resp_1\",\"output\":[{\"id\":\"msg_1\"}]};"
            + " responses/resp_1",
        "POST; /v1/fine_tuning/jobs; {\"id\":\"ftjob-1\"}; jobs/ftjob-1",
        "POST; /v1/uploads/upload_1/complete; {\"id\":\"upload_1\",\"file\":{\"id\":\"file-1\"}};"
            + " uploads/upload_1 files/file-1",
        "GET; /v1/files; {\"object\":\"list\",\"data\":[{\"id\":\"file-1\"},{\"id\":\"file-2\"}]};"
            + " files/file-1 files/file-2",
        "GET; /v1beta/files; {\"files\":[{\"name\":\"files/a\"}]}; files/a",
        "POST; /v1/videos; {\"id\":\"video_1\",\"cut; videos/video_1",
        "POST; /v1/chat/completions; {\"id\":\"chatcmpl-1\"}; ''",
        "POST; /v1/messages; {\"id\":\"msg_1\"}; ''",
        "POST; /v1/files; not json; ''",
        "POST; /v1/assistants; {\"id\":\"asst_1\",\"name\":\"files/theirs\"}; assistants/asst_1",
        "POST; /v1/batches; {\"id\":\"b\",\"metadata\":{\"file_id\":\"f\",\"id\":\"x\","
            + "\"output_file_id\":\"y\"}}; batches/b",
      })
  void an_answer_makes_resources(String method, String path, String answer, String names) {
    var expected = names.isEmpty() ? List.<String>of() : Arrays.asList(names.split(" "));
    assertThat(Resources.made(method, path, NO_FIELDS, answer.getBytes(UTF_8)))
        .as(answer)
        .containsExactlyElementsOf(expected);
  }

  @Test
  void a_stream_of_a_response_tells_its_id_at_once() {
    var answer =
        """
        event: response.created
        data: {"type":"response.created","response":{"id":"resp_7","object":"response"},"x":1}

        event: response.in_progress
        """;
    for (var stream : List.of(answer, answer.replace("\n", "\r\n"), answer.substring(24))) {
      assertThat(Resources.made("POST", "/v1/responses", NO_FIELDS, stream.getBytes(UTF_8)))
          .as(stream)
          .containsExactly("responses/resp_7");
    }
  }

  @Test
  void header_fields_tell_an_upload() {
    var url = "https://g.example/upload/v1beta/files?upload_id=U1&upload_protocol=resumable";
    for (var name : List.of("x-goog-upload-url", "location")) {
      assertThat(
              Resources.made("POST", "/upload/v1beta/files", Map.of(name, url)::get, new byte[0]))
          .containsExactly("uploads/U1");
    }
  }

  @Test
  void only_calls_that_can_make_something_are_worth_a_look() {
    assertThat(Resources.mayMake("POST", "/v1/chat/completions")).isFalse();
    assertThat(Resources.mayMake("POST", "/v1beta/models/m:generateContent")).isFalse();
    assertThat(Resources.mayMake("POST", "/v1beta/models/m:batchGenerateContent")).isTrue();
    assertThat(Resources.mayMake("POST", "/v1/files")).isTrue();
    assertThat(Resources.mayMake("POST", "/queue.fal.run/fal-ai/flux/dev")).isTrue();
    assertThat(Resources.mayMake("GET", "/queue.fal.run/fal-ai/flux/requests/r1/status")).isTrue();
    assertThat(Resources.mayMake("GET", "/queue.fal.run/fal-ai/flux/requests/r1")).isFalse();
  }

  @Test
  void no_damage_makes_a_look_fail() {
    var random = new Random(11);
    var answer =
        "{\"id\":\"f\",\"data\":[{\"id\":\"x\",\"name\":\"files/a\"}],\"file\":{\"id\":\"z\\u0041\"}}";
    for (var round = 0; round < 20_000; round++) {
      var bytes = answer.getBytes(UTF_8);
      for (var i = 0; i < 3; i++) {
        bytes[random.nextInt(bytes.length)] =
            (byte) "{}[]\",:\\ 0a\u007f".charAt(random.nextInt(12));
      }
      var cut = Arrays.copyOf(bytes, random.nextInt(bytes.length + 1));
      assertThat(Resources.made("POST", "/v1/files", NO_FIELDS, cut)).isNotNull();
      assertThat(Resources.named("/v1/x", "", cut)).isNotNull();
      assertThat(Listing.filtered(cut, "x"::equals)).isNotNull();
    }
  }
}
