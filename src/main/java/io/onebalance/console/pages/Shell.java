package io.onebalance.console.pages;

import io.onebalance.console.pages.words.Taste;
import io.onebalance.console.pages.words.Words;
import io.onebalance.console.session.Notice;
import java.util.Optional;

/// What surrounds a page: its look and words, its title, who is signed in, and which address it
/// has.
public record Shell(Look look, Taste taste, String title, Optional<Person> person, Place place) {
  /// Who is signed in, and what their last action came to.
  public record Person(String actor, Optional<Notice> notice) {}

  /// The page's own address, and the part of the console it belongs to.
  public record Place(String href, String part) {}

  public Words words() {
    return taste.words();
  }

  public Optional<Notice> notice() {
    return person.flatMap(Person::notice);
  }

  /// Whether a part of the console is the one shown.
  public boolean isIn(String part) {
    return place.part().equals(part);
  }
}
