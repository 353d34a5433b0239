package io.onebalance.relay.ask;

import io.onebalance.key.pool.Slot;
import io.onebalance.ledger.Entry;
import io.onebalance.relay.ask.once.Attempt;
import io.onebalance.relay.ask.once.Ending;
import io.onebalance.relay.ask.once.Journey;
import io.onebalance.relay.ask.trail.Words;
import io.vertx.core.http.HttpMethod;
import java.time.Instant;

/// Notes in a request's draft how its attempts ended.
final class Noting {
  private Noting() {}

  /// `began` is when the attempt did.
  static void note(Journey journey, Slot slot, Attempt attempt, Instant began) {
    switch (attempt) {
      case Ending.Opened opened -> {
        var draft = journey.draft();
        draft.attempted(served(journey, slot), "served", began);
        var made = journey.errand().message().method().equals(HttpMethod.POST);
        draft.guards(opened.secrets());
        draft.begins(opened.response().headers(), made);
        draft.read(opened.start());
      }
      case Ending.Theirs _ -> note(journey, slot, "mistaken", began);
      case Ending.Abandoned _ when journey.isOvertaken() ->
          journey.draft().overtaken(served(journey, slot), began);
      case Ending.Abandoned _ -> note(journey, slot, "left", began);
      case Attempt.Refused(_, var verdict, _) -> note(journey, slot, Words.word(verdict), began);
      case Attempt.Unheard _ -> note(journey, slot, "unheard", began);
      case Ending.Exhausted _ -> {
        // nobody was asked
      }
    }
  }

  private static void note(Journey journey, Slot slot, String verdict, Instant began) {
    journey.draft().attempted(served(journey, slot), verdict, began);
  }

  private static Entry.Served served(Journey journey, Slot slot) {
    var errand = journey.errand();
    var viaGateway = errand.provider().viaGateway(journey.snapshot().way());
    return new Entry.Served(
        errand.provider().slug(),
        errand.model(),
        slot.key().id(),
        viaGateway ? Entry.Route.GATEWAY : Entry.Route.DIRECT);
  }
}
