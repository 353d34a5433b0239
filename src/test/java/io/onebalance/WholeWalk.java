package io.onebalance;

import com.microsoft.playwright.options.ColorScheme;
import io.onebalance.Chromium.Eyes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// Every page and every action of the console in all eight eyes, each look a picture: `./dev walk
/// [DIRECTORY]`. The build walks in four of them.
final class WholeWalk {
  private WholeWalk() {}

  static void main(String[] args) throws IOException {
    var shots = Path.of(args.length > 0 ? args[0] : "target/walk");
    Files.createDirectories(shots);
    try (var chromium = Chromium.start()) {
      for (var language : List.of("zh-CN", "en-GB")) {
        for (var phone : List.of(true, false)) {
          // A house lets nobody export more than ten files an hour.
          try (var house = Running.in(Files.createTempDirectory("walk"))) {
            walk(chromium, house, eyes(language, phone), shots);
          }
        }
      }
    }
  }

  private static List<Eyes> eyes(String language, boolean phone) {
    return List.of(
        new Eyes(language, ColorScheme.LIGHT, phone), new Eyes(language, ColorScheme.DARK, phone));
  }

  private static void walk(Chromium chromium, Running house, List<Eyes> eyes, Path shots) {
    for (var some : eyes) {
      try (var walk = new Walk(chromium, house, some, shots)) {
        WalkOfHouse.welcome(walk.signedIn());
      }
    }
    var places = WalkOfPages.fill(house);
    for (var some : eyes) {
      try (var walk = new Walk(chromium, house, some, shots)) {
        walk.signedIn();
        WalkOfPages.walk(walk, places);
        new WalkOfKeys(walk).walk();
        new WalkOfHouse(walk).walk(places);
        System.out.println(some.word() + ": " + walk.complaints());
      }
    }
  }
}
