package io.onebalance.console.pages;

import gg.jte.generated.precompiled.StaticTemplates;
import gg.jte.generated.precompiled.Templates;
import io.onebalance.console.pages.Shell.Person;
import io.onebalance.console.pages.Shell.Place;
import io.onebalance.console.pages.words.Taste;
import io.onebalance.console.pages.words.Words;
import io.onebalance.console.session.Session;
import io.onebalance.console.web.Ask;
import io.onebalance.server.Visit;
import java.util.Optional;

/// What all pages share: the templates, and the shell around each.
public final class Frame {
  private final Templates templates = new StaticTemplates();

  public Templates templates() {
    return templates;
  }

  public Words words(Ask ask) {
    return Taste.of(ask.visit()).words();
  }

  /// The shell of a page that is called as the message of this name says.
  public Shell named(Ask ask, String message) {
    return shell(ask, words(ask).of(message));
  }

  public Shell shell(Ask ask, String title) {
    return shell(ask.visit(), ask.session(), title);
  }

  Shell shell(Visit visit, Optional<Session> session, String title) {
    return new Shell(
        Assets.all().look(),
        Taste.of(visit),
        title,
        session.map(one -> new Person(one.actor(), one.take())),
        place(visit));
  }

  private static Place place(Visit visit) {
    var read = visit.method().equals("GET");
    var href = visit.query().isEmpty() ? visit.path() : visit.path() + "?" + visit.query();
    return new Place(read ? href : "/", part(visit.path()));
  }

  /// The first word of the path; keys belong to their providers.
  private static String part(String path) {
    var word = path.split("/", 3)[1];
    return word.equals("keys") ? "providers" : word;
  }
}
