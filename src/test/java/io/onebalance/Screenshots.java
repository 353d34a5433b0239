package io.onebalance;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Page.ScreenshotOptions;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.WaitUntilState;
import io.onebalance.Chromium.Eyes;
import io.onebalance.sandbox.answer.Complaint.Plain;
import io.onebalance.sandbox.script.Fault;
import io.onebalance.sandbox.script.Match;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// Pictures of the console for the README, of a day that was made up: `./dev screenshots
/// [DIRECTORY]`. The day is lived through in some seconds, by a clock that jumps.
final class Screenshots {
  private static final Duration STEP = Duration.ofMinutes(15);
  private static final int STEPS = 96;
  private static final int MOST_TRIES = 100;
  private static final int WIDE = 1180;
  private static final int HIGH = 820;
  private static final Pattern TRIED =
      Pattern.compile("\"request_id\":\"([^\"]+)\"[^}]*?\"attempted\":([2-9])");

  /// Asked again and again in this order, so that some are asked more often than others.
  private static final List<String> MODELS =
      List.of(
          "google-ai-studio/gemini-2.5-flash",
          "groq/llama-3.3-70b-versatile",
          "google-ai-studio/gemini-2.5-flash",
          "openai/gpt-4o-mini",
          "google-ai-studio/gemini-2.5-pro",
          "groq/llama-3.3-70b-versatile",
          "anthropic/claude-haiku-4-5",
          "openai/gpt-4o");

  private final AtomicReference<Duration> behind = new AtomicReference<>(STEP.multipliedBy(STEPS));
  private final Running house;
  private final Path pictures;

  private Screenshots(Path dir, Path pictures) {
    this.house = Running.at(() -> Instant.now().minus(behind.get()), dir, "");
    this.pictures = pictures;
  }

  static void main(String[] args) throws IOException {
    var pictures = Path.of(args.length > 0 ? args[0] : "docs/images");
    Files.createDirectories(pictures);
    var shots = new Screenshots(Files.createTempDirectory("screenshots"), pictures);
    try (var chromium = Chromium.start()) {
      shots.script();
      shots.keys();
      shots.live();
      shots.take(chromium);
    } finally {
      shots.house.close();
    }
  }

  /// Who is slow, and which keys are not what they should be.
  private void script() {
    house.script.play(Match.model("gemini-2.5-flash"), late(35), late(60), late(25));
    house.script.play(Match.model("gemini-2.5-pro"), late(90), late(70), late(110));
    house.script.play(Match.model("llama-3.3-70b-versatile"), late(12), late(18));
    house.script.play(Match.model("gpt-4o"), late(75), late(50));
    house.script.play(Match.model("gpt-4o-mini"), late(40), late(30));
    house.script.play(Match.model("claude-haiku-4-5"), late(65), Fault.broken(), late(55));
    for (var number : List.of(3, 8, 12)) {
      house.script.key(key("openai", number), Fault.dead());
    }
    for (var number : List.of(2, 5, 11, 17)) {
      house.script.key(key("google-ai-studio", number), Fault.refuses(Plain.NO_QUOTA_FOR_MODEL));
    }
    for (var number = 0; number < 40; number += 3) {
      house.script.key(key("groq", number), Fault.limited(Duration.ofHours(9 + number / 3)));
    }
  }

  private static Fault late(int millis) {
    return new Fault.Late(Duration.ofMillis(millis));
  }

  private static String key(String provider, int number) {
    return switch (provider) {
      case "google-ai-studio" -> "AIzaSyPretended0123456789012345678%05d".formatted(number * 4591);
      case "openai" -> "sk-proj-pretended0123456789%05d".formatted(number * 7331);
      case "groq" -> "gsk_pretended0123456789%05d".formatted(number * 2503);
      // What is left is Anthropic.
      default -> "sk-ant-pretended0123456789%05d".formatted(number * 6007);
    };
  }

  private void keys() {
    add("google-ai-studio", 24, "research");
    add("openai", 16, "billing team");
    add("groq", 40, "free tier");
    add("anthropic", 9, "agents");
  }

  private void add(String provider, int many, String remark) {
    var keys =
        IntStream.range(0, many)
            .mapToObj(number ->
                "{\"key\":\"%s\",\"remark\":\"%s %d\"}"
                    .formatted(key(provider, number), remark, number / 4 + 1))
            .collect(Collectors.joining(",", "{\"keys\":[", "]}"));
    house.post("/api/keys/add/" + provider, keys);
  }

  /// A day: few requests at night, many by day.
  private void live() {
    var asked = 0;
    for (var step = STEPS; step >= 0; step--) {
      behind.set(STEP.multipliedBy(step));
      var hour = (STEPS - step) / 4.0;
      var many = (int) (7 + 6 * Math.sin((hour - 8) / 24 * 2 * Math.PI) + step % 3);
      try (var together = Executors.newVirtualThreadPerTaskExecutor()) {
        for (var i = 0; i < many; i++) {
          var model = MODELS.get(asked++ % MODELS.size());
          together.execute(() -> ask(model));
          if (asked % 61 == 0) {
            together.execute(() -> ask("nobody/nothing"));
          }
        }
      }
    }
  }

  private void ask(String model) {
    house.post(
        "/v1/chat/completions",
        "{\"model\":\"%s\",\"messages\":[{\"role\":\"user\",\"content\":\"Tell me of scales.\"}]}"
            .formatted(model));
  }

  private void take(Chromium chromium) throws IOException {
    var request = "/requests/" + waited();
    for (var scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
      try (var context = chromium.context(house.url(), new Eyes("en-GB", scheme, false))) {
        var page = Browsing.signedIn(context, System.err::println);
        page.setViewportSize(WIDE, HIGH);
        if (scheme == ColorScheme.LIGHT) {
          shoot(page, "/?range=24h", "overview");
          shoot(page, request, "request");
        } else {
          shoot(page, "/keys/groq?status=cooling", "keys");
        }
      }
    }
  }

  /// The request with the most attempts of the latest in the log, which is written behind.
  private String waited() {
    for (var tries = 0; tries < MOST_TRIES; tries++) {
      var found = TRIED.matcher(house.get("/api/requests?limit=1000").body()).results();
      var most = found.max(Comparator.comparing(one -> one.group(2)));
      if (most.isPresent()) {
        return most.get().group(1);
      }
      ask("google-ai-studio/gemini-2.5-flash");
    }
    throw new IllegalStateException("no request took a second attempt");
  }

  private void shoot(Page page, String path, String name) throws IOException {
    page.navigate(path, new Page.NavigateOptions().setWaitUntil(WaitUntilState.LOAD));
    if (name.equals("keys")) {
      page.locator("tbody input").nth(1).check();
      page.locator("tbody input").nth(2).check();
    }
    var file = pictures.resolve(name + ".png");
    page.screenshot(new ScreenshotOptions().setPath(file));
    System.out.printf("%s: %,d bytes%n", file, Files.size(file));
  }
}
