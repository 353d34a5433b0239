package io.onebalance.relay.plan.errand;

import io.onebalance.chat.Source;
import io.onebalance.relay.exchange.Refusal;
import io.onebalance.route.Call;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;

/// What is to be asked for a request: one errand after another until one answers, or why nothing is
/// asked.
public sealed interface Planned {
  /// At least one errand, the best first.
  record Errands(List<Errand> errands) implements Planned {
    public Errands {
      errands = List.copyOf(errands);
    }
  }

  /// The first of these that succeeds answers.
  record Parts(List<Batch> batches) implements Planned {
    public Parts {
      batches = List.copyOf(batches);
    }
  }

  /// A request in parts: all errands are asked, one after the other, and their answers are joined
  /// as `written` says. At least one errand.
  record Batch(List<Errand> errands, io.onebalance.relay.translate.Batch written) {
    public Batch {
      errands = List.copyOf(errands);
    }
  }

  /// A count of tokens: asked for once, and estimated where it cannot be had at once. The estimate
  /// is empty where the request cannot be read.
  record Count(Errand errand, Supplier<Optional<JsonNode>> estimate) implements Planned {}

  /// What these links lead to is fetched first; `then` takes it, and may take long.
  record Fetching(List<String> links, Function<Map<String, Source.Inline>, Planned> then)
      implements Planned {
    public Fetching {
      links = List.copyOf(links);
    }
  }

  /// Nobody needs to be asked.
  record Answered(JsonNode body) implements Planned {}

  record Refused(Refusal refusal) implements Planned {}

  /// The models that the caller may use are asked for.
  record Models(Call call) implements Planned {}
}
