package io.onebalance.console.pages.house;

import io.onebalance.console.pages.Frame;
import io.onebalance.console.pages.house.AuditPage.Row;
import io.onebalance.console.pages.house.AuditPage.Verdict;
import io.onebalance.console.pages.words.Stamp;
import io.onebalance.console.pages.words.Words;
import io.onebalance.console.web.Answers;
import io.onebalance.console.web.Ask;
import io.onebalance.console.web.Refusal;
import io.onebalance.server.Reply;
import io.onebalance.store.AuditLog;
import java.util.Optional;

/// Who changed what: the audit log, and whether it is as it was written.
public final class AuditPages {
  private static final int ROWS = 50;

  private final Frame frame;
  private final AuditLog audit;

  public AuditPages(Frame frame, AuditLog audit) {
    this.frame = frame;
    this.audit = audit;
  }

  /// `GET /audit`
  public Reply list(Ask ask) {
    return page(ask, before(ask.query().text("before")), Optional.empty());
  }

  /// `POST /audit` walks the chain.
  public Reply check(Ask ask) {
    var words = frame.words(ask);
    var verdict =
        audit
            .firstFlaw()
            .map(seq -> new Verdict(false, words.of("audit.flaw", seq)))
            .orElseGet(() -> new Verdict(true, words.of("audit.sound")));
    return page(ask, Long.MAX_VALUE, Optional.of(verdict));
  }

  private Reply page(Ask ask, long before, Optional<Verdict> verdict) {
    var words = frame.words(ask);
    var entries = audit.newest(before, ROWS);
    var next =
        Optional.of(entries)
            .filter(all -> all.size() == ROWS && all.getLast().seq() > 1)
            .map(all -> "/audit?before=" + all.getLast().seq());
    var page =
        new AuditPage(
            frame.named(ask, "nav.audit"),
            entries.stream().map(entry -> row(words, entry)).toList(),
            next,
            verdict);
    return Answers.html(200, frame.templates().audit(page).render());
  }

  private static Row row(Words words, AuditLog.Entry entry) {
    return new Row(
        entry.seq(),
        Stamp.seconds(entry.at()),
        words.sentence(entry.actor()),
        words.named("audit.action.", entry.action()),
        entry.target(),
        AuditDetail.read(
            entry.detail(), name -> words.named("audit.field.", name).replace('_', ' ')));
  }

  private static long before(String text) {
    try {
      return text.isEmpty() ? Long.MAX_VALUE : Long.parseUnsignedLong(text);
    } catch (NumberFormatException _) {
      throw Refusal.invalid("'before' must be a whole number");
    }
  }
}
