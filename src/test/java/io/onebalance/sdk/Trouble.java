package io.onebalance.sdk;

import io.onebalance.Running;
import io.onebalance.sandbox.answer.Complaint;
import io.onebalance.sandbox.script.Fault;
import java.time.Duration;

/// What goes wrong with a request, and the status that tells the client so.
enum Trouble {
  MISTAKE(400),
  STRANGER(401),
  NOTHING_THERE(404),
  LIMITED(429),
  FAILURE(500);

  final int status;

  Trouble(int status) {
    this.status = status;
  }

  /// What the provider does; a stranger's request never comes so far.
  Fault fault() {
    return switch (this) {
      case MISTAKE -> Fault.refuses(new Complaint.BadRequest("the wish is too wild"));
      case STRANGER -> Fault.well();
      case NOTHING_THERE -> Fault.refuses(new Complaint.NotFound("the model"));
      case LIMITED -> Fault.limited(Duration.ofHours(1));
      case FAILURE -> Fault.broken();
    };
  }

  /// The gateway key of the caller; a stranger's is a wrong one.
  String key() {
    return this == STRANGER ? "nobody-knows-this-key" : Running.AUTH;
  }
}
