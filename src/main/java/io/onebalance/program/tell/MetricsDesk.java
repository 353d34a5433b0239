package io.onebalance.program.tell;

import io.onebalance.access.Admission;
import io.onebalance.access.Grants;
import io.onebalance.access.Presented;
import io.onebalance.http.Header;
import io.onebalance.metrics.Exposition;
import io.onebalance.server.Desk;
import io.onebalance.server.Reply;
import io.onebalance.server.Visit;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;

/// Answers `/metrics`, for unrestricted gateway keys unless they are open to all (S24), and leaves
/// other paths to the desk beside it.
record MetricsDesk(Optional<Desk> beside, Door door, Function<String, Exposition> metrics)
    implements Desk {
  private static final String PATH = "/metrics";
  private static final String TEXT = "text/plain; charset=utf-8";

  /// Who may come in. Asked at each visit, so that a reload is in force at once.
  record Door(BooleanSupplier open, Supplier<Grants> grants, InstantSource clock) {
    private Optional<Reply> refusal(Visit head) {
      if (open.getAsBoolean()) {
        return Optional.empty();
      }
      var presented = Presented.in(head.headers(), head.query());
      return switch (grants.get().admit(presented, clock.instant())) {
        case Admission.Admitted(var grant) when grant.unrestricted() -> Optional.empty();
        case Admission.Admitted _ ->
            Optional.of(plain(403, "A restricted gateway key does not open the metrics."));
        case Admission.Refused(var why) -> Optional.of(plain(401, why));
      };
    }
  }

  @Override
  public boolean owns(String path) {
    return path.equals(PATH) || beside.filter(desk -> desk.owns(path)).isPresent();
  }

  @Override
  public Optional<Reply> refusal(Visit head) {
    return neighbour(head).map(desk -> desk.refusal(head)).orElseGet(() -> door.refusal(head));
  }

  @Override
  public int mostBytes(Visit head) {
    return neighbour(head).map(desk -> desk.mostBytes(head)).orElse(0);
  }

  @Override
  public Reply answer(Visit visit) {
    return neighbour(visit).map(desk -> desk.answer(visit)).orElseGet(() -> tell(visit));
  }

  private Optional<Desk> neighbour(Visit visit) {
    return visit.path().equals(PATH) ? Optional.empty() : beside;
  }

  private Reply tell(Visit visit) {
    return switch (visit.method()) {
      case "GET" -> page(visit);
      case "HEAD" -> new Reply.Whole(200, page(visit).headers(), new byte[0]);
      // Methods are an open list.
      default -> plain(405, "The metrics take only GET.", new Header("allow", "GET, HEAD"));
    };
  }

  private Reply.Whole page(Visit visit) {
    var accept = Objects.requireNonNullElse(visit.headers().first("accept"), "");
    var told = metrics.apply(accept);
    return whole(200, told.type(), told.text());
  }

  private static Reply.Whole plain(int status, String line, Header... more) {
    return whole(status, TEXT, (line + "\n").getBytes(StandardCharsets.UTF_8), more);
  }

  private static Reply.Whole whole(int status, String type, byte[] body, Header... more) {
    var headers = new ArrayList<>(List.of(more));
    headers.add(new Header("content-type", type));
    headers.add(new Header("cache-control", "no-store"));
    headers.add(new Header("x-content-type-options", "nosniff"));
    return new Reply.Whole(status, headers, body);
  }
}
