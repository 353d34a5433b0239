package io.onebalance;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions.ContainsTextOptions;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.Cookie;
import com.microsoft.playwright.options.FilePayload;
import com.microsoft.playwright.options.WaitUntilState;
import io.onebalance.Chromium.Eyes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// How long the console takes with many keys, as a browser measures it: `./dev bench console
/// [KEYS]`. The keys are added as a file in the page's own form, and blocked and deleted by its
/// buttons, until the page says that it is done. Each page is loaded with an empty cache; the
/// median of five loads is told, after one that does not count.
final class ConsoleFigures {
  private static final int LOADS = 5;
  private static final double LONG = 300_000;
  private static final Eyes EYES = new Eyes("en-GB", ColorScheme.LIGHT, false);
  private static final List<String> PAGES =
      List.of(
          "/",
          "/providers",
          "/keys/groq",
          "/keys/groq?q=9999",
          "/keys/groq?sort=-success",
          "/keys/groq?status=blocked",
          "/requests",
          "/gateway-keys",
          "/settings",
          "/audit");

  private static final String PAINTED =
      "performance.getEntriesByName('first-contentful-paint').length > 0";

  private static final String MEASURED =
      """
      () => {
        const page = performance.getEntriesByType("navigation")[0];
        const all = [page, ...performance.getEntriesByType("resource")];
        return [
          page.responseStart - page.requestStart,
          performance.getEntriesByName("first-contentful-paint")[0].startTime,
          page.transferSize,
          all.reduce((sum, one) => sum + one.transferSize, 0),
        ].map(Math.round);
      }\
      """;

  private record Load(int server, int paint, int page, int all) {}

  private ConsoleFigures() {}

  static void main(String[] args) throws IOException {
    var many = args.length > 0 ? Integer.parseInt(args[0]) : 100_000;
    var dir = Files.createTempDirectory("console-figures");
    try (var chromium = Chromium.start();
        var house = Running.in(dir)) {
      try (var context = chromium.context(house.url(), EYES)) {
        var page = Browsing.signedIn(context, System.err::println);
        told("added", many, added(page, many));
        pages(chromium, house);
        told("blocked", many, blocked(page, many));
        told("deleted", many, deleted(page, many));
      }
    }
  }

  private static void told(String what, int many, Duration time) {
    System.out.printf("%,d keys %s in %.1f s%n", many, what, time.toMillis() / 1_000.0);
  }

  private static void pages(Chromium chromium, Running house) {
    System.out.println("| Page | Server | First paint | Page, bytes | With all it loads, bytes |");
    System.out.println("|---|--:|--:|--:|--:|");
    for (var path : PAGES) {
      System.out.println(row(path, loads(chromium, house, path)));
    }
  }

  private static Duration added(Page page, int many) {
    var keys =
        IntStream.range(0, many)
            .mapToObj("gsk_0123456789abcdef0123456789%06d"::formatted)
            .collect(Collectors.joining("\n"));
    page.navigate("/keys/groq");
    page.locator("[data-add] input[type=file]")
        .setInputFiles(
            new FilePayload("keys.txt", "text/plain", keys.getBytes(StandardCharsets.UTF_8)));
    return until(page, "[data-add] button[value=add]", "[data-add] [data-state]", many, "added");
  }

  private static Duration blocked(Page page, int many) {
    page.navigate("/keys/groq");
    page.locator("input[data-all]").check();
    page.locator("input[name=all]").check();
    var dialog = "dialog[data-progress] [data-state]";
    return until(page, "button[value=block]", dialog, many, "keys blocked");
  }

  private static Duration deleted(Page page, int many) {
    page.navigate("/keys/groq/delete-blocked");
    var dialog = "dialog[data-progress] [data-state]";
    return until(page, "button[value=delete-sure]", dialog, many, "keys deleted");
  }

  /// From a click until the page says that it was done to so many.
  private static Duration until(Page page, String button, String where, int many, String what) {
    var began = System.nanoTime();
    page.locator(button).click();
    assertThat(page.locator(where))
        .containsText("%,d %s".formatted(many, what), new ContainsTextOptions().setTimeout(LONG));
    return Duration.ofNanos(System.nanoTime() - began);
  }

  private static List<Load> loads(Chromium chromium, Running house, String path) {
    var loads = new ArrayList<Load>();
    try (var door = chromium.context(house.url(), EYES)) {
      Browsing.signedIn(door, System.err::println);
      for (var i = 0; i <= LOADS; i++) {
        try (var fresh = chromium.context(house.url(), EYES)) {
          loads.add(load(door, fresh, path));
        }
      }
    }
    return loads.subList(1, loads.size());
  }

  private static Load load(BrowserContext door, BrowserContext fresh, String path) {
    fresh.addCookies(
        door.cookies().stream()
            .map(cookie ->
                new Cookie(cookie.name, cookie.value).setDomain(cookie.domain).setPath(cookie.path))
            .toList());
    var page = Browsing.page(fresh, System.err::println);
    page.navigate(path, new Page.NavigateOptions().setWaitUntil(WaitUntilState.LOAD));
    while (!(Boolean)
        page.evaluate(PAINTED)) { // waitForFunction needs eval, which the pages forbid
      Thread.onSpinWait();
    }
    var figures = (List<?>) page.evaluate(MEASURED);
    var numbers = figures.stream().map(one -> ((Number) one).intValue()).toList();
    return new Load(numbers.get(0), numbers.get(1), numbers.get(2), numbers.get(3));
  }

  private static String row(String path, List<Load> loads) {
    return "| `%s` | %,d ms | %,d ms | %,d | %,d |"
        .formatted(
            path,
            median(loads.stream().map(Load::server).toList()),
            median(loads.stream().map(Load::paint).toList()),
            median(loads.stream().map(Load::page).toList()),
            median(loads.stream().map(Load::all).toList()));
  }

  private static int median(List<Integer> values) {
    return values.stream().sorted().toList().get(values.size() / 2);
  }
}
