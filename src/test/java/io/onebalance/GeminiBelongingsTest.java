package io.onebalance;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.genai.Client;
import com.google.genai.types.BatchJobSource;
import com.google.genai.types.Content;
import com.google.genai.types.CreateCachedContentConfig;
import com.google.genai.types.GenerateContentConfig;
import com.google.genai.types.InlinedRequest;
import com.google.genai.types.Part;
import com.google.genai.types.UploadFileConfig;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What was made with one of many Google keys is asked for with that key again, also after a
/// restart. The sandbox shows to each key only what is its own, so any other would be refused; and
/// as keys are asked in turn, things are asked for the other way round.
final class GeminiBelongingsTest {
  private static final int MANY = 4;
  private static final String MODEL = "gemini-2.5-flash";

  private static Running house(Path dir) {
    return Running.in(dir)
        .keys("google", "AIza-a", "AIza-b", "AIza-c", "AIza-d", "AIza-e", "AIza-f", "AIza-g");
  }

  private static Client client(Running house, String mount) {
    return GeminiSdkTest.client(house, mount, Running.AUTH);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/api/google-ai-studio", "/api/google", "/api/gemini"})
  void files_that_the_sdk_uploads_stay_with_their_key(String mount, @TempDir Path dir) {
    try (var house = house(dir)) {
      var names = new ArrayList<String>();
      try (var client = client(house, mount)) {
        for (var i = 0; i < MANY; i++) {
          names.add(upload(client, "tale " + i));
        }
      }
      house.restart();
      try (var client = client(house, mount)) {
        for (var i = MANY - 1; i >= 0; i--) {
          var file = client.files.get(names.get(i), null);
          assertThat(file.displayName()).hasValue("tale " + i);
          var owner = house.lastKey();
          var part = Part.fromUri(file.uri().orElseThrow(), "text/plain");
          client.models.generateContent(MODEL, Content.fromParts(part), none());
          assertThat(house.lastKey()).isEqualTo(owner);
          client.files.delete(names.get(i), null);
        }
      }
    }
  }

  private static String upload(Client client, String name) {
    var config = UploadFileConfig.builder().mimeType("text/plain").displayName(name).build();
    var file = client.files.upload("hello".getBytes(StandardCharsets.UTF_8), config);
    assertThat(file.sizeBytes()).hasValue(5L);
    return file.name().orElseThrow();
  }

  @ParameterizedTest
  @ValueSource(strings = {"x-goog-upload-url", "x-goog-upload-control-url"})
  void an_upload_goes_on_at_the_address_that_it_was_told(String field, @TempDir Path dir) {
    try (var house = house(dir)) {
      for (var i = 0; i < MANY; i++) {
        var url = started(house, field);
        var first = send(house, url, "upload", "0", "hel");
        assertThat(first.headers().firstValue("x-goog-upload-status")).hasValue("active");
        if (i == 0) {
          house.restart();
          url = house.url() + url.replaceFirst("^http://[^/]+", "");
        }
        var last = send(house, url, "upload, finalize", "3", "lo");
        assertThat(last.body()).contains("\"sizeBytes\": \"5\"");
        var name = last.body().replaceAll("(?s).*\"name\": \"(files/[^\"]+)\".*", "$1");
        assertThat(house.get("/api/gemini/v1beta/" + name).statusCode()).isEqualTo(200);
      }
    }
  }

  private static String started(Running house, String field) {
    var start =
        house.send(
            house
                .to("/api/gemini/upload/v1beta/files")
                .header("x-goog-upload-protocol", "resumable")
                .header("x-goog-upload-command", "start")
                .header("x-goog-upload-header-content-length", "5")
                .header("x-goog-upload-header-content-type", "text/plain")
                .header("content-type", "application/json")
                .POST(BodyPublishers.ofString("{\"file\":{\"display_name\":\"tale\"}}")));
    assertThat(start.statusCode()).as(start.body()).isEqualTo(200);
    var url = start.headers().firstValue(field).orElseThrow();
    assertThat(url).startsWith(house.url() + "/api/gemini/upload/v1beta/files?upload_id=");
    return url;
  }

  private static HttpResponse<String> send(
      Running house, String url, String command, String offset, String bytes) {
    return house.send(
        HttpRequest.newBuilder(URI.create(url))
            .header("x-goog-api-key", Running.AUTH)
            .header("x-goog-upload-command", command)
            .header("x-goog-upload-offset", offset)
            .POST(BodyPublishers.ofString(bytes)));
  }

  @Test
  void cached_contents_stay_with_their_key(@TempDir Path dir) {
    try (var house = house(dir)) {
      var names = new ArrayList<String>();
      try (var client = client(house, "/api/google-ai-studio")) {
        for (var i = 0; i < MANY; i++) {
          var config = CreateCachedContentConfig.builder().displayName("cache " + i).build();
          names.add(client.caches.create(MODEL, config).name().orElseThrow());
        }
      }
      house.restart();
      try (var client = client(house, "/api/gemini")) {
        for (var name : names.reversed()) {
          assertThat(client.caches.get(name, null).name()).hasValue(name);
          var owner = house.lastKey();
          var config = GenerateContentConfig.builder().cachedContent(name).build();
          client.models.generateContent(MODEL, "hello", config);
          assertThat(house.lastKey()).isEqualTo(owner);
          assertThat(house.post("/v1/chat/completions", translated(name)).statusCode())
              .isEqualTo(200);
          assertThat(house.lastKey()).isEqualTo(owner);
          client.caches.delete(name, null);
        }
      }
    }
  }

  /// The same from a client of OpenAI, as Google's documentation has it.
  private static String translated(String cachedContent) {
    return """
    {"model":"google/%s","messages":[{"role":"user","content":"hello"}],
     "extra_body":{"google":{"cached_content":"%s"}}}
    """
        .formatted(MODEL, cachedContent);
  }

  @Test
  void batches_stay_with_their_key(@TempDir Path dir) {
    try (var house = house(dir)) {
      var names = new ArrayList<String>();
      try (var client = client(house, "/api/google-ai-studio")) {
        for (var i = 0; i < MANY; i++) {
          names.add(client.batches.create(MODEL, batch(), null).name().orElseThrow());
        }
      }
      house.restart();
      try (var client = client(house, "/api/google")) {
        for (var name : names.reversed()) {
          assertThat(client.batches.get(name, null).name()).hasValue(name);
        }
      }
    }
  }

  private static BatchJobSource batch() {
    var hello = Content.fromParts(Part.fromText("hello"));
    return BatchJobSource.builder()
        .inlinedRequests(InlinedRequest.builder().contents(hello).build())
        .build();
  }

  private static GenerateContentConfig none() {
    return GenerateContentConfig.builder().build();
  }
}
